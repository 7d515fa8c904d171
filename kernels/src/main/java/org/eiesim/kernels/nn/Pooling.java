package org.eiesim.kernels.nn;

import org.eiesim.kernels.check.Ranges;

/** Pooling of the planes of {@code [channels, height, width]}, each on its own. */
public final class Pooling {
    private Pooling() {}

    /**
     * Takes the largest value of each window; padding counts as absent.
     *
     * @param input {@code [channels, height, width]}; not changed
     * @param numChannels planes
     * @param window the windows
     * @param output {@code [channels, outputHeight, outputWidth]}, overwritten; owned by the caller
     * @throws IllegalArgumentException if a length does not fit, or a window lies wholly in the padding
     */
    public static void maximum(float[] input, int numChannels, SlidingWindow window, float[] output) {
        requireLengths(input, numChannels, window, output);
        int at = 0;
        for (int channel = 0; channel < numChannels; channel++) {
            for (int p = 0; p < window.outputHeight(); p++) {
                for (int q = 0; q < window.outputWidth(); q++) {
                    output[at++] = maximum(input, channel, p, q, window);
                }
            }
        }
    }

    private static float maximum(float[] input, int channel, int p, int q, SlidingWindow window) {
        float largest = Float.NEGATIVE_INFINITY;
        int plane = channel * window.height() * window.width();
        for (int r = 0; r < window.kernelHeight(); r++) {
            int row = window.tapRow(p, r);
            if (row < 0 || row >= window.height()) {
                continue;
            }
            for (int s = 0; s < window.kernelWidth(); s++) {
                int column = window.tapColumn(q, s);
                if (column >= 0 && column < window.width()) {
                    largest = Math.max(largest, input[plane + row * window.width() + column]);
                }
            }
        }
        return largest;
    }

    /**
     * Takes the mean of each window, summed in double in (row, column) order.
     *
     * @param input {@code [channels, height, width]}; not changed
     * @param numChannels planes
     * @param window the windows
     * @param countPadding whether the sum is divided by the taps inside the padded plane, instead of those inside the
     *     plane; taps beyond the padding, as {@code roundUp} allows them, never count
     * @param output {@code [channels, outputHeight, outputWidth]}, overwritten; owned by the caller
     * @throws IllegalArgumentException if a length does not fit, or a window lies wholly in the padding
     */
    public static void average(
            float[] input, int numChannels, SlidingWindow window, boolean countPadding, float[] output) {
        requireLengths(input, numChannels, window, output);
        int at = 0;
        for (int channel = 0; channel < numChannels; channel++) {
            for (int p = 0; p < window.outputHeight(); p++) {
                for (int q = 0; q < window.outputWidth(); q++) {
                    output[at++] = average(input, channel, p, q, window, countPadding);
                }
            }
        }
    }

    private static float average(float[] input, int channel, int p, int q, SlidingWindow window, boolean countPadding) {
        double sum = 0;
        int counted = 0;
        int plane = channel * window.height() * window.width();
        for (int r = 0; r < window.kernelHeight(); r++) {
            int row = window.tapRow(p, r);
            for (int s = 0; s < window.kernelWidth(); s++) {
                int column = window.tapColumn(q, s);
                boolean inside = row >= 0 && row < window.height() && column >= 0 && column < window.width();
                if (inside) {
                    sum += input[plane + row * window.width() + column];
                }
                boolean inPadded =
                        row < window.height() + window.padBottom() && column < window.width() + window.padRight();
                counted += inside || (countPadding && inPadded) ? 1 : 0;
            }
        }
        return (float) (sum / counted);
    }

    private static void requireLengths(float[] input, int numChannels, SlidingWindow window, float[] output) {
        Ranges.requireWithin("the number of channels", numChannels, 0, Integer.MAX_VALUE);
        Ranges.requireLength("input", input.length, (long) numChannels * window.height() * window.width());
        Ranges.requireLength("output", output.length, (long) numChannels * window.numOutputs());
        for (int p = 0; p < window.outputHeight(); p++) {
            boolean seen = false;
            for (int r = 0; r < window.kernelHeight(); r++) {
                int row = window.tapRow(p, r);
                seen |= row >= 0 && row < window.height();
            }
            requireSeen(seen, "row", p);
        }
        for (int q = 0; q < window.outputWidth(); q++) {
            boolean seen = false;
            for (int s = 0; s < window.kernelWidth(); s++) {
                int column = window.tapColumn(q, s);
                seen |= column >= 0 && column < window.width();
            }
            requireSeen(seen, "column", q);
        }
    }

    private static void requireSeen(boolean seen, String axis, int position) {
        if (!seen) {
            throw new IllegalArgumentException("the windows of output " + axis + " " + position + " see only padding");
        }
    }
}
