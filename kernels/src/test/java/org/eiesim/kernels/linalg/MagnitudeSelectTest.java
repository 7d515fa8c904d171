package org.eiesim.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.eiesim.kernels.linalg.MagnitudeSelect.Threshold;
import org.junit.jupiter.api.Test;

class MagnitudeSelectTest {
    private static final long SEED = 20260107;

    @Test
    void tiesAreChosenByPosition() {
        float[] values = {1, -2, 2, 0, -2, 3};
        Threshold threshold = MagnitudeSelect.largest(values, 3);
        assertThat(threshold).isEqualTo(new Threshold(2, 2));
        boolean[] chosen = new boolean[6];
        assertThat(MagnitudeSelect.mark(values, threshold, chosen)).isEqualTo(new Threshold(2, 0));
        assertThat(chosen).containsExactly(false, true, true, false, false, true);
    }

    @Test
    void equalsAStableSortForEveryCount() {
        for (int trial = 0; trial < 150; trial++) {
            long seed = SEED + trial;
            Random random = new Random(seed);
            float[] values = new float[1 + random.nextInt(200)];
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (trial % 4) {
                    case 0 -> (float) random.nextGaussian();
                    case 1 -> random.nextInt(5) - 2;
                    case 2 -> Float.intBitsToFloat(random.nextInt(0x7F80_0001) | random.nextInt(2) << 31);
                    default -> Float.intBitsToFloat(0x3F80_0000 + random.nextInt(40));
                };
            }
            Integer[] order = new Integer[values.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparing(i -> -Math.abs(values[i]) + 0f));
            for (int count = 0; count <= values.length; count += 1 + random.nextInt(5)) {
                boolean[] expected = new boolean[values.length];
                for (int rank = 0; rank < count; rank++) {
                    expected[order[rank]] = true;
                }
                boolean[] chosen = new boolean[values.length];
                Threshold rest = MagnitudeSelect.mark(values, MagnitudeSelect.largest(values, count), chosen);
                assertThat(chosen).as("seed %d count %d", seed, count).isEqualTo(expected);
                assertThat(rest.numTied()).isZero();
            }
        }
    }

    @Test
    void severalArraysCountAsOne() {
        Random random = new Random(SEED);
        List<float[]> arrays = new ArrayList<>();
        float[] joined = new float[600];
        for (int a = 0; a < 3; a++) {
            float[] part = new float[200];
            for (int i = 0; i < part.length; i++) {
                part[i] = random.nextInt(21) - 10;
                joined[200 * a + i] = part[i];
            }
            arrays.add(part);
        }
        Threshold threshold = MagnitudeSelect.largest(arrays, 123);
        assertThat(threshold).isEqualTo(MagnitudeSelect.largest(joined, 123));
        boolean[] expected = new boolean[600];
        MagnitudeSelect.mark(joined, threshold, expected);
        boolean[] chosen = new boolean[200];
        for (int a = 0; a < 3; a++) {
            threshold = MagnitudeSelect.mark(arrays.get(a), threshold, chosen);
            assertThat(chosen).isEqualTo(Arrays.copyOfRange(expected, 200 * a, 200 * a + 200));
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> MagnitudeSelect.largest(new float[3], 4)).hasMessage("count must be 0..3, not 4");
        assertThatThrownBy(() -> MagnitudeSelect.largest(new float[] {1, 2, 3, 4, -Float.NaN}, 2))
                .hasMessage("an array to select from holds NaN");
        assertThat(MagnitudeSelect.largest(new float[] {1, Float.NEGATIVE_INFINITY}, 1))
                .isEqualTo(new Threshold(Float.POSITIVE_INFINITY, 1));
    }
}
