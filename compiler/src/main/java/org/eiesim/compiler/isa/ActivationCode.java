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
    TANH(3);

    private final int code;

    ActivationCode(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
