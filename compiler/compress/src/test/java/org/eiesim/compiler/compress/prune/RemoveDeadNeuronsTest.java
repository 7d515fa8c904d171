package org.eiesim.compiler.compress.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eiesim.compiler.compress.CompressionState;
import org.eiesim.compiler.compress.TinyProblems;
import org.eiesim.compiler.compress.quantize.ShareWeights;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemoveDeadNeuronsTest {
    private static final RemoveDeadNeurons METHOD = new RemoveDeadNeurons();

    private static CompressionState remove(CompressionState state) {
        return TinyProblems.apply(METHOD, state, Map.of(), null);
    }

    private static Shape shape(Network network, String layer) {
        return Objects.requireNonNull(network.parameters().get(new ParameterKey(layer, ParameterKey.WEIGHT)))
                .shape();
    }

    @ParameterizedTest
    // Biases are drawn on both sides of zero, where these are not defined everywhere.
    @EnumSource(
            value = ActivationFunction.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LOG", "SQRT", "ACOS", "ASIN", "ACOSH", "ATANH"})
    void theFunctionStaysTheSame(ActivationFunction function) {
        int removed = 0;
        for (long seed = 0; seed < 20; seed++) {
            Network network = TinyProblems.perceptron(seed, function, 0.5, 10, 20, 15, 4);
            CompressionState pruned = TinyProblems.apply(
                    new MagnitudePrune(), CompressionState.of(network), Map.of("density", 0.08), null);

            Network smaller = remove(pruned).network();

            removed += 20 - shape(smaller, "fc1").extent(0);
            float[] input = TinyProblems.gaussian(seed + 100, 1, 10).values();
            float[] expected = new ReferenceExecutor(pruned.network()).run(input);
            float[] actual = new ReferenceExecutor(smaller).run(input);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).as("seed %d", seed).isCloseTo(expected[i], within(1e-5f));
            }
            assertNoDeadNeurons(smaller);
        }
        assertThat(removed).isGreaterThan(100);
    }

    private static void assertNoDeadNeurons(Network network) {
        for (String layer : new String[] {"fc1", "fc2"}) {
            Shape shape = shape(network, layer);
            float[] weights = TinyProblems.weights(network, layer);
            for (int row = 0; row < shape.extent(0) && shape.extent(0) > 1; row++) {
                float sum = 0;
                for (int column = 0; column < shape.extent(1); column++) {
                    sum += Math.abs(weights[row * shape.extent(1) + column]);
                }
                assertThat(sum).isPositive();
            }
        }
    }

    @Test
    void masksAndCodebooksShrinkWithTheirLayers() {
        Network network = TinyProblems.perceptron(7, ActivationFunction.RELU, 0, 10, 20, 4);
        CompressionState pruned =
                TinyProblems.apply(new MagnitudePrune(), CompressionState.of(network), Map.of("density", 0.1), null);
        CompressionState shared = TinyProblems.apply(new ShareWeights(), pruned, Map.of("entries", 8L), null);

        for (CompressionState state : List.of(pruned, shared)) {
            CompressionState smaller = remove(state);

            smaller.parametrizations().forEach((key, parametrization) -> {
                Tensor weights = smaller.weight(key);
                assertThat(parametrization.effective(weights)).isEqualTo(weights);
            });
            assertThat(shape(smaller.network(), "fc1").extent(0)).isLessThan(20);
        }
        assertThat(remove(shared).compressedLayers().get(0).shape())
                .isEqualTo(shape(remove(shared).network(), "fc1"));
    }

    @Test
    void aLayerWithoutABiasGetsOneWhereAConstantHasToGo() {
        Network network = TinyProblems.perceptron(7, ActivationFunction.SIGMOID, 0, 3, 2, 1);
        Node.Dense fc1 = (Node.Dense) network.nodes().get(0);
        float[] half = {0, 0, 0, 1, 2, 3};
        List<Node> nodes = List.of(
                new Node.Dense("fc1", "image", new Tensor(Shape.of(2, 3), half), fc1.bias()),
                network.nodes().get(1),
                network.nodes().get(2),
                new Node.Dense("fc2", "drop1", new Tensor(Shape.of(1, 2), new float[] {5, 7}), null));
        Network unbiased = new Network("unbiased", network.inputs(), nodes, network.outputs());

        Network smaller = remove(CompressionState.of(unbiased)).network();

        float[] bias = Objects.requireNonNull(smaller.parameters().get(new ParameterKey("fc2", ParameterKey.BIAS)))
                .values();
        float[] before = Objects.requireNonNull(fc1.bias()).values();
        assertThat(bias[0]).isCloseTo((float) (5 / (1 + Math.exp(-before[0]))), within(1e-6f));
    }

    @Test
    void otherGraphsAreLeftAlone() {
        Network chain = TinyProblems.perceptron(7, ActivationFunction.RELU, 0, 4, 4, 4);
        float[] dead = new float[16];
        ParameterKey key = new ParameterKey("fc1", ParameterKey.WEIGHT);
        Network zeroed = chain.withParameters(Map.of(key, new Tensor(Shape.of(4, 4), dead)));
        List<Node> nodes = new ArrayList<>(zeroed.nodes());
        nodes.add(new Node.Arithmetic("sum", ArithmeticOperator.ADD, "fc2", "act1"));
        Network residual = new Network("residual", zeroed.inputs(), nodes, List.of("sum"));

        assertThat(remove(CompressionState.of(residual)).network()).isEqualTo(residual);
        assertThat(shape(remove(CompressionState.of(zeroed)).network(), "fc1").extent(0))
                .isEqualTo(1);
    }
}
