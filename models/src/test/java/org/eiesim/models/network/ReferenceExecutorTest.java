package org.eiesim.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReferenceExecutorTest {
    @Test
    void smallNetworkByHand() {
        Network network = new Network(
                "hand",
                List.of(new Network.Input("x", Shape.of(1, 2, 2))),
                List.of(
                        new Node.Flatten("flat", "x"),
                        new Node.Dense(
                                "fc1",
                                "flat",
                                tensor(new float[] {1, 2, 3, 4, -1, 0, 0, 1}, 2, 4),
                                tensor(new float[] {0.5f, -4}, 2)),
                        new Node.Activation("relu", "fc1", ActivationFunction.RELU),
                        new Node.Add("sum", "relu", "fc1"),
                        new Node.Dropout("drop", "sum", 0.5),
                        new Node.Softmax("prob", "drop"),
                        new Node.Reshape("column", "prob", Shape.of(2, 1))),
                List.of("column"));

        Map<String, float[]> values = new ReferenceExecutor(network).runAll(Map.of("x", new float[] {1, 1, 1, 2}));

        assertThat(values.get("flat")).containsExactly(1, 1, 1, 2);
        assertThat(values.get("fc1")).containsExactly(14.5f, -3);
        assertThat(values.get("relu")).containsExactly(14.5f, 0);
        assertThat(values.get("sum")).containsExactly(29, -3);
        assertThat(values.get("drop")).containsExactly(29, -3);
        assertThat(values.getOrDefault("prob", new float[2])[1])
                .isCloseTo((float) (1 / (1 + Math.exp(32))), within(1e-20f));
        assertThat(values.get("column")).isEqualTo(values.get("prob"));
    }

    @Test
    void activationFunctionsAndSoftmaxAgreeWithTheirFormulas() {
        float[] x = {-3, -0.5f, 0, 0.25f, 4, 100};
        float[] sigmoid = run(new Node.Activation("y", "x", ActivationFunction.SIGMOID), x);
        float[] tanh = run(new Node.Activation("y", "x", ActivationFunction.TANH), x);
        float[] softmax = run(new Node.Softmax("y", "x"), x);
        double sum = 0;
        for (float value : x) {
            sum += Math.exp(value);
        }
        for (int i = 0; i < x.length; i++) {
            assertThat(sigmoid[i]).isCloseTo((float) (1 / (1 + Math.exp(-x[i]))), within(1e-6f));
            assertThat(tanh[i]).isCloseTo((float) Math.tanh(x[i]), within(1e-6f));
            assertThat(softmax[i]).isCloseTo((float) (Math.exp(x[i]) / sum), within(1e-6f));
        }
    }

    @Test
    void denseAddsInInputOrderStartingAtTheBias() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int numInputs = 1 + random.nextInt(40);
            int numOutputs = 1 + random.nextInt(40);
            int numRows = 1 + random.nextInt(3);
            float[] weight = gaussian(random, numInputs * numOutputs);
            float[] bias = random.nextBoolean() ? gaussian(random, numOutputs) : null;
            float[] x = gaussian(random, numRows * numInputs);
            Node dense = new Node.Dense(
                    "y", "x", tensor(weight, numOutputs, numInputs), bias == null ? null : tensor(bias, numOutputs));

            float[] y = run(dense, x, numRows, numInputs);

            for (int row = 0; row < numRows; row++) {
                for (int o = 0; o < numOutputs; o++) {
                    float expected = bias == null ? 0 : bias[o];
                    for (int i = 0; i < numInputs; i++) {
                        expected += weight[o * numInputs + i] * x[row * numInputs + i];
                    }
                    assertThat(y[row * numOutputs + o]).as("seed %d", seed).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void badInputsAreNamed() {
        ReferenceExecutor executor =
                new ReferenceExecutor(network(new Node.Activation("y", "x", ActivationFunction.RELU), Shape.of(3)));
        assertThatThrownBy(() -> executor.run(new float[2])).hasMessageContainingAll("x", "3", "2");
        assertThatThrownBy(() -> executor.run(new float[] {0, Float.NaN, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("input x", "NaN", "position 1");
        assertThatThrownBy(() -> executor.run(new float[] {0, 0, Float.NEGATIVE_INFINITY}))
                .hasMessageContainingAll("-Infinity", "position 2");
        assertThatThrownBy(() -> executor.runAll(Map.of("z", new float[3]))).hasMessageContainingAll("x", "z");
        assertThatThrownBy(() -> executor.runAll(Map.of("x", new float[3], "z", new float[3])))
                .hasMessageContainingAll("x", "z");
    }

    @Test
    void inputsAreNotChanged() {
        float[] x = {-1, 2};
        float[] y = run(new Node.Activation("y", "x", ActivationFunction.RELU), x);
        assertThat(x).containsExactly(-1, 2);
        assertThat(y).containsExactly(0, 2);
    }

    private static float[] run(Node node, float[] x, int... extents) {
        Shape shape = extents.length == 0 ? Shape.of(x.length) : Shape.of(extents);
        return new ReferenceExecutor(network(node, shape)).run(x);
    }

    private static Network network(Node node, Shape input) {
        return new Network("n", List.of(new Network.Input("x", input)), List.of(node), List.of(node.name()));
    }

    private static float[] gaussian(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Tensor tensor(float[] values, int... extents) {
        return new Tensor(Shape.of(extents), values);
    }
}
