package org.eiesim.compiler.compress.prune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.LayerParametrization;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Parametrization;
import org.eiesim.compiler.compress.Scope;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.kernels.linalg.MagnitudeSelect;
import org.eiesim.models.network.ParameterKey;

/**
 * Removes the weights of least magnitude and keeps them removed through retraining. Three ways to say how many:
 *
 * <ul>
 *   <li>{@code density}: exactly {@code round(density * weights)} of a layer stay;
 *   <li>{@code threshold}: weights with {@code |w| >= s * sigma} stay, sigma being the standard deviation of the layer's
 *       weights that are not pruned yet;
 *   <li>{@code global-density}: of all layers with the same value together, exactly that part stays.
 * </ul>
 *
 * Equal magnitudes are ranked by position, the first being kept. Pruned weights never come back.
 *
 * <p>Source: Learning both Weights and Connections; Deep Compression section 2.
 */
public final class MagnitudePrune implements Parametrization {
    /** The method's name in recipes. */
    public static final String NAME = "magnitude-prune";

    /** The part that stays. */
    public static final Parameter<Double> DENSITY = new Parameter<>(
                    "density",
                    new NumberDomain.Decimals(0, 1),
                    null,
                    "",
                    Scope.LAYER,
                    "The part of each layer's weights that stays.")
            .insteadOf("threshold", "global-density");

    /** The threshold s. */
    public static final Parameter<Double> THRESHOLD = new Parameter<>(
                    "threshold",
                    new NumberDomain.Decimals(0, Double.MAX_VALUE),
                    null,
                    "",
                    Scope.LAYER,
                    "s: weights under s standard deviations of the layer's weights go.")
            .insteadOf("density", "global-density");

    private static final Parameter<Double> GLOBAL_DENSITY = new Parameter<>(
                    "global-density",
                    new NumberDomain.Decimals(0, 1),
                    null,
                    "",
                    Scope.LAYER,
                    "The part that stays of all layers with the same value together.")
            .insteadOf("density", "threshold");

    private static final Description DESCRIPTION = new Description(
            NAME,
            MethodKind.PARAMETRIZATION,
            "Removes the weights of least magnitude and keeps them removed through retraining.",
            "Learning both Weights and Connections; Deep Compression 2",
            PruningSchedule.parameters(List.of(DENSITY, THRESHOLD, GLOBAL_DENSITY)));

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public int numRounds(Application application) {
        return PruningSchedule.numRounds(application);
    }

    @Override
    public int numEpochs(Application application, int round) {
        return PruningSchedule.numEpochs(application, round);
    }

    @Override
    public Map<ParameterKey, LayerParametrization> parametrize(
            CompressionState state, Application application, int round) {
        Map<ParameterKey, LayerParametrization> masks = new LinkedHashMap<>();
        Map<Double, List<ParameterKey>> pools = new TreeMap<>();
        application.layers().forEach((key, settings) -> {
            if (settings.has(GLOBAL_DENSITY)) {
                pools.computeIfAbsent(settings.get(GLOBAL_DENSITY), density -> new ArrayList<>())
                        .add(key);
            } else if (settings.has(THRESHOLD)) {
                double threshold = PruningSchedule.threshold(application, round, settings.get(THRESHOLD));
                masks.put(key, keepAbove(state, key, threshold));
            } else {
                double density = PruningSchedule.density(application, round, settings.get(DENSITY));
                masks.putAll(keepLargest(state, List.of(key), density));
            }
        });
        pools.forEach((density, keys) ->
                masks.putAll(keepLargest(state, keys, PruningSchedule.density(application, round, density))));
        return masks;
    }

    private static MaskedWeights keepAbove(CompressionState state, ParameterKey key, double threshold) {
        float[] weights = state.weight(key).values();
        boolean[] kept = Survivors.of(state, key);
        double magnitude = threshold * standardDeviation(weights, kept);
        for (int i = 0; i < weights.length; i++) {
            kept[i] &= Math.abs(weights[i]) >= magnitude;
        }
        return new MaskedWeights(key, state.weight(key).shape(), kept);
    }

    /** Keeps the {@code round(density * weights)} largest of all layers together, as far as they are not pruned yet. */
    private static Map<ParameterKey, MaskedWeights> keepLargest(
            CompressionState state, List<ParameterKey> keys, double density) {
        List<float[]> ranked = new ArrayList<>();
        long total = 0;
        for (ParameterKey key : keys) {
            float[] survivors = new MaskedWeights(key, state.weight(key).shape(), Survivors.of(state, key))
                    .effective(state.weight(key))
                    .values();
            ranked.add(survivors);
            total += survivors.length;
        }
        MagnitudeSelect.Threshold threshold = MagnitudeSelect.largest(ranked, Math.round(density * total));
        Map<ParameterKey, MaskedWeights> masks = new LinkedHashMap<>();
        for (int layer = 0; layer < keys.size(); layer++) {
            ParameterKey key = keys.get(layer);
            boolean[] kept = new boolean[ranked.get(layer).length];
            threshold = MagnitudeSelect.mark(ranked.get(layer), threshold, kept);
            boolean[] survivors = Survivors.of(state, key);
            for (int i = 0; i < kept.length; i++) {
                kept[i] &= survivors[i];
            }
            masks.put(key, new MaskedWeights(key, state.weight(key).shape(), kept));
        }
        return masks;
    }

    /** {@code sigma = sqrt(mean (w - mean w)^2)} over the survivors, 0 where there are none. */
    private static double standardDeviation(float[] weights, boolean[] survivors) {
        int count = 0;
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (survivors[i]) {
                count++;
                sum += weights[i];
            }
        }
        if (count == 0) {
            return 0;
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            if (survivors[i]) {
                squares += (weights[i] - mean) * (weights[i] - mean);
            }
        }
        return Math.sqrt(squares / count);
    }
}
