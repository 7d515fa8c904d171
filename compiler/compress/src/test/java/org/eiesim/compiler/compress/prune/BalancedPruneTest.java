package org.eiesim.compiler.compress.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.TinyProblems;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.junit.jupiter.api.Test;

class BalancedPruneTest {
    private static final Network NETWORK = TinyProblems.perceptron(3, ActivationFunction.RELU, 0, 40, 12, 4);

    @Test
    void everyRowKeepsItsLargestWeightsAndAsManyAsTheOthers() {
        CompressionState state =
                TinyProblems.apply(new BalancedPrune(), CompressionState.of(NETWORK), Map.of("density", 0.2), null);

        float[] before = TinyProblems.weights(NETWORK, "fc1");
        float[] after = TinyProblems.weights(state.network(), "fc1");
        for (int row = 0; row < 12; row++) {
            int numKept = 0;
            double leastKept = Double.MAX_VALUE;
            double mostRemoved = 0;
            for (int i = row * 40; i < (row + 1) * 40; i++) {
                if (after[i] == 0) {
                    mostRemoved = Math.max(mostRemoved, Math.abs(before[i]));
                } else {
                    assertThat(after[i]).isEqualTo(before[i]);
                    leastKept = Math.min(leastKept, Math.abs(before[i]));
                    numKept++;
                }
            }
            assertThat(numKept).isEqualTo(8);
            assertThat(leastKept).isGreaterThanOrEqualTo(mostRemoved);
        }
    }

    @Test
    void whatIsPrunedStaysPruned() {
        CompressionState random =
                TinyProblems.apply(new RandomPrune(), CompressionState.of(NETWORK), Map.of("density", 0.5), null);

        CompressionState both = TinyProblems.apply(new BalancedPrune(), random, Map.of("density", 0.4), null);

        float[] first = TinyProblems.weights(random.network(), "fc1");
        float[] second = TinyProblems.weights(both.network(), "fc1");
        assertThat(TinyProblems.nonzeros(second)).isBetween(12 * 8, 12 * 16);
        for (int i = 0; i < first.length; i++) {
            assertThat(first[i] == 0 && second[i] != 0).isFalse();
        }
    }
}
