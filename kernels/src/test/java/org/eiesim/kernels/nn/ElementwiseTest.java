package org.eiesim.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
    private static final long SEED = 20260109;
    private static final Offset<Float> ROUNDING = within(2e-6f);

    @Test
    void knownValuesOfTheActivationFunctions() {
        assertThat(Activations.relu(-3f)).isZero();
        assertThat(Activations.relu(2.5f)).isEqualTo(2.5f);
        assertThat(Activations.relu(Float.NaN)).isNaN();
        assertThat(Activations.sigmoid(0)).isEqualTo(0.5f);
        assertThat(Activations.sigmoid(1)).isEqualTo((float) 0.7310585786300049);
        assertThat(Activations.sigmoid(-200)).isEqualTo(0f);
        assertThat(Activations.sigmoid(200)).isEqualTo(1f);
        assertThat(Activations.tanh(1)).isEqualTo((float) 0.7615941559557649);
        assertThat(Activations.tanh(-50)).isEqualTo(-1f);
    }

    @Test
    void sectionsAreOverwrittenAndNothingElse() {
        Random random = new Random(SEED);
        float[] values = gaussian(random, 20, 3);
        float[] rectified = values.clone();
        float[] squashed = values.clone();
        float[] curved = values.clone();
        Activations.relu(rectified, 4, 10);
        Activations.sigmoid(squashed, 4, 10);
        Activations.tanh(curved, 4, 10);
        for (int i = 0; i < 20; i++) {
            boolean inside = i >= 4 && i < 14;
            assertThat(rectified[i]).isEqualTo(inside ? Math.max(values[i], 0) : values[i]);
            assertThat(squashed[i]).isEqualTo(inside ? Activations.sigmoid(values[i]) : values[i]);
            assertThat(curved[i]).isEqualTo(inside ? Activations.tanh(values[i]) : values[i]);
        }
        assertThatThrownBy(() -> Activations.relu(values, 15, 6))
                .hasMessage("values: section of 6 at 15 is not inside an array of 20");
    }

    @Test
    void softmaxIsTheNormalisedExponential() {
        float[] values = {9, 1, 2, 3, 9};
        Activations.softmax(values, 1, 3);
        double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
        assertThat(values)
                .containsExactly(
                        9f, (float) (Math.exp(1) / sum), (float) (Math.exp(2) / sum), (float) (Math.exp(3) / sum), 9f);
        // Neither overflow nor underflow: only differences count.
        float[] large = {1000, 1001, -1000};
        Activations.softmax(large, 0, 3);
        assertThat(large[0]).isCloseTo((float) (1 / (1 + Math.E)), ROUNDING);
        assertThat(large[1]).isCloseTo((float) (Math.E / (1 + Math.E)), ROUNDING);
        assertThat(large[2]).isZero();
    }

    @Test
    void batchNormalizationFollowsItsFormula() {
        Random random = new Random(SEED + 1);
        float[] values = gaussian(random, 5 * 12, 4);
        float[] scale = gaussian(random, 5, 1);
        float[] shift = gaussian(random, 5, 1);
        float[] mean = gaussian(random, 5, 1);
        float[] variance = {0.5f, 1, 2, 0, 10};
        float[] result = values.clone();
        Normalization.batch(result, 12, scale, shift, mean, variance, 1e-3);
        for (int i = 0; i < result.length; i++) {
            int c = i / 12;
            double expected = scale[c] * (values[i] - mean[c]) / Math.sqrt(variance[c] + 1e-3) + shift[c];
            assertThat((double) result[i]).isCloseTo(expected, within(1e-6 * Math.abs(expected) + 1e-6));
        }
        assertThatThrownBy(() -> Normalization.batch(result, 12, scale, shift, mean, variance, 0))
                .hasMessage("variance 0.0 with epsilon 0.0 must be positive");
    }

    @Test
    void layerNormalizationYieldsMeanShiftAndDeviationScale() {
        Random random = new Random(SEED + 2);
        float[] values = gaussian(random, 4 * 64, 5);
        float[] ones = new float[64];
        Arrays.fill(ones, 1f);
        float[] standard = values.clone();
        Normalization.layer(standard, ones, new float[64], 1e-12);
        float[] scale = gaussian(random, 64, 1);
        float[] shift = gaussian(random, 64, 1);
        float[] scaled = values.clone();
        Normalization.layer(scaled, scale, shift, 1e-12);
        for (int row = 0; row < 4; row++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < 64; i++) {
                float value = standard[row * 64 + i];
                mean += value / 64;
                square += value * value / 64;
                assertThat(scaled[row * 64 + i]).isCloseTo(scale[i] * value + shift[i], ROUNDING);
                // Normalising is affine and rising: order and ratio of distances stay.
                float stretched = (values[row * 64 + i] - values[row * 64]) / (values[row * 64 + 1] - values[row * 64]);
                float normalised = (value - standard[row * 64]) / (standard[row * 64 + 1] - standard[row * 64]);
                assertThat(normalised).isCloseTo(stretched, within(1e-4f * (1 + Math.abs(stretched))));
            }
            assertThat(mean).isCloseTo(0, within(1e-6));
            assertThat(square).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void lstmStepFollowsItsEquations() {
        Random random = new Random(SEED + 3);
        int n = 7;
        float[] sums = gaussian(random, 4 * n, 2);
        float[] before = gaussian(random, n, 1);
        float[] cell = before.clone();
        float[] hidden = new float[n];
        RecurrentGates.lstm(sums, cell, hidden);
        for (int i = 0; i < n; i++) {
            double expectedCell =
                    logistic(sums[2 * n + i]) * before[i] + logistic(sums[i]) * Math.tanh(sums[3 * n + i]);
            double expectedHidden = logistic(sums[n + i]) * Math.tanh(expectedCell);
            assertThat(cell[i]).isCloseTo((float) expectedCell, ROUNDING);
            assertThat(hidden[i]).isCloseTo((float) expectedHidden, ROUNDING);
        }
    }

    @Test
    void gruStepsFollowTheirEquations() {
        Random random = new Random(SEED + 4);
        int n = 6;
        float[] fromInput = gaussian(random, 3 * n, 2);
        float[] fromHidden = gaussian(random, 3 * n, 2);
        float[] before = gaussian(random, n, 1);
        float[] after = before.clone();
        RecurrentGates.gruResetAfter(fromInput, fromHidden, after);
        for (int i = 0; i < n; i++) {
            double z = logistic(fromInput[i] + fromHidden[i]);
            double r = logistic(fromInput[n + i] + fromHidden[n + i]);
            double candidate = Math.tanh(fromInput[2 * n + i] + r * fromHidden[2 * n + i]);
            assertThat(after[i]).isCloseTo((float) ((1 - z) * candidate + z * before[i]), ROUNDING);
        }
        float[] update = new float[n];
        float[] resetHidden = new float[n];
        float[] twoSums = Arrays.copyOf(fromInput, 2 * n);
        RecurrentGates.gruResetBefore(twoSums, before, update, resetHidden);
        float[] candidateSums = gaussian(random, n, 2);
        float[] finished = before.clone();
        RecurrentGates.gruFinish(update, candidateSums, finished);
        for (int i = 0; i < n; i++) {
            double z = logistic(twoSums[i]);
            assertThat(resetHidden[i]).isCloseTo((float) (logistic(twoSums[n + i]) * before[i]), ROUNDING);
            assertThat(finished[i])
                    .isCloseTo((float) ((1 - z) * Math.tanh(candidateSums[i]) + z * before[i]), ROUNDING);
        }
        assertThatThrownBy(() -> RecurrentGates.gruFinish(update, new float[5], finished))
                .hasMessage("candidateSums must have 6 elements, not 5");
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static float[] gaussian(Random random, int n, double deviation) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }
}
