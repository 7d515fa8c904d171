package org.eiesim.kernels.nn;

import org.eiesim.kernels.check.Ranges;

/**
 * Winograd's minimal filtering F(2x2, 3x3): a 2x2 tile of outputs of a 3x3 convolution at stride 1 from 16 products per
 * pair of channels instead of 36. For a kernel {@code g}, a tile {@code d} of 4x4 inputs and the outputs {@code Y}
 *
 * <pre>
 *     Y = A^T [ (G g G^T) . (B^T d B) ] A        . being the product element by element
 *
 *           1  0 -1  0            1    0    0
 *     B^T = 0  1  1  0      G = 1/2  1/2  1/2      A^T = 1  1  1  0
 *           0 -1  1  0          1/2 -1/2  1/2            0  1 -1 -1
 *           0  1  0 -1            0    0    1
 * </pre>
 *
 * <p>The sum over input channels is taken before {@code A}, so each of the 16 elements is a matrix-vector product over the
 * channels. Element {@code (i, j)} has number {@code 4 i + j}. Tiles are counted by rows; where the outputs are odd in
 * number the last tile of a row or column overhangs: it reads zeros and its surplus outputs are dropped.
 *
 * <p>Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016 (arXiv:1509.09308), section 4.1.
 */
public final class Winograd {
    /** Products per tile and pair of channels. */
    public static final int NUM_PRODUCTS = 16;

    /** Outputs of a tile in each direction. */
    public static final int TILE = 2;

    /** Additions of one tile's input transform: two passes over 16 elements. */
    public static final int INPUT_ADDITIONS = 32;

    /** Additions of one tile's output transform: 16 in the first pass, 8 in the second. */
    public static final int OUTPUT_ADDITIONS = 24;

    /**
     * The element in which a value {@code b} is {@code b} in all four outputs, the other elements being 0: a bias is added
     * there.
     */
    public static final int BIAS_PRODUCT = 5;

    private static final int KERNEL = 3;
    private static final int TAPS = KERNEL * KERNEL;
    private static final int PATCH = 4;

    private Winograd() {}

    /**
     * Says whether windows are those of a 3x3 convolution at stride 1 without dilation.
     *
     * @param window the windows
     * @return whether the other methods take them
     */
    public static boolean fits(SlidingWindow window) {
        return window.kernelHeight() == KERNEL
                && window.kernelWidth() == KERNEL
                && window.strideHeight() == 1
                && window.strideWidth() == 1
                && window.dilationHeight() == 1
                && window.dilationWidth() == 1;
    }

    /**
     * Returns the tiles of an output plane.
     *
     * @param outputHeight rows of the plane, &ge; 1
     * @param outputWidth columns of the plane, &ge; 1
     * @return {@code ceil(outputHeight / 2) * ceil(outputWidth / 2)}
     */
    public static int numTiles(int outputHeight, int outputWidth) {
        return Math.multiplyExact(half(outputHeight), half(outputWidth));
    }

    private static int half(int extent) {
        return (extent + 1) / TILE;
    }

    /**
     * Transforms kernels: {@code G g G^T}, computed in double and rounded once.
     *
     * @param kernels {@code [numKernels, 3, 3]}; not changed
     * @param transformed {@code [16, numKernels]}, overwritten; owned by the caller
     * @throws IllegalArgumentException if a length does not fit
     */
    public static void weights(float[] kernels, float[] transformed) {
        int numKernels = kernels.length / TAPS;
        Ranges.requireLength("kernels", kernels.length, (long) numKernels * TAPS);
        Ranges.requireLength("transformed", transformed.length, (long) numKernels * NUM_PRODUCTS);
        double[] rows = new double[PATCH * KERNEL];
        double[] line = new double[PATCH];
        for (int kernel = 0; kernel < numKernels; kernel++) {
            int at = kernel * TAPS;
            for (int s = 0; s < KERNEL; s++) {
                expand(kernels[at + s], kernels[at + KERNEL + s], kernels[at + 2 * KERNEL + s], line);
                for (int i = 0; i < PATCH; i++) {
                    rows[i * KERNEL + s] = line[i];
                }
            }
            for (int i = 0; i < PATCH; i++) {
                expand(rows[i * KERNEL], rows[i * KERNEL + 1], rows[i * KERNEL + 2], line);
                for (int j = 0; j < PATCH; j++) {
                    transformed[(i * PATCH + j) * numKernels + kernel] = (float) line[j];
                }
            }
        }
    }

    /** Multiplies a vector of three by G. */
    private static void expand(double a, double b, double c, double[] line) {
        line[0] = a;
        line[1] = (a + b + c) / 2;
        line[2] = (a - b + c) / 2;
        line[3] = c;
    }

    /**
     * Transforms the inputs of all tiles: {@code B^T d B}.
     *
     * @param input {@code [numChannels, height, width]}; not changed
     * @param numChannels channels
     * @param window windows that {@linkplain #fits fit}
     * @param tiles {@code [16, numChannels, numTiles]}, overwritten; owned by the caller
     * @throws IllegalArgumentException if a length or the window does not fit
     */
    public static void inputs(float[] input, int numChannels, SlidingWindow window, float[] tiles) {
        if (!fits(window)) {
            throw new IllegalArgumentException("not 3x3 windows at stride 1 without dilation: " + window);
        }
        int numTiles = numTiles(window.outputHeight(), window.outputWidth());
        Ranges.requireLength("input", input.length, (long) numChannels * window.height() * window.width());
        Ranges.requireLength("tiles", tiles.length, (long) NUM_PRODUCTS * numChannels * numTiles);
        int step = numChannels * numTiles;
        float[] patch = new float[PATCH * PATCH];
        int at = 0;
        for (int channel = 0; channel < numChannels; channel++) {
            int plane = channel * window.height() * window.width();
            for (int p = 0; p < window.outputHeight(); p += TILE) {
                for (int q = 0; q < window.outputWidth(); q += TILE) {
                    patch(input, plane, window, p - window.padTop(), q - window.padLeft(), patch);
                    input(patch, tiles, at++, step);
                }
            }
        }
    }

    /** Reads 4x4 inputs, 0 outside of the plane. */
    private static void patch(
            float[] input, int plane, SlidingWindow window, int firstRow, int firstColumn, float[] patch) {
        for (int i = 0; i < PATCH; i++) {
            int row = firstRow + i;
            boolean inside = row >= 0 && row < window.height();
            int line = plane + row * window.width();
            for (int j = 0; j < PATCH; j++) {
                int column = firstColumn + j;
                patch[i * PATCH + j] = inside && column >= 0 && column < window.width() ? input[line + column] : 0f;
            }
        }
    }

    private static void input(float[] d, float[] out, int at, int step) {
        for (int j = 0; j < PATCH; j++) {
            float d1 = d[PATCH + j];
            float d2 = d[2 * PATCH + j];
            d[j] -= d2;
            d[PATCH + j] = d1 + d2;
            d[2 * PATCH + j] = d2 - d1;
            d[3 * PATCH + j] = d1 - d[3 * PATCH + j];
        }
        int to = at;
        for (int i = 0; i < PATCH * PATCH; i += PATCH) {
            out[to] = d[i] - d[i + 2];
            out[to + step] = d[i + 1] + d[i + 2];
            out[to + 2 * step] = d[i + 2] - d[i + 1];
            out[to + 3 * step] = d[i + 1] - d[i + 3];
            to += PATCH * step;
        }
    }

    /**
     * Transforms the products of all tiles to outputs: {@code A^T m A}.
     *
     * @param products {@code [16, numChannels, numTiles]}; not changed
     * @param numChannels output channels
     * @param outputHeight rows of an output plane, &ge; 1
     * @param outputWidth columns of an output plane, &ge; 1
     * @param output {@code [numChannels, outputHeight, outputWidth]}, overwritten; owned by the caller
     * @throws IllegalArgumentException if a length does not fit
     */
    public static void outputs(float[] products, int numChannels, int outputHeight, int outputWidth, float[] output) {
        int numTiles = numTiles(outputHeight, outputWidth);
        Ranges.requireLength("products", products.length, (long) NUM_PRODUCTS * numChannels * numTiles);
        Ranges.requireLength("output", output.length, (long) numChannels * outputHeight * outputWidth);
        int step = numChannels * numTiles;
        float[] tile = new float[TILE * TILE];
        int at = 0;
        for (int channel = 0; channel < numChannels; channel++) {
            int plane = channel * outputHeight * outputWidth;
            for (int p = 0; p < outputHeight; p += TILE) {
                for (int q = 0; q < outputWidth; q += TILE) {
                    output(products, at++, step, tile);
                    for (int i = 0; i < TILE && p + i < outputHeight; i++) {
                        for (int j = 0; j < TILE && q + j < outputWidth; j++) {
                            output[plane + (p + i) * outputWidth + q + j] = tile[i * TILE + j];
                        }
                    }
                }
            }
        }
    }

    private static void output(float[] m, int at, int step, float[] tile) {
        float[] low = new float[PATCH];
        float[] high = new float[PATCH];
        for (int j = 0; j < PATCH; j++) {
            int from = at + j * step;
            float m1 = m[from + PATCH * step];
            float m2 = m[from + 2 * PATCH * step];
            low[j] = m[from] + m1 + m2;
            high[j] = m1 - m2 - m[from + 3 * PATCH * step];
        }
        tile[0] = low[0] + low[1] + low[2];
        tile[1] = low[1] - low[2] - low[3];
        tile[2] = high[0] + high[1] + high[2];
        tile[3] = high[1] - high[2] - high[3];
    }
}
