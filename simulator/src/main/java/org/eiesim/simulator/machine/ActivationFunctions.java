package org.eiesim.simulator.machine;

import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.kernels.nn.Activations;

/** The activation functions an instruction or attribute names, in float32. */
final class ActivationFunctions {
    private static final float RELU6_HIGH = 6;

    private ActivationFunctions() {}

    /** A function of one number. */
    @FunctionalInterface
    private interface Unary {
        float apply(float x);
    }

    /** Applies a function to the first {@code count} values. */
    static void apply(ActivationCode function, float[] values, int count) {
        switch (function) {
            case NONE -> {
                // Nothing changes.
            }
            case RELU -> Activations.relu(values, 0, count);
            case SIGMOID -> Activations.sigmoid(values, 0, count);
            case TANH -> Activations.tanh(values, 0, count);
            default -> {
                Unary unary = unary(function);
                for (int i = 0; i < count; i++) {
                    values[i] = unary.apply(values[i]);
                }
            }
        }
    }

    /** Applies a function to one value. */
    static float apply(ActivationCode function, float x) {
        return unary(function).apply(x);
    }

    private static Unary unary(ActivationCode function) {
        return switch (function) {
            case NONE -> x -> x;
            case RELU -> Activations::relu;
            case SIGMOID -> Activations::sigmoid;
            case TANH -> Activations::tanh;
            case RELU6 -> x -> Activations.clip(x, 0, RELU6_HIGH);
            case HARD_SWISH -> Activations::hardSwish;
            case GELU -> Activations::gelu;
            case GELU_TANH -> Activations::geluTanh;
            case ERF -> Activations::erf;
            case EXP -> Activations::exp;
            case LOG -> Activations::log;
            case SQRT -> Activations::sqrt;
        };
    }
}
