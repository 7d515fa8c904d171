package org.eiesim.compiler.compress.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.CompressionContext;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.CostModel;
import org.eiesim.compiler.compress.CostModels;
import org.eiesim.compiler.compress.Search;
import org.eiesim.compiler.compress.TinyProblems;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.train.ProgressListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchDensitiesTest {
    private static final SearchDensities METHOD = new SearchDensities();
    private static final Network NETWORK = TinyProblems.trained();

    /** A machine on which a weight of fc2 costs as much as ten of fc1. */
    private static final class UnevenMachine implements CostModels {
        private final List<Integer> inputsGiven = new ArrayList<>();

        @Override
        public CostModel sampled(Measure measure, float[] inputs, int numInputs) {
            inputsGiven.add(numInputs);
            return model();
        }

        @Override
        public CostModel expected(Measure measure, double liveDensity, long seed) {
            inputsGiven.add(-1);
            return model();
        }

        static CostModel model() {
            return new CostModel() {
                @Override
                public String unit() {
                    return "cycles";
                }

                @Override
                public double cost(CompressedNetwork candidate) {
                    double sum = 0;
                    for (CompressedLayer layer : candidate.layers()) {
                        sum += layer.numNonzeros() * (layer.key().layerName().equals("fc2") ? 10.0 : 1.0);
                    }
                    return sum;
                }
            };
        }
    }

    private static CompressionContext context(CostModels costs) {
        Dataset images = TinyProblems.images();
        return new CompressionContext(images, images, 1, ProgressListener.SILENT, costs);
    }

    private static Search.Choices search(Network network, CostModels costs, Map<String, Object> values) {
        return METHOD.search(
                CompressionState.of(network), TinyProblems.onAllLayers(METHOD, network, values), context(costs));
    }

    private static Candidates candidates(Network network) {
        return new Candidates(CompressionState.of(network), TinyProblems.images(), 1, UnevenMachine.model());
    }

    private static Map<ParameterKey, Integer> levels(Search.Choices choices) {
        Map<ParameterKey, Integer> levels = new LinkedHashMap<>();
        choices.values().forEach((key, values) -> {
            double density = ((Number) values.getOrDefault("density", 0.0)).doubleValue();
            levels.put(key, (int) Math.round(-4 * Math.log(density) / Math.log(2)));
        });
        return levels;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 0.4, 0.2, 0.1})
    void keepsTheBudgetAndComesCloseToTheBestOfAllCombinations(double budget) {
        Candidates candidates = candidates(NETWORK);
        ParameterKey first = new ParameterKey("fc1", ParameterKey.WEIGHT);
        ParameterKey second = new ParameterKey("fc2", ParameterKey.WEIGHT);
        double allowed = budget * candidates.cost(Map.of(first, 0, second, 0));
        double best = 0;
        for (int i = 0; i <= Candidates.MAX_LEVEL; i++) {
            for (int j = 0; j <= Candidates.MAX_LEVEL; j++) {
                Map<ParameterKey, Integer> levels = Map.of(first, i, second, j);
                if (candidates.cost(levels) <= allowed) {
                    best = Math.max(best, candidates.accuracy(levels));
                }
            }
        }

        Map<ParameterKey, Integer> found = levels(search(NETWORK, new UnevenMachine(), Map.of("budget", budget)));

        assertThat(candidates.cost(found)).isLessThanOrEqualTo(allowed);
        assertThat(candidates.accuracy(found)).isGreaterThanOrEqualTo(best - 0.05);
    }

    @Test
    void choosesTheSameForTheSameSeedAndAsksTheMachineAsTold() {
        UnevenMachine machine = new UnevenMachine();

        Search.Choices choices = search(NETWORK, machine, Map.of("budget", 0.3));
        assertThat(search(NETWORK, machine, Map.of("budget", 0.3))).isEqualTo(choices);
        assertThat(search(NETWORK, machine, Map.of("budget", 0.3, "live-density", 0.5)))
                .isEqualTo(choices);
        search(NETWORK, machine, Map.of("budget", 0.3, "cost-inputs", 3L, "cost", "energy"));

        assertThat(machine.inputsGiven).containsExactly(10, 10, -1, 3);
    }

    @Test
    void countsBytesOfTheFileWithoutAMachine() {
        Search.Choices choices = search(NETWORK, CostModels.NONE, Map.of("cost", "bytes", "budget", 0.8));
        Candidates candidates = new Candidates(CompressionState.of(NETWORK), TinyProblems.images(), 1, new FileBytes());
        Map<ParameterKey, Integer> dense = new LinkedHashMap<>();
        NETWORK.weights().keySet().forEach(key -> dense.put(key, 0));

        assertThat(candidates.cost(levels(choices))).isLessThanOrEqualTo(0.8 * candidates.cost(dense));
    }

    @Test
    void saysWhatIsMissing() {

        assertThatThrownBy(() -> search(NETWORK, CostModels.NONE, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no machine is given");
        assertThatThrownBy(() -> search(NETWORK, CostModels.NONE, Map.of("cost", "bytes", "budget", 0.01)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raise budget");
    }
}
