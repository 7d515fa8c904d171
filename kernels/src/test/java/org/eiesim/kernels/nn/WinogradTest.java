package org.eiesim.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WinogradTest {
    private static final double[][] G = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
    private static final double[][] BT = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
    private static final double[][] AT = {{1, 1, 1, 0}, {0, 1, -1, -1}};

    private static SlidingWindow window(int height, int width, int top, int left, int bottom, int right) {
        return new SlidingWindow(height, width, 3, 3, 1, 1, top, left, bottom, right, 1, 1, false);
    }

    private static float[] gaussian(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** {@code matrix x matrix^T}, x being square. */
    private static double[][] both(double[][] matrix, double[][] x) {
        double[][] out = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                for (int r = 0; r < x.length; r++) {
                    for (int s = 0; s < x.length; s++) {
                        out[i][j] += matrix[i][r] * x[r][s] * matrix[j][s];
                    }
                }
            }
        }
        return out;
    }

    @Test
    void eachTransformIsThatOfTheMatrices() {
        Random random = new Random(1);
        float[] kernel = gaussian(random, 9);
        float[] weights = new float[16];
        Winograd.weights(kernel, weights);
        requireEqual(both(G, square(kernel, 3)), weights);

        float[] patch = gaussian(random, 16);
        float[] tiles = new float[16];
        Winograd.inputs(patch, 1, window(4, 4, 0, 0, 0, 0), tiles);
        requireEqual(both(BT, square(patch, 4)), tiles);

        float[] products = gaussian(random, 16);
        float[] outputs = new float[4];
        Winograd.outputs(products, 1, 2, 2, outputs);
        requireEqual(both(AT, square(products, 4)), outputs);
    }

    private static double[][] square(float[] values, int side) {
        double[][] square = new double[side][side];
        for (int i = 0; i < values.length; i++) {
            square[i / side][i % side] = values[i];
        }
        return square;
    }

    private static void requireEqual(double[][] expected, float[] actual) {
        for (int i = 0; i < actual.length; i++) {
            double value = expected[i / expected.length][i % expected.length];
            assertThat((double) actual[i]).isCloseTo(value, within(1e-5));
        }
    }

    @Test
    void theConvolutionIsTheDirectSum() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SlidingWindow window = window(
                    3 + random.nextInt(6),
                    3 + random.nextInt(6),
                    random.nextInt(3),
                    random.nextInt(3),
                    random.nextInt(3),
                    random.nextInt(3));
            int channels = 1 + random.nextInt(4);
            int outputs = 1 + random.nextInt(4);
            float[] input = gaussian(random, channels * window.height() * window.width());
            float[] kernels = gaussian(random, outputs * channels * 9);
            float[] expected = direct(input, channels, window, kernels, outputs);
            float[] actual = winograd(input, channels, window, kernels, outputs);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).as("seed %d %s", seed, window).isCloseTo(expected[i], within(1e-4f));
            }
        }
    }

    private static float[] direct(float[] input, int channels, SlidingWindow window, float[] kernels, int outputs) {
        int numPixels = window.numOutputs();
        float[] columns = new float[channels * 9 * numPixels];
        Im2Col.columns(input, 0, channels, window, columns);
        float[] out = new float[outputs * numPixels];
        for (int i = 0; i < out.length; i++) {
            double sum = 0;
            for (int tap = 0; tap < channels * 9; tap++) {
                sum += kernels[i / numPixels * channels * 9 + tap] * columns[tap * numPixels + i % numPixels];
            }
            out[i] = (float) sum;
        }
        return out;
    }

    private static float[] winograd(float[] input, int channels, SlidingWindow window, float[] kernels, int outputs) {
        int numTiles = Winograd.numTiles(window.outputHeight(), window.outputWidth());
        float[] weights = new float[16 * outputs * channels];
        Winograd.weights(kernels, weights);
        float[] tiles = new float[16 * channels * numTiles];
        Winograd.inputs(input, channels, window, tiles);
        float[] products = new float[16 * outputs * numTiles];
        for (int element = 0; element < 16; element++) {
            for (int output = 0; output < outputs; output++) {
                for (int channel = 0; channel < channels; channel++) {
                    float weight = weights[(element * outputs + output) * channels + channel];
                    for (int tile = 0; tile < numTiles; tile++) {
                        products[(element * outputs + output) * numTiles + tile] +=
                                weight * tiles[(element * channels + channel) * numTiles + tile];
                    }
                }
            }
        }
        float[] out = new float[outputs * window.numOutputs()];
        Winograd.outputs(products, outputs, window.outputHeight(), window.outputWidth(), out);
        return out;
    }

    @Test
    void oneElementReachesAllOutputsUnchanged() {
        float[] products = new float[16];
        products[Winograd.BIAS_PRODUCT] = 0.3f;
        float[] out = new float[4];
        Winograd.outputs(products, 1, 2, 2, out);
        assertThat(out).containsExactly(0.3f, 0.3f, 0.3f, 0.3f);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        SlidingWindow strided = new SlidingWindow(5, 5, 3, 3, 2, 1, 0, 0, 0, 0, 1, 1, false);
        assertThat(Winograd.fits(strided)).isFalse();
        assertThatThrownBy(() -> Winograd.inputs(new float[25], 1, strided, new float[64]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not 3x3 windows at stride 1 without dilation: ");
        assertThatThrownBy(() -> Winograd.inputs(new float[24], 1, window(5, 5, 0, 0, 0, 0), new float[64]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input");
        assertThatThrownBy(() -> Winograd.outputs(new float[16], 1, 3, 2, new float[6]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("products");
        assertThatThrownBy(() -> Winograd.weights(new float[10], new float[16]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kernels");
    }
}
