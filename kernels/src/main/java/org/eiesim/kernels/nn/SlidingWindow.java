package org.eiesim.kernels.nn;

import org.eiesim.kernels.check.Ranges;

/**
 * Where the windows of a convolution or pooling lie in a plane. Output element {@code (p, q)} sees the taps
 * {@code (p * strideHeight - padTop + r * dilationHeight, q * strideWidth - padLeft + s * dilationWidth)} for kernel row
 * {@code r} and column {@code s}; taps outside the plane are padding.
 *
 * @param height rows of the input plane, &ge; 1
 * @param width columns of the input plane, &ge; 1
 * @param kernelHeight rows of the window, &ge; 1
 * @param kernelWidth columns of the window, &ge; 1
 * @param strideHeight rows between windows, &ge; 1
 * @param strideWidth columns between windows, &ge; 1
 * @param padTop rows of padding above
 * @param padLeft columns of padding to the left
 * @param padBottom rows of padding below
 * @param padRight columns of padding to the right
 * @param dilationHeight rows between taps, &ge; 1
 * @param dilationWidth columns between taps, &ge; 1
 * @param roundUp whether a last window may stick out below or to the right; it must begin inside the plane or the
 *     padding above or to the left of it (the rule of ONNX and PyTorch)
 */
public record SlidingWindow(
        int height,
        int width,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int padTop,
        int padLeft,
        int padBottom,
        int padRight,
        int dilationHeight,
        int dilationWidth,
        boolean roundUp) {
    /** The largest extent of anything here: keeps every position within an int. */
    private static final int MAX_EXTENT = 1 << 28;

    /** Checks the ranges, and that the padded plane holds a window. */
    public SlidingWindow {
        Ranges.requireWithin("height", height, 1, MAX_EXTENT);
        Ranges.requireWithin("width", width, 1, MAX_EXTENT);
        Ranges.requireWithin("the kernel's height", kernelHeight, 1, MAX_EXTENT);
        Ranges.requireWithin("the kernel's width", kernelWidth, 1, MAX_EXTENT);
        Ranges.requireWithin("the stride in height", strideHeight, 1, MAX_EXTENT);
        Ranges.requireWithin("the stride in width", strideWidth, 1, MAX_EXTENT);
        Ranges.requireWithin("padTop", padTop, 0, MAX_EXTENT);
        Ranges.requireWithin("padLeft", padLeft, 0, MAX_EXTENT);
        Ranges.requireWithin("padBottom", padBottom, 0, MAX_EXTENT);
        Ranges.requireWithin("padRight", padRight, 0, MAX_EXTENT);
        Ranges.requireWithin("the dilation in height", dilationHeight, 1, MAX_EXTENT);
        Ranges.requireWithin("the dilation in width", dilationWidth, 1, MAX_EXTENT);
        requireWindow("height", height + padTop + padBottom, kernelHeight, dilationHeight);
        requireWindow("width", width + padLeft + padRight, kernelWidth, dilationWidth);
    }

    private static void requireWindow(String axis, int padded, int kernel, int dilation) {
        long span = span(kernel, dilation);
        if (span > padded) {
            throw new IllegalArgumentException(
                    "a window spanning " + span + " does not fit a padded " + axis + " of " + padded);
        }
    }

    private static long span(int kernel, int dilation) {
        return (long) dilation * (kernel - 1) + 1;
    }

    /**
     * Returns the rows of the output plane.
     *
     * @return {@code floor or ceil((height + padTop + padBottom - span) / strideHeight) + 1}, where a window spans
     *     {@code dilationHeight * (kernelHeight - 1) + 1} rows
     */
    public int outputHeight() {
        return outputs(height, padTop, padBottom, kernelHeight, dilationHeight, strideHeight);
    }

    /**
     * Returns the columns of the output plane.
     *
     * @return {@code floor or ceil((width + padLeft + padRight - span) / strideWidth) + 1}, where a window spans
     *     {@code dilationWidth * (kernelWidth - 1) + 1} columns
     */
    public int outputWidth() {
        return outputs(width, padLeft, padRight, kernelWidth, dilationWidth, strideWidth);
    }

    private int outputs(int extent, int padBefore, int padAfter, int kernel, int dilation, int stride) {
        long free = (long) extent + padBefore + padAfter - span(kernel, dilation);
        long outputs = (roundUp ? (free + stride - 1) / stride : free / stride) + 1;
        if (roundUp && (outputs - 1) * stride >= (long) extent + padBefore) {
            outputs--;
        }
        return (int) outputs;
    }

    /**
     * Returns the taps of a window.
     *
     * @return {@code kernelHeight * kernelWidth}
     */
    public int numTaps() {
        return Math.multiplyExact(kernelHeight, kernelWidth);
    }

    /**
     * Returns the elements of an output plane.
     *
     * @return {@code outputHeight * outputWidth}
     */
    public int numOutputs() {
        return Math.multiplyExact(outputHeight(), outputWidth());
    }

    /** Input row of a tap; may be outside the plane. */
    int tapRow(int outputRow, int kernelRow) {
        return outputRow * strideHeight - padTop + kernelRow * dilationHeight;
    }

    /** Input column of a tap; may be outside the plane. */
    int tapColumn(int outputColumn, int kernelColumn) {
        return outputColumn * strideWidth - padLeft + kernelColumn * dilationWidth;
    }
}
