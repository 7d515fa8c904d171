package org.eiesim.kernels.nn;

/**
 * Element-wise functions that the activations of layers do not need, in the order of their numbers in programs. Computed in
 * double and rounded once to float; {@link StrictMath} makes the results the same on every machine.
 */
public enum ElementFunction {
    /** -1, 0 or 1, as {@code x} is below, at or above 0; NaN for NaN. */
    SIGN,
    /** The largest whole number not above {@code x}. */
    FLOOR,
    /** The smallest whole number not below {@code x}. */
    CEIL,
    /** The nearest whole number, the even one of two as near. */
    ROUND,
    /** The whole number towards 0. */
    TRUNCATE,
    /** Sine. */
    SIN,
    /** Cosine. */
    COS,
    /** Tangent. */
    TAN,
    /** Inverse sine; NaN outside -1..1. */
    ASIN,
    /** Inverse cosine; NaN outside -1..1. */
    ACOS,
    /** Inverse tangent. */
    ATAN,
    /** Hyperbolic sine. */
    SINH,
    /** Hyperbolic cosine. */
    COSH,
    /** Inverse hyperbolic sine. */
    ASINH,
    /** Inverse hyperbolic cosine; NaN below 1. */
    ACOSH,
    /** Inverse hyperbolic tangent; NaN outside -1..1. */
    ATANH,
    /** {@code log(1 + exp(x))}. */
    SOFTPLUS,
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN;

    /**
     * Computes one value.
     *
     * @param x the argument
     * @return the value
     */
    public float apply(float x) {
        return (float)
                switch (this) {
                    case SIGN -> Math.signum(x);
                    case FLOOR -> Math.floor(x);
                    case CEIL -> Math.ceil(x);
                    case ROUND -> Math.rint(x);
                    case TRUNCATE -> x < 0 ? Math.ceil(x) : Math.floor(x);
                    case SIN -> StrictMath.sin(x);
                    case COS -> StrictMath.cos(x);
                    case TAN -> StrictMath.tan(x);
                    case ASIN -> StrictMath.asin(x);
                    case ACOS -> StrictMath.acos(x);
                    case ATAN -> StrictMath.atan(x);
                    case SINH -> StrictMath.sinh(x);
                    case COSH -> StrictMath.cosh(x);
                    case ASINH -> inverseHyperbolicSine(x);
                    case ACOSH -> StrictMath.log(x + Math.sqrt((double) x * x - 1));
                    case ATANH -> 0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-x));
                    case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs((double) x)));
                    case SOFTSIGN -> x / (1 + Math.abs((double) x));
                };
    }

    /** {@code log(x + sqrt(x^2 + 1))} without cancellation near 0. */
    private static double inverseHyperbolicSine(double x) {
        double a = Math.abs(x);
        if (Double.isInfinite(a)) {
            return x;
        }
        return Math.copySign(StrictMath.log1p(a + a * a / (1 + Math.sqrt(a * a + 1))), x);
    }
}
