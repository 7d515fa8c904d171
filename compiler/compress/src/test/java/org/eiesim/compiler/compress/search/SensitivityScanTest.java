package org.eiesim.compiler.compress.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressionContext;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.Search;
import org.eiesim.compiler.compress.TinyProblems;
import org.eiesim.compiler.compress.prune.MagnitudePrune;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.train.Evaluator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensitivityScanTest {
    private static final SensitivityScan METHOD = new SensitivityScan();

    @ParameterizedTest
    @ValueSource(strings = {"density", "threshold"})
    void prunesAsFarAsTheBudgetAllowsAndNoFurther(String criterion) {
        Network network = TinyProblems.trained();
        CompressionContext context = TinyProblems.context();
        double dense = Evaluator.accuracy(network, context.requireValidation("test"), 1);

        double[] nonzeros = new double[2];
        double[] budgets = {0.01, 0.3};
        for (int i = 0; i < 2; i++) {
            Map<String, Object> values = Map.of("budget", budgets[i], "criterion", criterion);
            CompressionState state = CompressionState.of(network);
            Search.Choices choices = METHOD.search(state, TinyProblems.onAllLayers(METHOD, network, values), context);
            Network pruned = prune(state, choices);
            nonzeros[i] = TinyProblems.nonzeros(TinyProblems.weights(pruned, "fc1"))
                    + TinyProblems.nonzeros(TinyProblems.weights(pruned, "fc2"));

            double accuracy = Evaluator.accuracy(pruned, context.requireValidation("test"), 1);
            assertThat(accuracy).isGreaterThanOrEqualTo(dense - budgets[i]);
            assertThat(choices.method()).isEqualTo(MagnitudePrune.NAME);
            assertThat(choices.values())
                    .hasSize(2)
                    .allSatisfy((key, chosen) -> assertThat(chosen).containsOnlyKeys(criterion));
        }
        assertThat(nonzeros[0]).isLessThan(24 * 16 + 16 * 4);
        assertThat(nonzeros[1]).isLessThan(nonzeros[0]);
    }

    private static Network prune(CompressionState state, Search.Choices choices) {
        MagnitudePrune prune = new MagnitudePrune();
        Settings defaults = Settings.defaults(prune.description().parameters());
        Map<ParameterKey, Settings> layers = new LinkedHashMap<>();
        choices.values().forEach((key, values) -> layers.put(key, defaults.with(values)));
        return state.withParametrizations(prune.parametrize(state, new Application(defaults, layers, 1), 1))
                .network();
    }

    @Test
    void needsImages() {
        assertThatThrownBy(
                        () -> TinyProblems.apply(METHOD, CompressionState.of(TinyProblems.trained()), Map.of(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sensitivity-scan measures accuracy");
    }
}
