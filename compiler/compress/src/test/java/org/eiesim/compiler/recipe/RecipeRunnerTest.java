package org.eiesim.compiler.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.TinyProblems;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.Evaluator;
import org.junit.jupiter.api.Test;

class RecipeRunnerTest {
    private static final String DEEP_COMPRESSION = """
        seed: 5
        steps:
          - method: magnitude-prune
            parameters: {density: 0.3, epochs: 4, schedule: polynomial, rounds: 3, learning-rate: 0.005}
          - method: magnitude-prune
            layers: fc2
            parameters: {density: 0.5}
          - method: share-weights
            parameters: {entries: 16, epochs: 2, initialization: random}
        """;

    private static CompressedNetwork run(Network network, String yaml, boolean withData) throws FormatException {
        DatasetPair data = new DatasetPair(TinyProblems.images(), TinyProblems.images());
        return RecipeRunner.run(
                network, Recipe.parse(yaml, "r"), withData ? data : null, 1, "test", RecipeListener.SILENT);
    }

    private static Network perceptron() {
        return TinyProblems.perceptron(1, ActivationFunction.RELU, 0, 24, 16, 4);
    }

    @Test
    void prunesSharesAndFineTunesWithLittleLoss() throws FormatException {
        Network dense = TinyProblems.trained();

        CompressedNetwork compressed = run(dense, DEEP_COMPRESSION, true);

        assertThat(compressed.layers()).extracting(layer -> layer.key().node()).containsExactly("fc1", "fc2");
        assertThat(compressed.layers()).extracting(CompressedLayer::numNonzeros).containsExactly(115, 32);
        assertThat(compressed.layers()).allMatch(layer -> layer.codebook().length == 16);
        double before = Evaluator.accuracy(dense, TinyProblems.images(), 1);
        double after = Evaluator.accuracy(compressed.network(), TinyProblems.images(), 1);
        assertThat(after).isGreaterThan(before - 0.05);
        assertThat(compressed.provenance().source()).isEqualTo("tiny");
        assertThat(compressed.provenance().seed()).isEqualTo(5);
        assertThat(Recipe.parse(compressed.provenance().recipe(), "p").steps()).hasSize(3);
    }

    @Test
    void theSameRecipeGivesTheSameNetworkAndAnotherSeedAnother() throws FormatException {
        Network dense = perceptron();

        CompressedNetwork first = run(dense, DEEP_COMPRESSION, true);
        CompressedNetwork again = run(dense, DEEP_COMPRESSION, true);
        CompressedNetwork other = run(dense, DEEP_COMPRESSION.replace("seed: 5", "seed: 6"), true);

        assertThat(again.network()).isEqualTo(first.network());
        assertThat(other.network()).isNotEqualTo(first.network());
        for (int layer = 0; layer < 2; layer++) {
            assertThat(again.layers().get(layer).codes())
                    .isEqualTo(first.layers().get(layer).codes());
            assertThat(again.layers().get(layer).codebook())
                    .isEqualTo(first.layers().get(layer).codebook());
        }
    }

    @Test
    void entriesThatNameLayersJoinTheApplicationBeforeThem() throws FormatException {
        Recipe recipe = Recipe.parse("""
            steps:
              - {method: magnitude-prune, layers: fc1, parameters: {density: 0.5}}
              - {method: magnitude-prune, layers: fc2, parameters: {density: 0.25}}
              - {method: magnitude-prune, parameters: {density: 0.2}}
              - {method: magnitude-prune, layers: [fc2, "fc?"], parameters: {threshold: 3.0}}
              - {method: retrain, layers: fc1}
              - {method: retrain, layers: fc2}
            """, "r");

        List<List<Recipe.Step>> applications = RecipeRunner.applications(recipe);

        assertThat(applications).extracting(List::size).containsExactly(2, 2, 1, 1);
    }

    @Test
    void laterEntriesOverrideEarlierOnesForTheLayersTheyMatch() throws FormatException {
        CompressedNetwork compressed = run(perceptron(), """
            steps:
              - {method: magnitude-prune, parameters: {density: 0.5}}
              - {method: magnitude-prune, layers: "*2", parameters: {density: 0.25}}
              - {method: share-weights, layers: fc2}
            """, false);

        assertThat(TinyProblems.nonzeros(TinyProblems.weights(compressed.network(), "fc1")))
                .isEqualTo(192);
        assertThat(TinyProblems.nonzeros(TinyProblems.weights(compressed.network(), "fc2")))
                .isEqualTo(16);
        assertThat(compressed.layers()).extracting(layer -> layer.key().node()).containsExactly("fc2");
    }

    @Test
    void whatASearchChoseHoldsWhereTheRecipeGivesNoValue() throws FormatException {
        CompressedNetwork compressed = run(TinyProblems.trained(), """
            steps:
              - {method: sensitivity-scan, parameters: {budget: 0.05}}
              - {method: magnitude-prune}
              - {method: magnitude-prune, layers: fc2, parameters: {density: 1}}
            """, true);

        assertThat(TinyProblems.nonzeros(TinyProblems.weights(compressed.network(), "fc1")))
                .isLessThan(24 * 16);
        assertThat(TinyProblems.nonzeros(TinyProblems.weights(compressed.network(), "fc2")))
                .isEqualTo(16 * 4);
    }

    @Test
    void layersThatAreNotNamedAreFrozenInTraining() throws FormatException {
        Network network = perceptron();

        CompressedNetwork compressed =
                run(network, "steps: [{method: retrain, layers: fc2, parameters: {epochs: 1}}]", true);

        assertThat(TinyProblems.weights(compressed.network(), "fc1")).isEqualTo(TinyProblems.weights(network, "fc1"));
        assertThat(compressed.network().parameters().get(new ParameterKey("fc1", ParameterKey.BIAS)))
                .isEqualTo(network.parameters().get(new ParameterKey("fc1", ParameterKey.BIAS)));
        assertThat(TinyProblems.weights(compressed.network(), "fc2"))
                .isNotEqualTo(TinyProblems.weights(network, "fc2"));
    }

    @Test
    void theListenerHearsEveryApplicationAndEpoch() throws FormatException {
        List<String> heard = new ArrayList<>();
        RecipeListener listener = new RecipeListener() {
            @Override
            public void onStart(int index, int count, String method, List<String> layers) {
                heard.add(index + "/" + count + " " + method + layers);
            }

            @Override
            public void onEpoch(org.eiesim.models.train.EpochRecord epoch, int numEpochs) {
                heard.add("epoch " + epoch.epoch() + "/" + numEpochs);
            }
        };
        DatasetPair data = new DatasetPair(TinyProblems.images(), TinyProblems.images());

        RecipeRunner.run(
                perceptron(),
                Recipe.parse("steps: [{method: l1, layers: fc2}, {method: train, parameters: {epochs: 2}}]", "r"),
                data,
                1,
                "test",
                listener);

        assertThat(heard).containsExactly("0/2 l1[fc2]", "1/2 train[fc1, fc2]", "epoch 0/2", "epoch 1/2");
    }

    @Test
    void mistakesAreFoundBeforeAnythingIsTrained() {
        String unmatched = """
            steps:
              - {method: train, parameters: {epochs: 100000}}
              - {method: share-weights, layers: [fc1, fd2]}
            """;
        assertThatThrownBy(() -> run(perceptron(), unmatched, true))
                .isInstanceOf(FormatException.class)
                .hasMessage("r line 3: no layer matches \"fd2\", did you mean fc2?");
        assertThatThrownBy(() -> run(perceptron(), "steps: [{method: train}]", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("method train trains and needs a dataset with training images (--data)");
        ParameterKey key = new ParameterKey("fc2", ParameterKey.WEIGHT);
        Tensor weight = TinyProblems.gaussian(1, 1, 4, 16);
        weight.values()[3] = Float.NaN;
        assertThatThrownBy(() -> run(perceptron().withParameters(Map.of(key, weight)), "steps: []", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network tiny: parameter fc2.weight holds NaN at position 3");
    }
}
