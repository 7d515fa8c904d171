package org.eiesim.compiler.compress.search;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.CostModel;
import org.eiesim.compiler.compress.Parametrization;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.compress.prune.MagnitudePrune;
import org.eiesim.compiler.compress.quantize.ShareWeights;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.Evaluator;

/**
 * A network pruned to levels, one per layer, with accuracy and cost of each combination. Level l is the density {@code
 * 2^(-l/4)} of magnitude pruning. Every layer is pruned and shared once per level, every combination measured once.
 */
final class Candidates {
    /** Density 2^-8, one weight in 256. */
    static final int MAX_LEVEL = 32;

    private static final MagnitudePrune PRUNE = new MagnitudePrune();
    private static final ShareWeights SHARE = new ShareWeights();
    private static final Provenance PROVENANCE = new Provenance("candidate", "", 0, "");

    private final CompressionState start;
    private final Dataset images;
    private final int threads;
    private final CostModel model;
    private final Map<Choice, Layer> layers = new HashMap<>();
    private final Map<Map<ParameterKey, Integer>, Double> costs = new HashMap<>();
    private final Map<Map<ParameterKey, Integer>, Double> accuracies = new HashMap<>();

    /** A layer at a level. */
    private record Choice(ParameterKey key, int level) {}

    /** What becomes of it: its weights, and the codes of a codebook of 16. */
    private record Layer(Tensor weights, CompressedLayer shared) {}

    Candidates(CompressionState start, Dataset images, int threads, CostModel model) {
        this.start = start;
        this.images = images;
        this.threads = threads;
        this.model = model;
    }

    static double density(int level) {
        return StrictMath.pow(2, -level / 4.0);
    }

    String unit() {
        return model.unit();
    }

    /** Returns the share of images recognised with the float32 weights that are left. */
    double accuracy(Map<ParameterKey, Integer> levels) {
        Double known = accuracies.get(levels);
        if (known == null) {
            Map<ParameterKey, Tensor> weights = new LinkedHashMap<>();
            levels.forEach((key, level) -> weights.put(key, layer(key, level).weights()));
            known = Evaluator.accuracy(start.network().withParameters(weights), images, threads);
            accuracies.put(Map.copyOf(levels), known);
        }
        return known;
    }

    /** Returns what the network costs with 16 shared weights a layer. */
    double cost(Map<ParameterKey, Integer> levels) {
        Double known = costs.get(levels);
        if (known == null) {
            List<CompressedLayer> shared = levels.entrySet().stream()
                    .map(level -> layer(level.getKey(), level.getValue()).shared())
                    .toList();
            known = model.cost(new CompressedNetwork(start.network(), shared, PROVENANCE));
            costs.put(Map.copyOf(levels), known);
        }
        return known;
    }

    private Layer layer(ParameterKey key, int level) {
        return layers.computeIfAbsent(new Choice(key, level), choice -> {
            CompressionState pruned = start.withParametrizations(PRUNE.parametrize(
                    start, application(PRUNE, key, Map.of(MagnitudePrune.DENSITY.key(), density(level))), 1));
            CompressionState shared =
                    pruned.withParametrizations(SHARE.parametrize(pruned, application(SHARE, key, Map.of()), 1));
            CompressedLayer codes = shared.compressedLayers().stream()
                    .filter(layer -> layer.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            return new Layer(pruned.weight(key), codes);
        });
    }

    private static Application application(Parametrization method, ParameterKey key, Map<String, Object> values) {
        Settings defaults = Settings.defaults(method.description().parameters());
        return new Application(defaults, Map.of(key, defaults.with(values)), 0);
    }
}
