package org.eiesim.compiler.compress.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressionContext;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.LayerParametrization;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Scope;
import org.eiesim.compiler.compress.Search;
import org.eiesim.compiler.compress.prune.MagnitudePrune;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.parameter.WordDomain;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.train.Evaluator;

/**
 * Chooses how much {@link MagnitudePrune} takes from each layer. Each layer alone is pruned more and more, without
 * retraining, until accuracy on the validation images has fallen by more than the budget; the last level before that is
 * the layer's. Then, while the fall of all layers together is over the budget, the layer whose easing by one level helps
 * most is eased (ties to the first). Levels are densities {@code 2^(-l/4)} or thresholds of {@code l/8} standard
 * deviations.
 *
 * <p>Source: Learning both Weights and Connections 5 (sensitivity scan, figure 6). Differs from the paper: it prints no
 * rule for the choice; the joint budget is this project's.
 */
public final class SensitivityScan implements Search {
    private static final Parameter<Double> BUDGET = new Parameter<>(
            "budget",
            new NumberDomain.Decimals(0, 1),
            0.01,
            "",
            Scope.STEP,
            "The greatest fall of validation accuracy, 0 to 1.");
    private static final Parameter<String> CRITERION = new Parameter<>(
            "criterion",
            WordDomain.Words.of(MagnitudePrune.DENSITY.key(), MagnitudePrune.THRESHOLD.key()),
            MagnitudePrune.DENSITY.key(),
            "",
            Scope.STEP,
            "The parameter it chooses.");
    private static final Parameter<Integer> IMAGES = new Parameter<>(
            "images",
            new NumberDomain.Integers(1, Integer.MAX_VALUE),
            1000,
            "",
            Scope.STEP,
            "The greatest number of validation images to look at.");
    private static final int NUM_LEVELS = 32;

    private static final Description DESCRIPTION = new Description(
            "sensitivity-scan",
            MethodKind.SEARCH,
            "Chooses each layer's density or threshold for magnitude-prune so that accuracy falls by no more than the"
                    + " budget without retraining.",
            "Learning both Weights and Connections 5",
            List.of(BUDGET, CRITERION, IMAGES));

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Choices search(CompressionState state, Application application, CompressionContext context) {
        Settings settings = application.settings();
        Dataset all = context.requireValidation(DESCRIPTION.name());
        Dataset images = all.range(0, Math.min(all.size(), settings.get(IMAGES)));
        Scan scan = new Scan(state, settings.get(CRITERION), images, context.threads(), application.seed());
        double least = scan.accuracy(Map.of()) - settings.get(BUDGET);
        Map<ParameterKey, Integer> levels = new LinkedHashMap<>();
        for (ParameterKey key : application.keys()) {
            int level = 0;
            while (level < NUM_LEVELS && scan.accuracy(Map.of(key, level + 1)) >= least) {
                level++;
            }
            levels.put(key, level);
        }
        while (scan.accuracy(levels) < least) {
            ease(levels, scan);
        }
        Map<ParameterKey, Map<String, Object>> values = new LinkedHashMap<>();
        levels.forEach((key, level) -> values.put(key, scan.values(level)));
        return new Choices(MagnitudePrune.NAME, values);
    }

    /** Eases the layer that helps most by one level. */
    private static void ease(Map<ParameterKey, Integer> levels, Scan scan) {
        ParameterKey best = null;
        double bestAccuracy = -1;
        for (Map.Entry<ParameterKey, Integer> level : levels.entrySet()) {
            if (level.getValue() > 0) {
                Map<ParameterKey, Integer> eased = new LinkedHashMap<>(levels);
                eased.put(level.getKey(), level.getValue() - 1);
                double accuracy = scan.accuracy(eased);
                if (accuracy > bestAccuracy) {
                    best = level.getKey();
                    bestAccuracy = accuracy;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("no layer is pruned, yet accuracy has fallen");
        }
        levels.merge(best, -1, Integer::sum);
    }

    private record Scan(CompressionState state, String criterion, Dataset images, int threads, long seed) {
        private static final MagnitudePrune PRUNE = new MagnitudePrune();

        /** Measures the network with some layers pruned to a level. Level 0 leaves a layer as it is. */
        double accuracy(Map<ParameterKey, Integer> levels) {
            Settings defaults = Settings.defaults(PRUNE.description().parameters());
            Map<ParameterKey, Settings> layers = new LinkedHashMap<>();
            levels.forEach((key, level) -> layers.put(key, defaults.with(values(level))));
            Map<ParameterKey, LayerParametrization> masks =
                    PRUNE.parametrize(state, new Application(defaults, layers, seed), 1);
            return Evaluator.accuracy(state.withParametrizations(masks).network(), images, threads);
        }

        Map<String, Object> values(int level) {
            double value =
                    criterion.equals(MagnitudePrune.DENSITY.key()) ? StrictMath.pow(2, -level / 4.0) : level / 8.0;
            return Map.of(criterion, value);
        }
    }
}
