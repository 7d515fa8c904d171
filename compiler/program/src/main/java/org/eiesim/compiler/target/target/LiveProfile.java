package org.eiesim.compiler.target;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often the inputs of layers are live, as measured on sample inputs.
 *
 * @param shares by layer name, for each input of one vector the share of vectors in which it is live, 0..1; arrays are not
 *     copied
 */
public record LiveProfile(Map<String, double[]> shares) {
    /** Copies the map. */
    public LiveProfile {
        shares = Map.copyOf(shares);
    }

    /**
     * Returns a layer's shares.
     *
     * @param layer its name
     * @return the shares, or null where the layer was not measured
     */
    public double @Nullable [] of(String layer) {
        return shares.get(layer);
    }
}
