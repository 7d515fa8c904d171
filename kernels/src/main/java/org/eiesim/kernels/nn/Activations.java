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
