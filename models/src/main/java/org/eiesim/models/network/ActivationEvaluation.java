package org.eiesim.models.network;

import java.util.List;
import org.eiesim.kernels.nn.Activations;
import org.eiesim.kernels.nn.ElementFunction;

/** Applies activation functions. */
final class ActivationEvaluation {
    private ActivationEvaluation() {}

    /**
     * Applies a function to every value.
     *
     * @param function the function
     * @param coefficients its coefficients, in the order of their names
     * @param values overwritten
     */
    static void apply(ActivationFunction function, List<Float> coefficients, float[] values) {
        Unary unary = unary(function, coefficients);
        for (int i = 0; i < values.length; i++) {
            values[i] = unary.apply(values[i]);
        }
    }

    @FunctionalInterface
    private interface Unary {
        float apply(float x);
    }

    private static Unary unary(ActivationFunction function, List<Float> coefficients) {
        float first = coefficients.isEmpty() ? 0 : coefficients.get(0);
        float second = coefficients.size() < 2 ? 0 : coefficients.get(1);
        return switch (function) {
            case RELU -> Activations::relu;
            case SIGMOID -> Activations::sigmoid;
            case TANH -> Activations::tanh;
            case CLIP -> x -> Activations.clip(x, first, second);
            case LEAKY_RELU -> x -> Activations.leakyRelu(x, first);
            case ELU -> x -> Activations.elu(x, first);
            case HARD_SIGMOID -> x -> Activations.hardSigmoid(x, first, second);
            case HARD_SWISH -> Activations::hardSwish;
            case GELU -> Activations::gelu;
            case GELU_TANH -> Activations::geluTanh;
            case ERF -> Activations::erf;
            case EXP -> Activations::exp;
            case LOG -> Activations::log;
            case SQRT -> Activations::sqrt;
            default -> ElementFunction.valueOf(function.name())::apply;
        };
    }
}
