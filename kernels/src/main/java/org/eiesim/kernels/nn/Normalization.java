package org.eiesim.kernels.nn;

import org.eiesim.kernels.check.Ranges;

/** Normalisation of values, computed in double and rounded once. */
public final class Normalization {
    private Normalization() {}

    /**
     * Normalises each channel with statistics known beforehand:
     * {@code y = scale[c] * (x - mean[c]) / sqrt(variance[c] + epsilon) + shift[c]}.
     *
     * @param values {@code [channels, planeSize]}, overwritten
     * @param planeSize elements of a channel
     * @param scale {@code [channels]}; not changed, as the others
     * @param shift {@code [channels]}
     * @param mean {@code [channels]}
     * @param variance {@code [channels]}, each with {@code variance + epsilon > 0}
     * @param epsilon added to the variance
     * @throws IllegalArgumentException if a length does not fit, or a variance with epsilon is not positive
     */
    public static void batch(
            float[] values,
            int planeSize,
            float[] scale,
            float[] shift,
            float[] mean,
            float[] variance,
            double epsilon) {
        int numChannels = scale.length;
        Ranges.requireWithin("planeSize", planeSize, 0, Integer.MAX_VALUE);
        Ranges.requireLength("values", values.length, (long) numChannels * planeSize);
        Ranges.requireLength("shift", shift.length, numChannels);
        Ranges.requireLength("mean", mean.length, numChannels);
        Ranges.requireLength("variance", variance.length, numChannels);
        for (int channel = 0; channel < numChannels; channel++) {
            double factor = scale[channel] / deviation(variance[channel], epsilon);
            for (int i = channel * planeSize; i < (channel + 1) * planeSize; i++) {
                values[i] = (float) (factor * ((double) values[i] - mean[channel]) + shift[channel]);
            }
        }
    }

    /**
     * Normalises each row with its own mean and (biased) variance:
     * {@code y[i] = scale[i] * (x[i] - mean) / sqrt(variance + epsilon) + shift[i]}.
     *
     * @param values {@code [rows, scale.length]}, overwritten
     * @param scale one factor per element of a row, at least one; not changed
     * @param shift one summand per element of a row; not changed
     * @param epsilon added to the variance
     * @throws IllegalArgumentException if a length does not fit, or a variance with epsilon is not positive
     */
    public static void layer(float[] values, float[] scale, float[] shift, double epsilon) {
        int size = scale.length;
        Ranges.requireWithin("elements of a row", size, 1, Integer.MAX_VALUE);
        Ranges.requireLength("shift", shift.length, size);
        if (values.length % size != 0) {
            throw new IllegalArgumentException(values.length + " values are not rows of " + size);
        }
        for (int start = 0; start < values.length; start += size) {
            normalizeRow(values, start, scale, shift, epsilon);
        }
    }

    private static void normalizeRow(float[] values, int start, float[] scale, float[] shift, double epsilon) {
        int size = scale.length;
        double mean = 0;
        for (int i = 0; i < size; i++) {
            mean += values[start + i];
        }
        mean /= size;
        double variance = 0;
        for (int i = 0; i < size; i++) {
            double distance = values[start + i] - mean;
            variance += distance * distance;
        }
        double deviation = deviation(variance / size, epsilon);
        for (int i = 0; i < size; i++) {
            values[start + i] = (float) (scale[i] * ((values[start + i] - mean) / deviation) + shift[i]);
        }
    }

    private static double deviation(double variance, double epsilon) {
        if (!(variance + epsilon > 0)) {
            throw new IllegalArgumentException(
                    "variance " + variance + " with epsilon " + epsilon + " must be positive");
        }
        return Math.sqrt(variance + epsilon);
    }
}
