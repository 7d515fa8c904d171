package org.eiesim.compiler.compress;

import java.util.List;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.ParameterTable;
import org.eiesim.compiler.recipe.Methods;

/**
 * A compression method a recipe can name. A new method is one class of one of these kinds and one line in {@link
 * Methods}.
 */
public sealed interface Method permits Parametrization, Transformation, Objective, Search, Training {
    /**
     * Returns what recipes and the documentation need to know of it.
     *
     * @return the description, always the same
     */
    Description description();

    /**
     * What recipes and the documentation need to know of a method.
     *
     * @param name its name in recipes
     * @param kind what it is
     * @param summary one sentence
     * @param source the paper it comes from, empty where there is none
     * @param parameters its parameters, in the order of the documentation
     */
    record Description(String name, MethodKind kind, String summary, String source, ParameterTable parameters) {
        /**
         * Describes a method.
         *
         * @param name its name in recipes
         * @param kind what it is
         * @param summary one sentence
         * @param source the paper it comes from, empty where there is none
         * @param parameters its parameters, in the order of the documentation
         */
        public Description(
                String name, MethodKind kind, String summary, String source, List<? extends Parameter<?>> parameters) {
            this(name, kind, summary, source, new ParameterTable("method " + name, parameters));
        }

        /**
         * Tells whether layers can have values of their own, so that consecutive recipe entries of this method that
         * name layers form one application.
         *
         * @return whether a parameter has the scope of a layer
         */
        public boolean hasLayerParameters() {
            return parameters.parameters().stream().anyMatch(parameter -> parameter.reach() == Scope.LAYER);
        }
    }
}
