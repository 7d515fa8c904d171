package org.eiesim.compiler.compress.prune;

import java.util.Arrays;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.LayerParametrization;
import org.eiesim.models.network.ParameterKey;

/** Which weights of a layer are not pruned yet. */
final class Survivors {
    private Survivors() {}

    /** Returns true for every weight that no mask or codebook in force holds at zero; a new array. */
    static boolean[] of(CompressionState state, ParameterKey key) {
        LayerParametrization inForce = state.parametrizations().get(key);
        if (inForce instanceof MaskedWeights masked) {
            return masked.kept().clone();
        }
        float[] weights = state.weight(key).values();
        boolean[] kept = new boolean[weights.length];
        if (inForce == null) {
            Arrays.fill(kept, true);
        } else {
            for (int i = 0; i < weights.length; i++) {
                kept[i] = weights[i] != 0;
            }
        }
        return kept;
    }
}
