package org.eiesim.kernels.nn;

import org.eiesim.kernels.check.Ranges;

/**
 * Activation functions. Computed in double and rounded once to float; {@link StrictMath} makes the results the same on
 * every machine.
 */
public final class Activations {
    private Activations() {}

    /**
     * Rectifies: {@code max(0, x)}.
     *
     * @param x the argument
     * @return the value; 0 for -0, NaN for NaN
     */
    public static float relu(float x) {
        return Math.max(0f, x);
    }

    /**
     * Returns the logistic function {@code 1 / (1 + exp(-x))}.
     *
     * @param x the argument
     * @return the value, 0..1
     */
    public static float sigmoid(float x) {
        return (float) (1 / (1 + StrictMath.exp(-x)));
    }

    /**
     * Returns the hyperbolic tangent.
     *
     * @param x the argument
     * @return the value, -1..1
     */
    public static float tanh(float x) {
        return (float) StrictMath.tanh(x);
    }

    /**
     * Bounds a value: {@code min(max(x, low), high)}.
     *
     * @param x the argument
     * @param low the least result
     * @param high the largest result
     * @return the value
     */
    public static float clip(float x, float low, float high) {
        return Math.min(Math.max(x, low), high);
    }

    /**
     * Returns {@code x} where that is not negative, else {@code slope * x}.
     *
     * @param x the argument
     * @param slope the slope below 0
     * @return the value
     */
    public static float leakyRelu(float x, float slope) {
        return x >= 0 ? x : slope * x;
    }

    /**
     * Returns {@code x} where that is not negative, else {@code scale * (exp(x) - 1)}.
     *
     * @param x the argument
     * @param scale the factor below 0
     * @return the value
     */
    public static float elu(float x, float scale) {
        return x >= 0 ? x : (float) (scale * StrictMath.expm1(x));
    }

    /**
     * Returns {@code min(max(slope * x + offset, 0), 1)}, product and sum rounded to float.
     *
     * @param x the argument
     * @param slope the factor
     * @param offset the summand
     * @return the value, 0..1
     */
    public static float hardSigmoid(float x, float slope, float offset) {
        return clip(slope * x + offset, 0f, 1f);
    }

    /**
     * Returns {@code x * min(max(x / 6 + 1/2, 0), 1)}.
     *
     * @param x the argument
     * @return the value
     */
    public static float hardSwish(float x) {
        return (float) (x * Math.min(Math.max(x / 6.0 + 0.5, 0), 1));
    }

    /**
     * Returns the Gaussian error linear unit, {@code x / 2 * (1 + erf(x / sqrt(2)))}.
     *
     * @param x the argument
     * @return the value
     */
    public static float gelu(float x) {
        return (float) (0.5 * x * (1 + ErrorFunction.erf(x / Math.sqrt(2))));
    }

    /**
     * Returns the approximate Gaussian error linear unit, {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))}.
     *
     * @param x the argument
     * @return the value
     */
    public static float geluTanh(float x) {
        double inner = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * (double) x * x);
        return (float) (0.5 * x * (1 + StrictMath.tanh(inner)));
    }

    /**
     * Returns the error function.
     *
     * @param x the argument
     * @return the value, -1..1
     */
    public static float erf(float x) {
        return (float) ErrorFunction.erf(x);
    }

    /**
     * Returns {@code exp(x)}.
     *
     * @param x the argument
     * @return the value
     */
    public static float exp(float x) {
        return (float) StrictMath.exp(x);
    }

    /**
     * Returns the natural logarithm.
     *
     * @param x the argument
     * @return the value; NaN below 0
     */
    public static float log(float x) {
        return (float) StrictMath.log(x);
    }

    /**
     * Returns the square root.
     *
     * @param x the argument
     * @return the value; NaN below 0
     */
    public static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    /**
     * Applies {@link #relu(float)} to a section of an array.
     *
     * @param values overwritten
     * @param offset first value
     * @param count how many
     * @throws IllegalArgumentException if the section is outside the array
     */
    public static void relu(float[] values, int offset, int count) {
        Ranges.requireSection("values", values.length, offset, count);
        for (int i = offset; i < offset + count; i++) {
            values[i] = relu(values[i]);
        }
    }

    /**
     * Applies {@link #sigmoid(float)} to a section of an array.
     *
     * @param values overwritten
     * @param offset first value
     * @param count how many
     * @throws IllegalArgumentException if the section is outside the array
     */
    public static void sigmoid(float[] values, int offset, int count) {
        Ranges.requireSection("values", values.length, offset, count);
        for (int i = offset; i < offset + count; i++) {
            values[i] = sigmoid(values[i]);
        }
    }

    /**
     * Applies {@link #tanh(float)} to a section of an array.
     *
     * @param values overwritten
     * @param offset first value
     * @param count how many
     * @throws IllegalArgumentException if the section is outside the array
     */
    public static void tanh(float[] values, int offset, int count) {
        Ranges.requireSection("values", values.length, offset, count);
        for (int i = offset; i < offset + count; i++) {
            values[i] = tanh(values[i]);
        }
    }

    /**
     * Applies softmax to a section of an array: {@code exp(x[i] - m) / sum over j of exp(x[j] - m)} with the largest
     * value {@code m}.
     *
     * @param values overwritten; finite
     * @param offset first value
     * @param count how many
     * @throws IllegalArgumentException if the section is outside the array
     */
    public static void softmax(float[] values, int offset, int count) {
        Ranges.requireSection("values", values.length, offset, count);
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + count; i++) {
            largest = Math.max(largest, values[i]);
        }
        double[] exponentials = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            exponentials[i] = StrictMath.exp((double) values[offset + i] - largest);
            sum += exponentials[i];
        }
        for (int i = 0; i < count; i++) {
            values[offset + i] = (float) (exponentials[i] / sum);
        }
    }
}
