package org.eiesim.compiler.compress.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.TinyProblems;
import org.eiesim.compiler.recipe.Methods;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;

class MagnitudePruneTest {
    private static final MagnitudePrune METHOD = new MagnitudePrune();

    private static Network network(long seed) {
        return TinyProblems.perceptron(seed, ActivationFunction.RELU, 0, 12, 9, 5);
    }

    private static CompressionState prune(CompressionState state, Map<String, ?> values) {
        return TinyProblems.apply(METHOD, state, values, null);
    }

    @Test
    void exactlyTheAskedNumberOfLargestWeightsStays() {
        for (long seed = 0; seed < 50; seed++) {
            Network network = network(seed);
            double density = new SplittableRandom(seed).nextDouble();

            Network pruned = prune(CompressionState.of(network), Map.of("density", density))
                    .network();

            for (String layer : new String[] {"fc1", "fc2"}) {
                float[] before = TinyProblems.weights(network, layer);
                float[] after = TinyProblems.weights(pruned, layer);
                assertThat(TinyProblems.nonzeros(after)).as("seed %d", seed).isEqualTo((int)
                        Math.round(density * before.length));
                assertSmallestKeptIsLargerThanLargestPruned(before, after);
            }
        }
    }

    private static void assertSmallestKeptIsLargerThanLargestPruned(float[] before, float[] after) {
        float smallestKept = Float.POSITIVE_INFINITY;
        float largestPruned = 0;
        for (int i = 0; i < before.length; i++) {
            if (after[i] == 0) {
                largestPruned = Math.max(largestPruned, Math.abs(before[i]));
            } else {
                assertThat(after[i]).isEqualTo(before[i]);
                smallestKept = Math.min(smallestKept, Math.abs(before[i]));
            }
        }
        assertThat(smallestKept).isGreaterThanOrEqualTo(largestPruned);
    }

    @Test
    void equalMagnitudesAreKeptFromTheFront() {
        Network network = network(1);
        ParameterKey key = new ParameterKey("fc2", ParameterKey.WEIGHT);
        float[] equal = new float[45];
        Arrays.fill(equal, -2);
        equal[3] = 2;
        Network flat = network.withParameters(Map.of(key, new Tensor(Shape.of(5, 9), equal)));

        float[] after = TinyProblems.weights(
                prune(CompressionState.of(flat), Map.of("density", 10.0 / 45)).network(), "fc2");

        assertThat(Arrays.copyOf(after, 10)).doesNotContain(0f);
        assertThat(Arrays.copyOfRange(after, 10, 45)).containsOnly(0f);
    }

    @Test
    void theThresholdIsInStandardDeviationsOfTheLayer() {
        Network network = network(4);

        Network pruned =
                prune(CompressionState.of(network), Map.of("threshold", 1.25)).network();

        float[] before = TinyProblems.weights(network, "fc1");
        double mean = 0;
        for (float weight : before) {
            mean += weight / before.length;
        }
        double variance = 0;
        for (float weight : before) {
            variance += (weight - mean) * (weight - mean) / before.length;
        }
        float[] after = TinyProblems.weights(pruned, "fc1");
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i] != 0).isEqualTo(Math.abs(before[i]) >= 1.25 * Math.sqrt(variance));
        }
        assertThat(TinyProblems.nonzeros(after)).isBetween(10, 40);
    }

    @Test
    void aGlobalDensityRanksAllLayersTogether() {
        Network network = network(4);

        Network pruned = prune(CompressionState.of(network), Map.of("global-density", 0.25))
                .network();

        float[] before = concat(network);
        float[] after = concat(pruned);
        assertThat(TinyProblems.nonzeros(after)).isEqualTo(Math.round(0.25f * before.length));
        assertSmallestKeptIsLargerThanLargestPruned(before, after);
        assertThat(TinyProblems.nonzeros(TinyProblems.weights(pruned, "fc1"))).isNotEqualTo(27); // 0.25 * 108
    }

    private static float[] concat(Network network) {
        float[] first = TinyProblems.weights(network, "fc1");
        float[] second = TinyProblems.weights(network, "fc2");
        float[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Test
    void schedulesEndAtTheFinalValueAndNeverLetWeightsBack() {
        for (String schedule : new String[] {"iterative", "polynomial"}) {
            CompressionState state = CompressionState.of(network(2));
            Map<String, Object> values = Map.of("density", 0.1, "schedule", schedule, "rounds", 4L);
            var application = TinyProblems.onAllLayers(METHOD, state.network(), values);
            assertThat(METHOD.numRounds(application)).isEqualTo(4);
            double[] expected = schedule.equals("iterative")
                    ? new double[] {0.5623, 0.3162, 0.1778, 0.1}
                    : new double[] {0.4797, 0.2125, 0.1141, 0.1};
            float[] previous = TinyProblems.weights(state.network(), "fc1");
            for (int round = 1; round <= 4; round++) {
                state = state.withParametrizations(METHOD.parametrize(state, application, round));
                float[] current = TinyProblems.weights(state.network(), "fc1");
                assertThat(TinyProblems.nonzeros(current)).isEqualTo((int) Math.round(expected[round - 1] * 108));
                for (int i = 0; i < current.length; i++) {
                    assertThat(current[i] != 0 && previous[i] == 0).isFalse();
                }
                previous = current;
            }
        }
    }

    @Test
    void masksAreKeptThroughRetraining() {
        CompressionState start = CompressionState.of(TinyProblems.trained());
        Map<String, Object> values = Map.of(
                "density", 0.2, "epochs", 3L, "optimizer", "momentum", "learning-rate", 0.1, "weight-decay", 0.01);
        float[] pruned =
                TinyProblems.weights(prune(start, Map.of("density", 0.2)).network(), "fc1");

        CompressionState retrained = TinyProblems.apply(METHOD, start, values, TinyProblems.context());
        CompressionState further =
                TinyProblems.apply(Methods.named("retrain"), retrained, Map.of("epochs", 2L), TinyProblems.context());

        for (CompressionState state : new CompressionState[] {retrained, further}) {
            float[] after = TinyProblems.weights(state.network(), "fc1");
            assertThat(after).isNotEqualTo(pruned);
            for (int i = 0; i < after.length; i++) {
                assertThat(after[i] == 0).as("weight %d", i).isEqualTo(pruned[i] == 0);
            }
        }
        assertThat(further.network()).isNotEqualTo(retrained.network());
    }

    @Test
    void aCriterionIsNeeded() {
        assertThatThrownBy(() -> prune(CompressionState.of(network(1)), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs density");
    }

    @Test
    void retrainingNeedsImages() {
        assertThatThrownBy(() -> prune(CompressionState.of(network(1)), Map.of("density", 0.5, "epochs", 1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--data");
    }

    @Test
    void randomPruningKeepsTheAskedNumberByItsSeed() {
        Network network = network(3);
        RandomPrune random = new RandomPrune();
        Map<String, Object> values = Map.of("density", 0.3);

        float[] first = TinyProblems.weights(
                TinyProblems.apply(random, CompressionState.of(network), values, null)
                        .network(),
                "fc1");
        float[] again = TinyProblems.weights(
                TinyProblems.apply(random, CompressionState.of(network), values, null)
                        .network(),
                "fc1");

        assertThat(TinyProblems.nonzeros(first)).isEqualTo(Math.round(0.3f * 108));
        assertThat(again).isEqualTo(first);
        float[] largest =
                TinyProblems.weights(prune(CompressionState.of(network), values).network(), "fc1");
        assertThat(first).isNotEqualTo(largest);
    }
}
