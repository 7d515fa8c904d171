package org.eiesim.simulator.machine;

import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.kernels.nn.Activations;

/** The activation functions an instruction or attribute names, in float32. */
final class ActivationFunctions {
    private ActivationFunctions() {}

    /** Applies a function to the first {@code count} values. */
    static void apply(ActivationCode function, float[] values, int count) {
        switch (function) {
            case NONE -> {
                // Nothing changes.
            }
            case RELU -> Activations.relu(values, 0, count);
            case SIGMOID -> Activations.sigmoid(values, 0, count);
            case TANH -> Activations.tanh(values, 0, count);
        }
    }
}
