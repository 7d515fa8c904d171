package org.eiesim.models.network;

import org.eiesim.kernels.nn.SlidingWindow;

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
     * Lays the window over planes of one size.
     *
     * @param height rows of a plane
     * @param width columns of a plane
     * @param roundUp whether a last window that overhangs counts
     * @return where the windows lie
     * @throws IllegalArgumentException if no window fits into the padded plane
     */
    public SlidingWindow over(int height, int width, boolean roundUp) {
        return new SlidingWindow(
                height,
                width,
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                padTop,
                padLeft,
                padBottom,
                padRight,
                dilationHeight,
                dilationWidth,
                roundUp);
    }
}
