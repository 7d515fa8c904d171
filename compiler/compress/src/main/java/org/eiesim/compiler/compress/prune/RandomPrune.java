package org.eiesim.compiler.compress.prune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.LayerParametrization;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Parametrization;
import org.eiesim.compiler.compress.Scope;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.train.Seeds;

/**
 * Removes weights at random: the baseline any pruning criterion has to beat. Exactly {@code round(density * weights)} of
 * a layer stay, chosen among those not pruned yet.
 */
public final class RandomPrune implements Parametrization {
    private static final Parameter<Double> DENSITY = new Parameter<>(
            "density",
            new NumberDomain.Decimals(0, 1),
            null,
            "",
            Scope.LAYER,
            "The part of each layer's weights that stays.");

    private static final Description DESCRIPTION = new Description(
            "random-prune",
            MethodKind.PARAMETRIZATION,
            "Removes weights at random, the baseline for other criteria.",
            "",
            PruningSchedule.parameters(List.of(DENSITY)));

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
        application.layers().forEach((key, settings) -> {
            boolean[] survivors = Survivors.of(state, key);
            double density = PruningSchedule.density(application, round, settings.get(DENSITY));
            long seed = Seeds.derive(Seeds.derive(application.seed(), round), masks.size());
            keepRandom(survivors, (int) Math.round(density * survivors.length), new SplittableRandom(seed));
            masks.put(key, new MaskedWeights(key, state.weight(key).shape(), survivors));
        });
        return masks;
    }

    /** Leaves as many flags set as asked for, each set of that size being equally likely. */
    private static void keepRandom(boolean[] survivors, int count, SplittableRandom random) {
        int remaining = 0;
        for (boolean survivor : survivors) {
            remaining += survivor ? 1 : 0;
        }
        int wanted = Math.min(count, remaining);
        for (int i = 0; i < survivors.length; i++) {
            if (survivors[i]) {
                boolean kept = random.nextInt(remaining) < wanted;
                survivors[i] = kept;
                wanted -= kept ? 1 : 0;
                remaining--;
            }
        }
    }
}
