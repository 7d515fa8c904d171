package org.eiesim.kernels.nn;

/**
 * The element-wise operations on two values, each rounded once to float. Comparisons yield 1 or 0, and 0 where a value is
 * NaN.
 */
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
    POWER,
    /** 1 where both are equal, else 0. */
    EQUAL,
    /** 1 where {@code a < b}, else 0. */
    LESS,
    /** 1 where {@code a <= b}, else 0. */
    LESS_OR_EQUAL,
    /** What remains of {@code a} after division by {@code b}, with the sign of {@code a}. */
    REMAINDER,
    /** What remains of {@code a} after division by {@code b}, with the sign of {@code b}. */
    MODULO;

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
            case EQUAL -> a == b ? 1 : 0;
            case LESS -> a < b ? 1 : 0;
            case LESS_OR_EQUAL -> a <= b ? 1 : 0;
            case REMAINDER -> a % b;
            case MODULO -> modulo(a, b);
        };
    }

    private static float modulo(float a, float b) {
        float remainder = a % b;
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }
}
