package org.eiesim.compiler.compress.quantize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Application;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.LayerParametrization;
import org.eiesim.compiler.compress.MethodKind;
import org.eiesim.compiler.compress.Parametrization;
import org.eiesim.compiler.compress.RetrainParameters;
import org.eiesim.compiler.compress.Scope;
import org.eiesim.compiler.parameter.Domain;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.kernels.cluster.Initialization;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.Seeds;

/**
 * Gives each layer a codebook: entry 0 is exactly zero and stands for pruned weights, the others are the centroids of
 * k-means over the non-zero weights, ascending. Zeros stay zeros. A layer with fewer different non-zero weights than
 * entries gets a smaller codebook. Fine-tuning ({@code epochs}) trains the centroids by the summed gradients of their
 * members.
 *
 * <p>Source: Deep Compression section 3.
 */
public final class ShareWeights implements Parametrization {
    /** The method's name in recipes. */
    public static final String NAME = "share-weights";

    private static final Parameter<Integer> ENTRIES = new Parameter<>(
            "entries",
            new NumberDomain.Integers(2, 256),
            16,
            "",
            Scope.LAYER,
            "Entries of the codebook, entry 0 = 0 included.");
    private static final Parameter<Initialization> INITIALIZATION = new Parameter<>(
            "initialization",
            new Domain.Choices<>(Initialization.class),
            Initialization.LINEAR,
            "",
            Scope.LAYER,
            "Where k-means starts: equal steps in value, equal steps in rank, random weights; or the exact optimum.");

    private static final Description DESCRIPTION = new Description(
            NAME,
            MethodKind.PARAMETRIZATION,
            "Shares a codebook between the non-zero weights of each" + " layer; zeros stay zeros.",
            "Deep Compression 3",
            parameters());

    private static List<Parameter<?>> parameters() {
        List<Parameter<?>> all = new ArrayList<>(List.of(ENTRIES, INITIALIZATION));
        all.addAll(RetrainParameters.afterCompression());
        return all;
    }

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Map<ParameterKey, LayerParametrization> parametrize(
            CompressionState state, Application application, int round) {
        Map<ParameterKey, LayerParametrization> shared = new LinkedHashMap<>();
        application.layers().forEach((key, settings) -> {
            long seed = Seeds.derive(application.seed(), shared.size());
            shared.put(key, new SharedWeights(share(key, state.weight(key), settings, seed)));
        });
        return shared;
    }

    private static CompressedLayer share(ParameterKey key, Tensor weights, Settings settings, long seed) {
        SharedValues shared =
                SharedValues.of(weights.values(), settings.get(ENTRIES), settings.get(INITIALIZATION), seed);
        return new CompressedLayer(key, weights.shape(), shared.codebook(), shared.codes());
    }
}
