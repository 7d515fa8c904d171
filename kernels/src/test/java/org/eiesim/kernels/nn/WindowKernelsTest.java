package org.eiesim.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.eiesim.kernels.linalg.DenseProduct;
import org.junit.jupiter.api.Test;

class WindowKernelsTest {
    private static final long SEED = 20260108;

    /** PyTorch's documented cases: MaxPool2d(3, stride 2) of 6 x 6 gives 2 x 2, with ceil_mode 3 x 3. */
    @Test
    void outputExtents() {
        assertThat(plain(6, 3, 2, 0, false).outputHeight()).isEqualTo(2);
        assertThat(plain(6, 3, 2, 0, true).outputHeight()).isEqualTo(3);
        assertThat(plain(227, 7, 2, 0, false).outputHeight()).isEqualTo(111);
        assertThat(plain(111, 3, 2, 0, true).outputHeight()).isEqualTo(55);
        // The last window would begin in the padding below: (3 + 2 - 2) / 2 rounds up to a third window, at row 3.
        assertThat(plain(3, 2, 2, 1, true).outputHeight()).isEqualTo(2);
        assertThat(plain(224, 3, 1, 1, false).outputHeight()).isEqualTo(224);
        assertThat(new SlidingWindow(9, 9, 3, 3, 1, 1, 0, 0, 0, 0, 2, 3, false).outputHeight())
                .isEqualTo(5);
        assertThat(new SlidingWindow(9, 9, 3, 3, 1, 1, 0, 0, 0, 0, 2, 3, false).outputWidth())
                .isEqualTo(3);
    }

    @Test
    void im2colFollowsTheDefinition() {
        for (int trial = 0; trial < 300; trial++) {
            Random random = new Random(SEED + trial);
            SlidingWindow window = randomWindow(random);
            int channels = 1 + random.nextInt(4);
            int first = random.nextInt(channels);
            int count = random.nextInt(channels - first + 1);
            float[] input = gaussian(random, channels * window.height() * window.width());
            int outputs = window.numOutputs();
            float[] columns = gaussian(random, count * window.numTaps() * outputs);
            Im2Col.columns(input, first, count, window, columns);
            int[] raw = new int[input.length];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = Float.floatToRawIntBits(input[i]);
            }
            for (int p = 0; p < window.outputHeight(); p++) {
                for (int q = 0; q < window.outputWidth(); q++) {
                    float[] patch = gaussian(random, 1 + count * window.numTaps());
                    int[] rawPatch = new int[patch.length];
                    Im2Col.patch(input, first, count, window, p, q, patch, 1);
                    Im2Col.patch(raw, first, count, window, p, q, rawPatch, 1);
                    for (int tap = 0; tap < count * window.numTaps(); tap++) {
                        int channel = first + tap / window.numTaps();
                        int r = tap % window.numTaps() / window.kernelWidth();
                        int s = tap % window.kernelWidth();
                        float expected = padded(
                                input,
                                window,
                                channel,
                                p * window.strideHeight() - window.padTop() + r * window.dilationHeight(),
                                q * window.strideWidth() - window.padLeft() + s * window.dilationWidth(),
                                0);
                        String where = "seed " + (SEED + trial) + " " + window + " tap " + tap;
                        assertThat(patch[1 + tap]).as(where).isEqualTo(expected);
                        assertThat(Float.intBitsToFloat(rawPatch[1 + tap]))
                                .as(where)
                                .isEqualTo(expected);
                        assertThat(columns[tap * outputs + p * window.outputWidth() + q])
                                .as(where)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void groupedConvolutionByIm2colEqualsTheDirectSum() {
        Random random = new Random(SEED);
        SlidingWindow window = new SlidingWindow(7, 6, 3, 2, 2, 1, 1, 0, 1, 1, 1, 2, false);
        int groups = 2;
        int inputsPerGroup = 3;
        int outputsPerGroup = 4;
        float[] input = gaussian(random, groups * inputsPerGroup * 42);
        float[] weight = gaussian(random, groups * outputsPerGroup * inputsPerGroup * 6);
        int positions = window.numOutputs();
        float[] output = new float[groups * outputsPerGroup * positions];
        float[] columns = new float[inputsPerGroup * 6 * positions];
        for (int g = 0; g < groups; g++) {
            Im2Col.columns(input, g * inputsPerGroup, inputsPerGroup, window, columns);
            DenseProduct.multiplyMatrixAdd(
                    weight,
                    g * outputsPerGroup * inputsPerGroup * 6,
                    outputsPerGroup,
                    inputsPerGroup * 6,
                    columns,
                    0,
                    positions,
                    output,
                    g * outputsPerGroup * positions);
        }
        for (int o = 0; o < groups * outputsPerGroup; o++) {
            for (int p = 0; p < window.outputHeight(); p++) {
                for (int q = 0; q < window.outputWidth(); q++) {
                    float sum = 0;
                    for (int c = 0; c < inputsPerGroup; c++) {
                        for (int r = 0; r < 3; r++) {
                            for (int s = 0; s < 2; s++) {
                                sum += weight[(o * inputsPerGroup + c) * 6 + r * 2 + s]
                                        * padded(
                                                input,
                                                window,
                                                o / outputsPerGroup * inputsPerGroup + c,
                                                p * 2 - 1 + r,
                                                q + s * 2,
                                                0);
                            }
                        }
                    }
                    assertThat(output[o * positions + p * window.outputWidth() + q])
                            .isEqualTo(sum);
                }
            }
        }
    }

    @Test
    void poolingFollowsTheDefinition() {
        int checked = 0;
        for (int trial = 0; trial < 600; trial++) {
            Random random = new Random(SEED + 1000 + trial);
            SlidingWindow window = randomWindow(random);
            if (window.padTop() >= window.kernelHeight()
                    || window.padLeft() >= window.kernelWidth()
                    || window.padBottom() >= window.kernelHeight()
                    || window.padRight() >= window.kernelWidth()
                    || window.dilationHeight() * window.dilationWidth() != 1) {
                continue;
            }
            checked++;
            int channels = 1 + random.nextInt(3);
            float[] input = gaussian(random, channels * window.height() * window.width());
            float[] largest = new float[channels * window.numOutputs()];
            float[] mean = new float[largest.length];
            float[] meanWithPadding = new float[largest.length];
            Pooling.maximum(input, channels, window, largest);
            Pooling.average(input, channels, window, false, mean);
            Pooling.average(input, channels, window, true, meanWithPadding);
            int at = 0;
            for (int c = 0; c < channels; c++) {
                for (int p = 0; p < window.outputHeight(); p++) {
                    for (int q = 0; q < window.outputWidth(); q++, at++) {
                        // The padded part of the plane that the window covers, as rows and columns of the plane.
                        int top = p * window.strideHeight() - window.padTop();
                        int left = q * window.strideWidth() - window.padLeft();
                        int bottom = Math.min(top + window.kernelHeight(), window.height() + window.padBottom());
                        int right = Math.min(left + window.kernelWidth(), window.width() + window.padRight());
                        float best = Float.NEGATIVE_INFINITY;
                        double sum = 0;
                        int inside = 0;
                        for (int row = Math.max(top, 0); row < Math.min(bottom, window.height()); row++) {
                            for (int column = Math.max(left, 0); column < Math.min(right, window.width()); column++) {
                                float value = padded(input, window, c, row, column, Float.NaN);
                                best = Math.max(best, value);
                                sum += value;
                                inside++;
                            }
                        }
                        String where = "seed " + (SEED + 1000 + trial) + " " + window;
                        assertThat(largest[at]).as(where).isEqualTo(best);
                        assertThat(mean[at]).as(where).isEqualTo((float) (sum / inside));
                        assertThat(meanWithPadding[at]).as(where).isEqualTo((float)
                                (sum / ((bottom - top) * (right - left))));
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(50);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> plain(2, 3, 1, 0, false))
                .hasMessage("a window spanning 3 does not fit a padded height of 2");
        assertThatThrownBy(() -> plain(0, 1, 1, 0, false)).hasMessageContaining("height must be 1..");
        assertThatThrownBy(() -> Pooling.maximum(new float[9], 1, plain(3, 1, 1, 1, false), new float[25]))
                .hasMessage("the windows of output row 0 see only padding");
        SlidingWindow window = plain(3, 2, 1, 0, false);
        assertThatThrownBy(() -> Im2Col.columns(new float[9], 0, 2, window, new float[32]))
                .hasMessage("channels 0..1 of 3x3 need 18 elements, input has 9");
        assertThatThrownBy(() -> Im2Col.patch(new float[9], 0, 1, window, 2, 0, new float[4], 0))
                .hasMessage("outputRow must be 0..1, not 2");
    }

    private static SlidingWindow plain(int extent, int kernel, int stride, int pad, boolean roundUp) {
        return new SlidingWindow(extent, extent, kernel, kernel, stride, stride, pad, pad, pad, pad, 1, 1, roundUp);
    }

    private static SlidingWindow randomWindow(Random random) {
        int kernelHeight = 1 + random.nextInt(3);
        int kernelWidth = 1 + random.nextInt(3);
        boolean dilated = random.nextInt(3) == 0;
        int dilationHeight = dilated ? 1 + random.nextInt(3) : 1;
        int dilationWidth = dilated ? 1 + random.nextInt(3) : 1;
        return new SlidingWindow(
                dilationHeight * (kernelHeight - 1) + 1 + random.nextInt(6),
                dilationWidth * (kernelWidth - 1) + 1 + random.nextInt(6),
                kernelHeight,
                kernelWidth,
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(3),
                random.nextInt(3),
                dilationHeight,
                dilationWidth,
                random.nextBoolean());
    }

    private static float padded(float[] input, SlidingWindow window, int channel, int row, int column, float padding) {
        boolean inside = row >= 0 && row < window.height() && column >= 0 && column < window.width();
        return inside ? input[(channel * window.height() + row) * window.width() + column] : padding;
    }

    private static float[] gaussian(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
