package org.eiesim.models.network;

import java.util.List;

/** The element-wise functions of one value. Those with coefficients name them, in the order in which nodes give them. */
public enum ActivationFunction {
    /** {@code max(0, x)}. */
    RELU,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** Hyperbolic tangent. */
    TANH,
    /** {@code min(max(x, low), high)}; ReLU6 with 0 and 6. */
    CLIP("low", "high"),
    /** {@code x} where that is not negative, else {@code slope * x}. */
    LEAKY_RELU("slope"),
    /** {@code x} where that is not negative, else {@code scale * (exp(x) - 1)}. */
    ELU("scale"),
    /** {@code min(max(slope * x + offset, 0), 1)}. */
    HARD_SIGMOID("slope", "offset"),
    /** {@code x * min(max(x / 6 + 1/2, 0), 1)}. */
    HARD_SWISH,
    /** {@code x / 2 * (1 + erf(x / sqrt(2)))}. */
    GELU,
    /** {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))}. */
    GELU_TANH,
    /** The error function. */
    ERF,
    /** {@code exp(x)}. */
    EXP,
    /** Natural logarithm. */
    LOG,
    /** Square root. */
    SQRT,
    /** {@link org.eiesim.kernels.nn.ElementFunction#SIGN}. */
    SIGN,
    /** {@link org.eiesim.kernels.nn.ElementFunction#FLOOR}. */
    FLOOR,
    /** {@link org.eiesim.kernels.nn.ElementFunction#CEIL}. */
    CEIL,
    /** {@link org.eiesim.kernels.nn.ElementFunction#ROUND}. */
    ROUND,
    /** {@link org.eiesim.kernels.nn.ElementFunction#TRUNCATE}. */
    TRUNCATE,
    /** {@link org.eiesim.kernels.nn.ElementFunction#SIN}. */
    SIN,
    /** {@link org.eiesim.kernels.nn.ElementFunction#COS}. */
    COS,
    /** {@link org.eiesim.kernels.nn.ElementFunction#TAN}. */
    TAN,
    /** {@link org.eiesim.kernels.nn.ElementFunction#ASIN}. */
    ASIN,
    /** {@link org.eiesim.kernels.nn.ElementFunction#ACOS}. */
    ACOS,
    /** {@link org.eiesim.kernels.nn.ElementFunction#ATAN}. */
    ATAN,
    /** {@link org.eiesim.kernels.nn.ElementFunction#SINH}. */
    SINH,
    /** {@link org.eiesim.kernels.nn.ElementFunction#COSH}. */
    COSH,
    /** {@link org.eiesim.kernels.nn.ElementFunction#ASINH}. */
    ASINH,
    /** {@link org.eiesim.kernels.nn.ElementFunction#ACOSH}. */
    ACOSH,
    /** {@link org.eiesim.kernels.nn.ElementFunction#ATANH}. */
    ATANH,
    /** {@link org.eiesim.kernels.nn.ElementFunction#SOFTPLUS}. */
    SOFTPLUS,
    /** {@link org.eiesim.kernels.nn.ElementFunction#SOFTSIGN}. */
    SOFTSIGN;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> coefficientNames;

    ActivationFunction(String... coefficientNames) {
        this.coefficientNames = List.of(coefficientNames);
    }

    /**
     * Returns the names of its coefficients.
     *
     * @return the names, in order; empty for most
     */
    public List<String> coefficientNames() {
        return coefficientNames;
    }
}
