package org.eiesim.kernels.nn;

/** The element-wise operations on two values, each rounded once to float. */
public enum ArithmeticOperator {
    /** {@code a + b}. */
    ADD,
    /** {@code a - b}. */
    SUBTRACT,
    /** {@code a * b}. */
    MULTIPLY,
    /** {@code a / b}; infinite or NaN where {@code b} is 0. */
    DIVIDE,
    /** The larger of both; NaN where one is. */
    MAXIMUM,
    /** The smaller of both; NaN where one is. */
    MINIMUM,
    /** {@code a} to the power of {@code b}, computed in double; NaN where the power is not real. */
    POWER;

    /**
     * Computes one value.
     *
     * @param a the first operand
     * @param b the second operand
     * @return the result
     */
    public float apply(float a, float b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MAXIMUM -> Math.max(a, b);
            case MINIMUM -> Math.min(a, b);
            case POWER -> (float) StrictMath.pow(a, b);
        };
    }
}
