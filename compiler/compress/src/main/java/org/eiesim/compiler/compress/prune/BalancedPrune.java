package org.eiesim.compiler.compress.prune;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.eiesim.models.network.Tensor;

/**
 * Keeps the weights of greatest magnitude of every row (output), the same number in each, so that processing elements,
 * which own whole rows, have the same work: {@code round(density * columns)} of a row stay.
 *
 * <p>Source: ESE 3.1 (load-balance-aware pruning). Differs from the paper: it balances the sub-matrices of a number of
 * processing elements that has to be known; balanced rows are balanced for every number of them.
 */
public final class BalancedPrune implements Parametrization {
    private static final Parameter<Double> DENSITY = new Parameter<>(
            "density",
            new NumberDomain.Decimals(0, 1),
            null,
            "",
            Scope.LAYER,
            "The part of each row's weights that stays.");

    private static final Description DESCRIPTION = new Description(
            "balanced-prune",
            MethodKind.PARAMETRIZATION,
            "Removes the weights of least magnitude, as many from every row, so that no processing element gets more"
                    + " work than another.",
            "ESE 3.1",
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
            double density = PruningSchedule.density(application, round, settings.get(DENSITY));
            Tensor weights = state.weight(key);
            boolean[] kept = Survivors.of(state, key);
            keepLargestOfRows(weights, density, kept);
            masks.put(key, new MaskedWeights(key, weights.shape(), kept));
        });
        return masks;
    }

    /** Clears the flags of all but the largest weights of each row; what is pruned already counts as zero. */
    private static void keepLargestOfRows(Tensor weights, double density, boolean[] kept) {
        int numRows = weights.shape().extent(0);
        int numColumns = kept.length / numRows;
        int numKept = (int) Math.round(density * numColumns);
        for (int start = 0; start < kept.length; start += numColumns) {
            float[] row = Arrays.copyOfRange(weights.values(), start, start + numColumns);
            for (int column = 0; column < numColumns; column++) {
                row[column] = kept[start + column] ? row[column] : 0;
            }
            boolean[] largest = new boolean[numColumns];
            MagnitudeSelect.mark(row, MagnitudeSelect.largest(row, numKept), largest);
            for (int column = 0; column < numColumns; column++) {
                kept[start + column] &= largest[column];
            }
        }
    }
}
