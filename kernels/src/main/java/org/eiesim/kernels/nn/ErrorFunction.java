package org.eiesim.kernels.nn;

/**
 * The error function, {@code erf(x) = 2 / sqrt(pi) * integral from 0 to x of exp(-t^2) dt}, by the series {@code 2 /
 * sqrt(pi) * exp(-x^2) * sum over n of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1))}, whose terms all have one sign.
 *
 * <p>Source: Abramowitz and Stegun, 7.1.6.
 */
final class ErrorFunction {
    /** From here on the function is 1 in double: {@code 1 - erf(6)} is 2e-17. */
    private static final double SATURATION = 6;

    private ErrorFunction() {}

    /**
     * Returns the error function to within a few units in the last place of a double.
     *
     * @param x the argument
     * @return the value, -1..1
     */
    static double erf(double x) {
        if (Math.abs(x) >= SATURATION) {
            return Math.signum(x);
        }
        double square = x * x;
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
            term *= 2 * square / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-square) * sum;
    }
}
