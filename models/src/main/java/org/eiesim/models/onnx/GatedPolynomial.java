package org.eiesim.models.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An expression {@code p(x) + g q(x)} of a value x and a gate g, p and q being polynomials of degree 3 at most.
 * Operations whose result is not of this form yield null.
 */
final class GatedPolynomial {
    private static final int NUM_COEFFICIENTS = 4;

    private final double[] plain;
    private final double[] gated;

    private GatedPolynomial(double[] plain, double[] gated) {
        this.plain = plain;
        this.gated = gated;
    }

    /** Makes a constant. */
    static GatedPolynomial constant(double value) {
        return new GatedPolynomial(new double[] {value, 0, 0, 0}, new double[NUM_COEFFICIENTS]);
    }

    /** Makes x. */
    static GatedPolynomial variable() {
        return new GatedPolynomial(new double[] {0, 1, 0, 0}, new double[NUM_COEFFICIENTS]);
    }

    /** Makes g. */
    static GatedPolynomial gate() {
        return new GatedPolynomial(new double[NUM_COEFFICIENTS], new double[] {1, 0, 0, 0});
    }

    /** Returns the factor of a power of x without the gate. */
    double plain(int power) {
        return plain[power];
    }

    /** Tells whether the two factors of every power of x are those given, from the constant term on. */
    boolean is(double[] plain, double[] gated) {
        return Arrays.equals(this.plain, plain) && Arrays.equals(this.gated, gated);
    }

    /** Tells whether the gate does not occur. */
    boolean isUngated() {
        return Arrays.stream(gated).allMatch(factor -> factor == 0);
    }

    /** Returns this and {@code factor} times another. */
    GatedPolynomial plus(GatedPolynomial other, double factor) {
        GatedPolynomial sum = new GatedPolynomial(plain.clone(), gated.clone());
        for (int power = 0; power < NUM_COEFFICIENTS; power++) {
            sum.plain[power] += factor * other.plain[power];
            sum.gated[power] += factor * other.gated[power];
        }
        return sum;
    }

    /** Returns the product with another. */
    @Nullable
    GatedPolynomial times(GatedPolynomial other) {
        double[] product = product(plain, other.plain);
        double[] right = product(plain, other.gated);
        double[] left = product(gated, other.plain);
        if (product == null || right == null || left == null || !(isUngated() || other.isUngated())) {
            return null;
        }
        return new GatedPolynomial(product, right).plus(new GatedPolynomial(new double[NUM_COEFFICIENTS], left), 1);
    }

    /** Returns the quotient by another, which must be a constant other than 0. */
    @Nullable
    GatedPolynomial dividedBy(GatedPolynomial other) {
        return other.isConstant() && other.plain[0] != 0 ? times(constant(1 / other.plain[0])) : null;
    }

    /** Returns a power, whose exponent must be the constant 2 or 3. */
    @Nullable
    GatedPolynomial power(GatedPolynomial exponent) {
        GatedPolynomial square = times(this);
        if (square == null || !exponent.isConstant() || (exponent.plain[0] != 2 && exponent.plain[0] != 3)) {
            return null;
        }
        return exponent.plain[0] == 2 ? square : square.times(this);
    }

    private boolean isConstant() {
        return isUngated() && plain[1] == 0 && plain[2] == 0 && plain[3] == 0;
    }

    private static double @Nullable [] product(double[] left, double[] right) {
        double[] product = new double[NUM_COEFFICIENTS];
        for (int i = 0; i < NUM_COEFFICIENTS; i++) {
            for (int j = 0; j < NUM_COEFFICIENTS; j++) {
                double term = left[i] * right[j];
                if (i + j < NUM_COEFFICIENTS) {
                    product[i + j] += term;
                } else if (term != 0) {
                    return null;
                }
            }
        }
        return product;
    }
}
