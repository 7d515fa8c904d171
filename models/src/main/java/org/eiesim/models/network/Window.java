package org.eiesim.models.network;

/**
 * The sliding window of a convolution or pooling.
 *
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideHeight rows between windows
 * @param strideWidth columns between windows
 * @param padTop zero rows above
 * @param padLeft zero columns to the left
 * @param padBottom zero rows below
 * @param padRight zero columns to the right
 * @param dilationHeight rows between taps
 * @param dilationWidth columns between taps
 */
public record Window(
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int padTop,
        int padLeft,
        int padBottom,
        int padRight,
        int dilationHeight,
        int dilationWidth) {
    /** Checks the ranges. */
    public Window {
        if (kernelHeight < 1 || kernelWidth < 1 || strideHeight < 1 || strideWidth < 1) {
            throw new IllegalArgumentException("kernel and strides must be at least 1");
        }
        if (padTop < 0 || padLeft < 0 || padBottom < 0 || padRight < 0) {
            throw new IllegalArgumentException("padding must not be negative");
        }
        if (dilationHeight < 1 || dilationWidth < 1) {
            throw new IllegalArgumentException("dilation must be at least 1");
        }
    }

    /**
     * Returns how many windows fit into a height.
     *
     * @param inputHeight rows of the input
     * @param roundUp whether a last window that overhangs counts; it must start within the input or the padding above
     * @return the rows of the output; less than 1 where no window fits
     */
    public int outputHeight(int inputHeight, boolean roundUp) {
        return outputExtent(inputHeight, kernelHeight, strideHeight, padTop, padBottom, dilationHeight, roundUp);
    }

    /**
     * Returns how many windows fit into a width.
     *
     * @param inputWidth columns of the input
     * @param roundUp whether a last window that overhangs counts; it must start within the input or the padding to the
     *     left
     * @return the columns of the output; less than 1 where no window fits
     */
    public int outputWidth(int inputWidth, boolean roundUp) {
        return outputExtent(inputWidth, kernelWidth, strideWidth, padLeft, padRight, dilationWidth, roundUp);
    }

    private static int outputExtent(
            int input, int kernel, int stride, int padBefore, int padAfter, int dilation, boolean roundUp) {
        long free = (long) input + padBefore + padAfter - ((long) dilation * (kernel - 1) + 1);
        if (free < 0) {
            return 0;
        }
        long windows = (roundUp ? (free + stride - 1) / stride : free / stride) + 1;
        if (roundUp && (windows - 1) * stride >= (long) input + padBefore) {
            windows--;
        }
        return (int) Math.min(windows, Integer.MAX_VALUE);
    }
}
