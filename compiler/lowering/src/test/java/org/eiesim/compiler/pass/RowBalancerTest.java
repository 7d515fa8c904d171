package org.eiesim.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowBalancerTest {
    @Test
    void everyRowIsPlacedOnceAndInItsOrderWithinAPe() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int numPes = 1 + random.nextInt(9);
            double[] weights = random.doubles(random.nextInt(60)).toArray();
            int[] order = RowBalancer.order(weights, numPes);
            assertThat(Arrays.stream(order).sorted().toArray())
                    .as("seed %d", seed)
                    .isEqualTo(IntStream.range(0, weights.length).toArray());
            for (int row = numPes; row < order.length; row++) {
                assertThat(order[row]).as("seed %d", seed).isGreaterThan(order[row - numPes]);
            }
        }
    }

    @Test
    void theFullestPeCarriesLessThanInterleavedAndNearTheMean() {
        double balanced = 0;
        double interleaved = 0;
        double mean = 0;
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            double[] weights = random.doubles(256).map(x -> Math.floor(100 * x)).toArray();
            balanced += fullest(weights, RowBalancer.order(weights, 16));
            interleaved += fullest(weights, IntStream.range(0, 256).toArray());
            mean += Arrays.stream(weights).sum() / 16;
        }
        assertThat(balanced).isLessThan(interleaved);
        assertThat(balanced / mean).isLessThan(1.02);
    }

    private static double fullest(double[] weights, int[] order) {
        double[] load = new double[16];
        for (int row = 0; row < order.length; row++) {
            load[row % 16] += weights[order[row]];
        }
        return Arrays.stream(load).max().orElseThrow();
    }
}
