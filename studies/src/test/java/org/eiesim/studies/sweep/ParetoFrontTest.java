package org.eiesim.studies.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFrontTest {
    /** Few different values make many ties, many values few. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20, 1_000_000})
    void equalsBruteForce(int numValues) {
        SplittableRandom random = new SplittableRandom(numValues);
        for (int round = 0; round < 300; round++) {
            int size = random.nextInt(60);
            double[] first = draw(random, size, numValues);
            double[] second = draw(random, size, numValues);
            double[] third = draw(random, size, numValues);

            assertThat(ParetoFront.of(first, second, third))
                    .as("%d values, round %d", numValues, round)
                    .isEqualTo(bruteForce(first, second, third));
        }
    }

    private static double[] draw(SplittableRandom random, int size, int numValues) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            int value = random.nextInt(numValues + 1);
            values[i] = value == numValues ? Double.POSITIVE_INFINITY : value;
        }
        return values;
    }

    private static boolean[] bruteForce(double[] first, double[] second, double[] third) {
        boolean[] front = new boolean[first.length];
        for (int i = 0; i < front.length; i++) {
            front[i] = true;
            for (int j = 0; j < front.length; j++) {
                boolean noWorse = first[j] <= first[i] && second[j] <= second[i] && third[j] <= third[i];
                boolean better = first[j] < first[i] || second[j] < second[i] || third[j] < third[i];
                front[i] &= !(noWorse && better);
            }
        }
        return front;
    }
}
