package org.eiesim.kernels.nn;

import java.util.Arrays;
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
        Ranges.requireWithin("a plane's size", planeSize, 0, Integer.MAX_VALUE);
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

    /**
     * Normalises each value by its neighbours in other channels:
     * {@code y[c] = x[c] / (bias + alpha / size * sum of x[d]^2)^beta}, {@code d} running over the channels
     * {@code c - (size - 1) / 2 .. c + size / 2} that exist, each sum rounded once.
     *
     * <p>Source: AlexNet; ONNX LRN, Caffe LRN across channels (bias 1).
     *
     * @param input {@code [channels, planeSize]}; not changed
     * @param planeSize elements of a channel, &ge; 1
     * @param size channels of a neighbourhood, &ge; 1
     * @param alpha factor of the sum of squares
     * @param beta exponent
     * @param bias added to the sum, &gt; 0
     * @param output as many elements, overwritten; owned by the caller, not {@code input}
     * @throws IllegalArgumentException if a length or parameter does not fit
     */
    public static void localResponse(
            float[] input, int planeSize, int size, double alpha, double beta, double bias, float[] output) {
        Ranges.requireWithin("a plane's size", planeSize, 1, Integer.MAX_VALUE);
        Ranges.requireWithin("size", size, 1, Integer.MAX_VALUE);
        Ranges.requireLength("output", output.length, input.length);
        int numChannels = input.length / planeSize;
        Ranges.requireLength("input", input.length, (long) numChannels * planeSize);
        double[] sums = new double[planeSize];
        for (int channel = 0; channel < numChannels; channel++) {
            Arrays.fill(sums, 0);
            int first = Math.max(0, channel - (size - 1) / 2);
            int last = Math.min(numChannels - 1, channel + size / 2);
            for (int i = first * planeSize, at = 0; i < (last + 1) * planeSize; i++, at++) {
                sums[at % planeSize] += (double) input[i] * input[i];
            }
            for (int i = 0; i < planeSize; i++) {
                double scale = StrictMath.pow(bias + alpha / size * sums[i], beta);
                output[channel * planeSize + i] = (float) (input[channel * planeSize + i] / scale);
            }
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
