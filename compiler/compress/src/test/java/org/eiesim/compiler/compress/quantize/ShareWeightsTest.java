package org.eiesim.compiler.compress.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressionContext;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.TinyProblems;
import org.eiesim.compiler.compress.prune.MagnitudePrune;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.LearningRateSchedule;
import org.eiesim.models.train.Optimizer;
import org.eiesim.models.train.ProgressListener;
import org.eiesim.models.train.Trainer;
import org.eiesim.models.train.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareWeightsTest {
    private static final ShareWeights METHOD = new ShareWeights();
    private static final ParameterKey FC1 = new ParameterKey("fc1", ParameterKey.WEIGHT);

    private static CompressionState share(Network network, Map<String, ?> values) {
        return TinyProblems.apply(METHOD, CompressionState.of(network), values, null);
    }

    private static CompressedLayer first(CompressionState state) {
        return state.compressedLayers().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "density", "random", "optimal"})
    void zerosStayZerosAndEveryWeightGetsTheNearestEntry(String initialization) {
        Network network = TinyProblems.perceptron(5, ActivationFunction.RELU, 0, 40, 30, 6);
        CompressionState pruned =
                TinyProblems.apply(new MagnitudePrune(), CompressionState.of(network), Map.of("density", 0.3), null);

        CompressionState state =
                TinyProblems.apply(METHOD, pruned, Map.of("entries", 16L, "initialization", initialization), null);

        assertThat(state.compressedLayers()).hasSize(2);
        for (CompressedLayer layer : state.compressedLayers()) {
            float[] before = TinyProblems.weights(pruned.network(), layer.key().node());
            float[] after = TinyProblems.weights(state.network(), layer.key().node());
            assertThat(layer.codebook()).hasSize(16);
            assertThat(layer.codebook()[0]).isZero();
            assertThat(layer.numNonzeros()).isEqualTo(TinyProblems.nonzeros(before));
            for (int i = 0; i < before.length; i++) {
                assertThat(layer.codes()[i] == 0).isEqualTo(before[i] == 0);
                if (before[i] != 0) {
                    assertThat(Math.abs(after[i] - before[i])).isEqualTo(nearestDistance(before[i], layer.codebook()));
                }
            }
        }
    }

    private static float nearestDistance(float value, float[] codebook) {
        float nearest = Float.POSITIVE_INFINITY;
        for (int entry = 1; entry < codebook.length; entry++) {
            nearest = Math.min(nearest, Math.abs(codebook[entry] - value));
        }
        return nearest;
    }

    @Test
    void fewDifferentWeightsGiveASmallerCodebookAndNoLoss() {
        float[] values = {0, 1, 1, 2, 0, -3, 2, 1};

        CompressedLayer layer = first(share(oneLayer(values), Map.of("entries", 16L)));

        assertThat(layer.codebook()).containsExactly(0, -3, 1, 2);
        assertThat(layer.decode().values()).isEqualTo(values);
    }

    @Test
    void aLayerOfZerosIsShared() {
        CompressedLayer layer = first(share(oneLayer(new float[8]), Map.of()));

        assertThat(layer.codes()).containsOnly(0);
        assertThat(layer.decode().values()).containsOnly(0f);
    }

    @Test
    void aFullCodebookHas256EntriesAndUnsignedCodes() {
        float[] values = new float[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }

        CompressedLayer layer = first(share(oneLayer(values), Map.of("entries", 256L)));

        assertThat(layer.codebook()).hasSize(256);
        assertThat(layer.codes()[999]).isEqualTo((byte) 255);
        float[] decoded = layer.decode().values();
        for (int i = 0; i < values.length; i++) {
            assertThat(Math.abs(decoded[i] - values[i])).isLessThanOrEqualTo(4);
        }
    }

    /** The gradient of an entry is the sum, not the mean, of what its members' gradients would be. */
    @Test
    void fineTuningMovesAnEntryByTheSummedGradientsOfItsMembers() {
        Dataset images = TinyProblems.stripes(40, 6, 3, 80, 5);
        CompressionContext context = new CompressionContext(images, images, 1, ProgressListener.SILENT);
        Network network = TinyProblems.perceptron(3, ActivationFunction.RELU, 0, 6, 3);
        CompressionState shared = share(network, Map.of("entries", 4L));
        CompressedLayer before = first(shared);
        Map<String, Object> oneUpdate = Map.of(
                "entries",
                4L,
                "epochs",
                1L,
                "batch-size",
                40L,
                "optimizer",
                "sgd",
                "learning-rate",
                0.01,
                "learning-rate-schedule",
                "constant");

        CompressedLayer after = first(TinyProblems.apply(METHOD, CompressionState.of(network), oneUpdate, context));

        float[] plain = TinyProblems.weights(trainedAsIs(shared.network(), images), "fc1");
        float[] start = TinyProblems.weights(shared.network(), "fc1");
        Map<Byte, Double> moves = new LinkedHashMap<>();
        for (int i = 0; i < start.length; i++) {
            moves.merge(before.codes()[i], (double) plain[i] - start[i], Double::sum);
        }
        assertThat(after.codes()).isEqualTo(before.codes());
        assertThat(after.codebook()[0]).isZero();
        moves.forEach((code, move) ->
                assertThat((double) after.codebook()[code]).isCloseTo(before.codebook()[code] + move, within(1e-6)));
        assertThat(after.codebook()).isNotEqualTo(before.codebook());
    }

    private static Network trainedAsIs(Network network, Dataset images) {
        TrainingOptions oneUpdate =
                new TrainingOptions(1, 40, new Optimizer.Sgd(), 0.01, new LearningRateSchedule.Constant(), 0, 0, 1);
        return Trainer.train(network, images, null, oneUpdate, List.of(), List.of(), ProgressListener.SILENT)
                .network();
    }

    private static Network oneLayer(float[] weights) {
        Network network = TinyProblems.perceptron(3, ActivationFunction.RELU, 0, weights.length / 2, 2);
        return network.withParameters(
                Map.of(FC1, new Tensor(Shape.of(2, weights.length / 2), Arrays.copyOf(weights, weights.length))));
    }
}
