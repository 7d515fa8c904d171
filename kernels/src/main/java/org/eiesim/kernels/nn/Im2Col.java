package org.eiesim.kernels.nn;

import java.util.Arrays;
import org.eiesim.kernels.check.Ranges;

/**
 * Turns convolutions into matrix products. The inputs of one output position are ordered (channel, kernel row, kernel
 * column), as the weights of a convolution lie in memory; padding is 0. A group of a grouped convolution is its range of
 * channels.
 */
public final class Im2Col {
    private Im2Col() {}

    /**
     * Writes the inputs of all output positions, one position per column.
     *
     * @param input {@code [channels, height, width]}, at least up to the last channel read; not changed
     * @param firstChannel first channel read
     * @param numChannels channels read
     * @param window the windows
     * @param columns {@code [numChannels * numTaps, numOutputs]}, overwritten; owned by the caller
     * @throws IllegalArgumentException if a length does not fit
     */
    public static void columns(
            float[] input, int firstChannel, int numChannels, SlidingWindow window, float[] columns) {
        requireChannels(input.length, firstChannel, numChannels, window);
        int numOutputs = window.numOutputs();
        Ranges.requireLength("columns", columns.length, (long) numChannels * window.numTaps() * numOutputs);
        int at = 0;
        for (int channel = firstChannel; channel < firstChannel + numChannels; channel++) {
            int plane = channel * window.height() * window.width();
            for (int kernelRow = 0; kernelRow < window.kernelHeight(); kernelRow++) {
                for (int kernelColumn = 0; kernelColumn < window.kernelWidth(); kernelColumn++) {
                    tapOfAllOutputs(input, plane, kernelRow, kernelColumn, window, columns, at);
                    at += numOutputs;
                }
            }
        }
    }

    private static void tapOfAllOutputs(
            float[] input, int plane, int kernelRow, int kernelColumn, SlidingWindow window, float[] out, int start) {
        int outputWidth = window.outputWidth();
        int at = start;
        for (int p = 0; p < window.outputHeight(); p++, at += outputWidth) {
            int row = window.tapRow(p, kernelRow);
            if (row < 0 || row >= window.height()) {
                Arrays.fill(out, at, at + outputWidth, 0f);
                continue;
            }
            int line = plane + row * window.width();
            for (int q = 0; q < outputWidth; q++) {
                int column = window.tapColumn(q, kernelColumn);
                out[at + q] = column >= 0 && column < window.width() ? input[line + column] : 0f;
            }
        }
    }

    /**
     * Writes the inputs of one output position.
     *
     * @param input {@code [channels, height, width]}, at least up to the last channel read; not changed
     * @param firstChannel first channel read
     * @param numChannels channels read
     * @param window the windows
     * @param outputRow the position's row, 0..outputHeight-1
     * @param outputColumn the position's column, 0..outputWidth-1
     * @param patch holds {@code [numChannels * numTaps]}, overwritten; owned by the caller
     * @param offset its first element
     * @throws IllegalArgumentException if a length or position does not fit
     */
    public static void patch(
            float[] input,
            int firstChannel,
            int numChannels,
            SlidingWindow window,
            int outputRow,
            int outputColumn,
            float[] patch,
            int offset) {
        requireChannels(input.length, firstChannel, numChannels, window);
        requirePosition(window, outputRow, outputColumn);
        Ranges.requireSection("patch", patch.length, offset, Math.multiplyExact(numChannels, window.numTaps()));
        int at = offset;
        for (int channel = firstChannel; channel < firstChannel + numChannels; channel++) {
            int plane = channel * window.height() * window.width();
            for (int kernelRow = 0; kernelRow < window.kernelHeight(); kernelRow++) {
                int row = window.tapRow(outputRow, kernelRow);
                boolean inside = row >= 0 && row < window.height();
                int line = plane + row * window.width();
                for (int kernelColumn = 0; kernelColumn < window.kernelWidth(); kernelColumn++) {
                    int column = window.tapColumn(outputColumn, kernelColumn);
                    patch[at++] = inside && column >= 0 && column < window.width() ? input[line + column] : 0f;
                }
            }
        }
    }

    /**
     * Writes the inputs of one output position, raw fixed-point values. The same as for floats.
     *
     * @param input {@code [channels, height, width]}, at least up to the last channel read; not changed
     * @param firstChannel first channel read
     * @param numChannels channels read
     * @param window the windows
     * @param outputRow the position's row, 0..outputHeight-1
     * @param outputColumn the position's column, 0..outputWidth-1
     * @param patch holds {@code [numChannels * numTaps]}, overwritten; owned by the caller
     * @param offset its first element
     * @throws IllegalArgumentException if a length or position does not fit
     */
    public static void patch(
            int[] input,
            int firstChannel,
            int numChannels,
            SlidingWindow window,
            int outputRow,
            int outputColumn,
            int[] patch,
            int offset) {
        requireChannels(input.length, firstChannel, numChannels, window);
        requirePosition(window, outputRow, outputColumn);
        Ranges.requireSection("patch", patch.length, offset, Math.multiplyExact(numChannels, window.numTaps()));
        int at = offset;
        for (int channel = firstChannel; channel < firstChannel + numChannels; channel++) {
            int plane = channel * window.height() * window.width();
            for (int kernelRow = 0; kernelRow < window.kernelHeight(); kernelRow++) {
                int row = window.tapRow(outputRow, kernelRow);
                boolean inside = row >= 0 && row < window.height();
                int line = plane + row * window.width();
                for (int kernelColumn = 0; kernelColumn < window.kernelWidth(); kernelColumn++) {
                    int column = window.tapColumn(outputColumn, kernelColumn);
                    patch[at++] = inside && column >= 0 && column < window.width() ? input[line + column] : 0;
                }
            }
        }
    }

    private static void requireChannels(int inputLength, int firstChannel, int numChannels, SlidingWindow window) {
        Ranges.requireWithin("firstChannel", firstChannel, 0, Integer.MAX_VALUE);
        Ranges.requireWithin("the number of channels", numChannels, 0, Integer.MAX_VALUE);
        long needed = ((long) firstChannel + numChannels) * window.height() * window.width();
        if (needed > inputLength) {
            throw new IllegalArgumentException("channels " + firstChannel + ".."
                    + ((long) firstChannel + numChannels - 1)
                    + " of " + window.height() + "x" + window.width() + " need " + needed + " elements, input has "
                    + inputLength);
        }
    }

    private static void requirePosition(SlidingWindow window, int outputRow, int outputColumn) {
        Ranges.requireWithin("outputRow", outputRow, 0, window.outputHeight() - 1L);
        Ranges.requireWithin("outputColumn", outputColumn, 0, window.outputWidth() - 1L);
    }
}
