package org.eiesim.compiler.compress;

import java.util.Map;
import org.eiesim.models.network.ParameterKey;

/** Fourth kind of method: it chooses values of another method's layer parameters. */
public non-sealed interface Search extends Method {
    /**
     * What a search chose: the values that following uses of a method have where the recipe gives none.
     *
     * @param method the method the values are for
     * @param values parameter values of each layer
     */
    record Choices(String method, Map<ParameterKey, Map<String, Object>> values) {}

    /**
     * Searches.
     *
     * @param state the network and what is in force
     * @param application layers and values
     * @param context data to judge candidates by
     * @return the choice
     */
    Choices search(CompressionState state, Application application, CompressionContext context);
}
