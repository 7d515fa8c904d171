package org.eiesim.kernels.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KMeans1dTest {
    private static final long SEED = 20260105;

    @Test
    void findsPlainGroupsFromEveryStart() {
        float[] values = {10, -1, 11, 0, 12, 1, 50};
        for (Initialization initialization : Initialization.values()) {
            KMeans1d.Result result = KMeans1d.cluster(values, 3, initialization, 7);
            assertThat(result.centroids()).as("%s", initialization).containsExactly(0, 11, 50);
            assertThat(result.squaredError()).isEqualTo(4);
        }
    }

    @Test
    void optimalEqualsTheBestOfAllPartitions() {
        Random random = new Random(SEED);
        for (int trial = 0; trial < 400; trial++) {
            float[] values = randomValues(random, 1 + random.nextInt(12));
            int k = 1 + random.nextInt(6);
            KMeans1d.Result result = KMeans1d.cluster(values, k, Initialization.OPTIMAL, 0);
            float[] sorted = values.clone();
            Arrays.sort(sorted);
            double least = leastError(sorted, 0, Math.min(k, values.length));
            assertThat(result.squaredError())
                    .as("seed %d trial %d: k = %d, %s", SEED, trial, k, Arrays.toString(values))
                    .isBetween(least - 1e-9, least * (1 + 1e-5) + 1e-9);
        }
    }

    @Test
    void noStartIsWorseThanPlainLloydAndOptimalIsNoWorseThanAny() {
        for (int trial = 0; trial < 60; trial++) {
            long seed = SEED + trial;
            Random random = new Random(seed);
            float[] values = randomValues(random, 200 + random.nextInt(2000));
            int k = 2 + random.nextInt(30);
            double optimal =
                    KMeans1d.cluster(values, k, Initialization.OPTIMAL, seed).squaredError();
            double slack = 1 + 1e-5;
            float low = min(values);
            float high = max(values);
            double[] linear = new double[k];
            double[] density = new double[k];
            float[] sorted = values.clone();
            Arrays.sort(sorted);
            for (int c = 0; c < k; c++) {
                linear[c] = low + ((double) high - low) * c / (k - 1);
                density[c] = sorted[(int) ((c + 0.5) / k * sorted.length)];
            }
            double plainLinear = plainLloyd(values, linear);
            double plainDensity = plainLloyd(values, density);
            assertThat(KMeans1d.cluster(values, k, Initialization.LINEAR, seed).squaredError())
                    .as("seed %d linear", seed)
                    .isBetween(optimal / slack, plainLinear * slack);
            assertThat(KMeans1d.cluster(values, k, Initialization.DENSITY, seed).squaredError())
                    .as("seed %d density", seed)
                    .isBetween(optimal / slack, plainDensity * slack);
            assertThat(KMeans1d.cluster(values, k, Initialization.RANDOM, seed).squaredError())
                    .as("seed %d random", seed)
                    .isGreaterThanOrEqualTo(optimal / slack);
            for (int start = 0; start < 3; start++) {
                double[] forgy = random.ints(k, 0, values.length)
                        .mapToDouble(i -> values[i])
                        .sorted()
                        .toArray();
                assertThat(optimal).isLessThanOrEqualTo(plainLloyd(values, forgy) * slack);
            }
        }
    }

    @Test
    void startsAreTheOnesOfThePaper() {
        SortedValues values = new SortedValues(new float[] {7, 0, 1, 2, 100, 3, 5, 4});
        assertThat(KMeans1d.linearStart(values, 5)).containsExactly(0, 25, 50, 75, 100);
        assertThat(KMeans1d.linearStart(values, 1)).containsExactly(50);
        // The quantiles (c + 1/2) / 4 of eight values are the second, fourth, sixth and eighth.
        assertThat(KMeans1d.densityStart(values, 4)).containsExactly(1, 3, 5, 100);
        // Forgy: all values drawn are values, none twice; all of them where k is their number.
        assertThat(KMeans1d.randomStart(values, 8, 3)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 7, 100);
        assertThat(KMeans1d.randomStart(values, 3, 3)).doesNotHaveDuplicates().hasSize(3);
        // Random starts depend on the seed and on nothing else.
        float[] many = prunedWeights(5000);
        KMeans1d.Result first = KMeans1d.cluster(many, 40, Initialization.RANDOM, 1);
        assertThat(KMeans1d.cluster(many, 40, Initialization.RANDOM, 1).centroids())
                .isEqualTo(first.centroids());
        assertThat(KMeans1d.cluster(many, 40, Initialization.RANDOM, 2).centroids())
                .isNotEqualTo(first.centroids());
    }

    @Test
    void valuesAlreadySharedAreKeptExactly() {
        Random random = new Random(SEED + 1);
        float[] palette = new float[15];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(6) - 6));
        }
        float[] values = new float[60_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = palette[i % 15];
        }
        float[] ascending = palette.clone();
        Arrays.sort(ascending);
        for (Initialization initialization : Initialization.values()) {
            KMeans1d.Result result = KMeans1d.cluster(values, 255, initialization, 3);
            assertThat(result.centroids()).as("%s", initialization).isEqualTo(ascending);
            assertThat(result.squaredError()).isZero();
        }
    }

    @Test
    void beyondTheExactTableOptimalIsNoWorseThanAnyStart() {
        float[] values = prunedWeights(150_000);
        double optimal =
                KMeans1d.cluster(values, 200, Initialization.OPTIMAL, 5).squaredError();
        for (Initialization start :
                new Initialization[] {Initialization.LINEAR, Initialization.DENSITY, Initialization.RANDOM}) {
            assertThat(optimal)
                    .isLessThanOrEqualTo(KMeans1d.cluster(values, 200, start, 5).squaredError());
        }
    }

    @Test
    void radixSortEqualsTheLibrarys() {
        Random random = new Random(SEED + 2);
        float[] values = new float[50_000];
        for (int i = 0; i < values.length; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            values[i] = Float.isFinite(value) ? value : i % 2 == 0 ? 0f : -0f;
        }
        float[] expected = values.clone();
        Arrays.sort(expected);
        assertThat(FloatSort.sorted(values)).isEqualTo(expected);
    }

    @Test
    void assignsTheNearestAndOfTwoTheLower() {
        assertThat(KMeans1d.assign(new float[] {-9, 0.5f, 0.50001f, 1.49f, 1.5f, 1.51f, 7}, new float[] {0, 1, 2}))
                .containsExactly(0, 0, 1, 1, 1, 2, 2);
        Random random = new Random(SEED + 3);
        for (int trial = 0; trial < 300; trial++) {
            float[] centroids = randomValues(random, 1 + random.nextInt(256));
            Arrays.sort(centroids);
            float[] distinct = distinct(centroids);
            float[] values = randomValues(random, 300);
            byte[] codes = KMeans1d.assign(values, distinct);
            for (int i = 0; i < values.length; i++) {
                int nearest = 0;
                for (int c = 1; c < distinct.length; c++) {
                    if (Math.abs((double) values[i] - distinct[c]) < Math.abs((double) values[i] - distinct[nearest])) {
                        nearest = c;
                    }
                }
                assertThat(codes[i] & 0xFF)
                        .as("seed %d trial %d value %s", SEED + 3, trial, values[i])
                        .isEqualTo(nearest);
            }
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> KMeans1d.cluster(new float[0], 2, Initialization.LINEAR, 0))
                .hasMessage("no values to cluster");
        assertThatThrownBy(() -> KMeans1d.cluster(new float[] {1, Float.NaN}, 2, Initialization.LINEAR, 0))
                .hasMessage("value 1 is NaN");
        assertThatThrownBy(() -> KMeans1d.cluster(new float[] {1}, 0, Initialization.LINEAR, 0))
                .hasMessage("k must be 1..1024, not 0");
        assertThatThrownBy(() -> KMeans1d.assign(new float[] {1}, new float[] {1, 1}))
                .hasMessage("centroids must be finite and ascend, but centroid 1 is 1.0 after 1.0");
        assertThatThrownBy(() -> KMeans1d.assign(new float[] {Float.NaN}, new float[] {1}))
                .hasMessage("value 0 is NaN");
    }

    private static float[] prunedWeights(int n) {
        Random random = new Random(SEED);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            double magnitude = 0.01 + Math.abs(random.nextGaussian()) * 0.01;
            values[i] = (float) (random.nextBoolean() ? magnitude : -magnitude);
        }
        return values;
    }

    private static float[] randomValues(Random random, int n) {
        int kind = random.nextInt(4);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = switch (kind) {
                case 0 -> (float) random.nextGaussian();
                case 1 -> random.nextInt(7) - 3;
                case 2 -> (float) Math.exp(random.nextGaussian() * 2);
                default -> (random.nextBoolean() ? 1 : -1) * (0.5f + random.nextFloat());
            };
        }
        return values;
    }

    private static double leastError(float[] sorted, int from, int clusters) {
        if (from == sorted.length) {
            return 0;
        }
        if (clusters == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int to = from + 1; to <= sorted.length; to++) {
            double mean = 0;
            for (int i = from; i < to; i++) {
                mean += sorted[i] / (double) (to - from);
            }
            double error = 0;
            for (int i = from; i < to; i++) {
                error += (sorted[i] - mean) * (sorted[i] - mean);
            }
            least = Math.min(least, error + leastError(sorted, to, clusters - 1));
        }
        return least;
    }

    /** The textbook iteration on unsorted values; empty clusters keep their centroid. */
    private static double plainLloyd(float[] values, double[] start) {
        double[] centroids = start.clone();
        int[] assigned = new int[values.length];
        boolean moved = true;
        double error = 0;
        while (moved) {
            moved = false;
            double[] sums = new double[centroids.length];
            int[] counts = new int[centroids.length];
            error = 0;
            for (int i = 0; i < values.length; i++) {
                int nearest = 0;
                for (int c = 1; c < centroids.length; c++) {
                    if (Math.abs(values[i] - centroids[c]) < Math.abs(values[i] - centroids[nearest])) {
                        nearest = c;
                    }
                }
                moved |= assigned[i] != nearest;
                assigned[i] = nearest;
                sums[nearest] += values[i];
                counts[nearest]++;
                error += (values[i] - centroids[nearest]) * (values[i] - centroids[nearest]);
            }
            for (int c = 0; c < centroids.length; c++) {
                centroids[c] = counts[c] == 0 ? centroids[c] : sums[c] / counts[c];
            }
        }
        return error;
    }

    private static float min(float[] values) {
        float least = values[0];
        for (float value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    private static float max(float[] values) {
        float largest = values[0];
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static float[] distinct(float[] ascending) {
        float[] kept = new float[ascending.length];
        int count = 0;
        for (float value : ascending) {
            if (count == 0 || value != kept[count - 1]) {
                kept[count++] = value;
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
