package org.eiesim.compiler.isa;

/** The activation function of a layer, as {@code set_layer} names it. */
public enum ActivationCode implements Coded {
    /** The accumulators pass unchanged. */
    NONE(0),
    /** {@code max(0, x)}. */
    RELU(1),
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID(2),
    /** Hyperbolic tangent. */
    TANH(3),
    /** {@code min(6, max(0, x))}. */
    RELU6(4),
    /** {@code x * min(1, max(0, x / 6 + 1 / 2))}. */
    HARD_SWISH(5),
    /** {@code x / 2 * (1 + erf(x / sqrt(2)))}. */
    GELU(6),
    /** GELU's approximation by a hyperbolic tangent. */
    GELU_TANH(7),
    /** The error function. */
    ERF(8),
    /** The exponential function. */
    EXP(9),
    /** The natural logarithm. */
    LOG(10),
    /** The square root. */
    SQRT(11);

    private final int code;

    ActivationCode(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
