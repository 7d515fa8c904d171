package org.eiesim.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eiesim.kernels.nn.ArithmeticOperator;
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
                        new Node.Arithmetic("sum", ArithmeticOperator.ADD, "relu", "fc1"),
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
    void convolutionAgreesWithItsDefinition() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int groups = 1 + random.nextInt(3);
            int channels = groups * (1 + random.nextInt(2));
            int outputs = groups * (1 + random.nextInt(3));
            int height = 5 + random.nextInt(4);
            int width = 5 + random.nextInt(4);
            Window w = new Window(
                    1 + random.nextInt(3),
                    1 + random.nextInt(3),
                    1 + random.nextInt(2),
                    1 + random.nextInt(2),
                    random.nextInt(2),
                    random.nextInt(2),
                    random.nextInt(2),
                    random.nextInt(2),
                    1 + random.nextInt(2),
                    1 + random.nextInt(2));
            int perGroup = channels / groups;
            float[] weight = gaussian(random, outputs * perGroup * w.kernelHeight() * w.kernelWidth());
            float[] bias = random.nextBoolean() ? gaussian(random, outputs) : null;
            float[] x = gaussian(random, channels * height * width);
            Node node = new Node.Convolution(
                    "y",
                    "x",
                    tensor(weight, outputs, perGroup, w.kernelHeight(), w.kernelWidth()),
                    bias == null ? null : tensor(bias, outputs),
                    w,
                    groups);
            ReferenceExecutor executor = new ReferenceExecutor(network(node, Shape.of(channels, height, width)));

            float[] y = executor.run(x);

            Shape shape = executor.shapeOf("y");
            for (int at = 0; at < y.length; at++) {
                int o = at / (shape.extent(1) * shape.extent(2));
                int p = at / shape.extent(2) % shape.extent(1);
                int q = at % shape.extent(2);
                float expected = bias == null ? 0 : bias[o];
                for (int c = 0; c < perGroup; c++) {
                    for (int r = 0; r < w.kernelHeight(); r++) {
                        for (int s = 0; s < w.kernelWidth(); s++) {
                            int row = p * w.strideHeight() - w.padTop() + r * w.dilationHeight();
                            int column = q * w.strideWidth() - w.padLeft() + s * w.dilationWidth();
                            if (row >= 0 && row < height && column >= 0 && column < width) {
                                int channel = o / (outputs / groups) * perGroup + c;
                                expected += weight[((o * perGroup + c) * w.kernelHeight() + r) * w.kernelWidth() + s]
                                        * x[(channel * height + row) * width + column];
                            }
                        }
                    }
                }
                assertThat(y[at]).as("seed %d, position %d", seed, at).isEqualTo(expected);
            }
        }
    }

    @Test
    void poolingOverhangsWhereItRoundsUp() {
        float[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        Window window = new Window(2, 2, 2, 2, 0, 0, 0, 0, 1, 1);
        assertThat(run(pool(Node.Pooling.Kind.MAXIMUM, window, true), x, 1, 3, 3))
                .containsExactly(5, 6, 8, 9);
        assertThat(run(pool(Node.Pooling.Kind.MAXIMUM, window, false), x, 1, 3, 3))
                .containsExactly(5);
        assertThat(run(pool(Node.Pooling.Kind.AVERAGE, window, true), x, 1, 3, 3))
                .containsExactly(3, 4.5f, 7.5f, 9);
    }

    @Test
    void recurrentCellsAgreeWithTheirEquations() {
        Random random = new Random(7);
        int steps = 4;
        int inputs = 3;
        int hidden = 2;
        float[] x = gaussian(random, steps * inputs);
        for (RecurrentCell cell : RecurrentCell.values()) {
            int rows = cell.numGates() * hidden;
            Node.Recurrent node = new Node.Recurrent(
                    "y",
                    "x",
                    cell,
                    tensor(gaussian(random, rows * inputs), rows, inputs),
                    tensor(gaussian(random, rows * hidden), rows, hidden),
                    tensor(gaussian(random, rows), rows));
            double[] h = new double[hidden];
            double[] c = new double[hidden];
            float[] y = run(node, x, steps, inputs);
            for (int step = 0; step < steps; step++) {
                double[] next = new double[hidden];
                double[] z = sigmoids(gate(node, 0, x, step, h));
                double[] second = sigmoids(gate(node, Math.min(1, cell.numGates() - 1), x, step, h));
                double[] reset = {second[0] * h[0], second[1] * h[1]};
                for (int i = 0; i < hidden; i++) {
                    if (cell == RecurrentCell.RNN) {
                        next[i] = Math.tanh(gate(node, 0, x, step, h)[i]);
                    } else if (cell.numGates() == 4) {
                        double forget = sigmoids(gate(node, 2, x, step, h))[i];
                        c[i] = forget * c[i] + z[i] * Math.tanh(gate(node, 3, x, step, h)[i]);
                        next[i] = second[i] * (cell == RecurrentCell.LSTM ? Math.tanh(c[i]) : c[i]);
                    } else if (cell == RecurrentCell.GRU_RESET_AFTER) {
                        double fromInput = gate(node, 2, x, step, new double[hidden])[i];
                        double fromState = gate(node, 2, x, step, h)[i] - fromInput;
                        next[i] = (1 - z[i]) * Math.tanh(fromInput + second[i] * fromState) + z[i] * h[i];
                    } else {
                        next[i] = (1 - z[i]) * Math.tanh(gate(node, 2, x, step, reset)[i]) + z[i] * h[i];
                    }
                    assertThat((double) y[step * hidden + i])
                            .as("%s step %d", cell, step)
                            .isCloseTo(next[i], within(1e-5));
                }
                h = next;
            }
        }
    }

    private static double[] gate(Node.Recurrent node, int gate, float[] x, int step, double[] state) {
        int inputs = node.inputWeight().shape().extent(1);
        double[] sums = new double[state.length];
        for (int i = 0; i < state.length; i++) {
            int row = gate * state.length + i;
            sums[i] = node.bias() == null ? 0 : node.bias().values()[row];
            for (int j = 0; j < inputs; j++) {
                sums[i] += node.inputWeight().values()[row * inputs + j] * x[step * inputs + j];
            }
            for (int j = 0; j < state.length; j++) {
                sums[i] += node.recurrentWeight().values()[row * state.length + j] * state[j];
            }
        }
        return sums;
    }

    private static double[] sigmoids(double[] values) {
        return Arrays.stream(values).map(v -> 1 / (1 + Math.exp(-v))).toArray();
    }

    private static Node pool(Node.Pooling.Kind kind, Window window, boolean roundUp) {
        return new Node.Pooling("y", "x", kind, window, roundUp, false);
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
