package org.eiesim.compiler.compress;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.models.network.ParameterKey;

/**
 * One use of a method: on which layers and with which values.
 *
 * @param settings values of the parameters that hold for the whole step
 * @param layers values of each layer's own parameters, in node order
 * @param seed the seed of this use's random choices
 */
public record Application(Settings settings, Map<ParameterKey, Settings> layers, long seed) {
    /** Copies the map, keeping its order. */
    public Application {
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /**
     * Returns the layers it is used on.
     *
     * @return keys in node order
     */
    public Set<ParameterKey> keys() {
        return layers.keySet();
    }
}
