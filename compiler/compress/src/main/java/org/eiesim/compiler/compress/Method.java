package org.eiesim.compiler.compress;

import java.util.List;
import org.eiesim.compiler.recipe.Methods;
import org.eiesim.kernels.check.EditDistance;

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
    record Description(String name, MethodKind kind, String summary, String source, List<ParameterSpec> parameters) {
        /** Copies the list. */
        public Description {
            parameters = List.copyOf(parameters);
        }

        /**
         * Finds a parameter.
         *
         * @param parameter its name
         * @return the parameter
         * @throws IllegalArgumentException if the method has none of that name; the message names the nearest
         */
        public ParameterSpec parameter(String parameter) {
            List<String> names = parameters.stream().map(ParameterSpec::name).toList();
            int index = names.indexOf(parameter);
            if (index < 0) {
                throw new IllegalArgumentException("method " + name + " has no parameter \"" + parameter + "\""
                        + (names.isEmpty()
                                ? " (it has none)"
                                : EditDistance.hint(", did you mean %s?", parameter, names)));
            }
            return parameters.get(index);
        }

        /**
         * Tells whether layers can have values of their own, so that consecutive recipe entries of this method that
         * name layers form one application.
         *
         * @return whether a parameter has the scope of a layer
         */
        public boolean hasLayerParameters() {
            return parameters.stream().anyMatch(p -> p.scope() == ParameterSpec.Scope.LAYER);
        }
    }
}
