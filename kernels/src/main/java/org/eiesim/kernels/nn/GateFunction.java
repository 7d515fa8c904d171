package org.eiesim.kernels.nn;

/**
 * The functions a recurrent cell may apply to its gates' sums; some have coefficients alpha and beta.
 *
 * <p>Source: ONNX operators LSTM, GRU and RNN, {@code activations}.
 */
public enum GateFunction {
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** Hyperbolic tangent. */
    TANH,
    /** {@code max(0, x)}. */
    RELU,
    /** {@code alpha x + beta}. */
    AFFINE,
    /** {@code x} where that is not negative, else {@code alpha x}. */
    LEAKY_RELU,
    /** {@code x} where that is at least alpha, else 0. */
    THRESHOLDED_RELU,
    /** {@code alpha tanh(beta x)}. */
    SCALED_TANH,
    /** {@code min(max(alpha x + beta, 0), 1)}. */
    HARD_SIGMOID,
    /** {@code x} where that is not negative, else {@code alpha (exp(x) - 1)}. */
    ELU,
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN,
    /** {@code log(1 + exp(x))}. */
    SOFTPLUS;

    /**
     * Applies the function.
     *
     * @param x the argument
     * @param alpha the first coefficient
     * @param beta the second coefficient
     * @return the value
     */
    public float apply(float x, float alpha, float beta) {
        return switch (this) {
            case SIGMOID -> Activations.sigmoid(x);
            case TANH -> Activations.tanh(x);
            case RELU -> Activations.relu(x);
            case AFFINE -> alpha * x + beta;
            case LEAKY_RELU -> Activations.leakyRelu(x, alpha);
            case THRESHOLDED_RELU -> x >= alpha ? x : 0;
            case SCALED_TANH -> alpha * Activations.tanh(beta * x);
            case HARD_SIGMOID -> Activations.hardSigmoid(x, alpha, beta);
            case ELU -> Activations.elu(x, alpha);
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case SOFTPLUS -> (float) (Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs((double) x))));
        };
    }
}
