package org.eiesim.models.network;

/** The element-wise functions a layer may end with. */
public enum ActivationFunction {
    /** {@code max(0, x)}. */
    RELU,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** Hyperbolic tangent. */
    TANH
}
