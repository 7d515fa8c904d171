package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MagnitudesTest {
    @Test
    void thePercentileHoldsItsShareAndNoSmallerPowerOfTwoDoes() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Magnitudes magnitudes = new Magnitudes();
            double[] values = random.doubles(1 + random.nextInt(500))
                    .map(x -> Math.pow(x, 9) * 1e3)
                    .toArray();
            for (double value : values) {
                magnitudes.add(random.nextBoolean() ? value : -value);
                magnitudes.add(0);
            }
            double percent = 50 + 50 * random.nextDouble();
            double held = magnitudes.percentile(percent);
            double bound = 2 * Math.scalb(1.0, Math.getExponent(held));
            assertThat(share(values, bound)).as("seed %d", seed).isGreaterThanOrEqualTo(percent);
            assertThat(share(values, bound / 2)).as("seed %d", seed).isLessThan(percent);
        }
    }

    private static double share(double[] values, double bound) {
        long below = 0;
        for (double value : values) {
            below += value < bound ? 1 : 0;
        }
        return 100.0 * below / values.length;
    }

    @Test
    void theLargestIsTheWholePercentile() {
        Magnitudes magnitudes = new Magnitudes();
        assertThat(magnitudes.max()).isZero();
        magnitudes.add(-7.25);
        magnitudes.add(1e-50);
        magnitudes.add(Double.NEGATIVE_INFINITY);
        magnitudes.add(-Float.MAX_VALUE);
        assertThat(magnitudes.max()).isEqualTo(7.25);
        Magnitudes more = new Magnitudes();
        more.add(7.5);
        magnitudes.add(more);
        assertThat(magnitudes.percentile(100)).isEqualTo(7.5);
        assertThat(magnitudes.percentile(1)).isEqualTo(1e-50);
    }
}
