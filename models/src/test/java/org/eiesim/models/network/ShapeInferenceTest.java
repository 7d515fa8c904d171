package org.eiesim.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeInferenceTest {
    private static final Map<String, Shape> IMAGE = Map.of("x", Shape.of(3, 10, 8));

    @Test
    void lenet5HasThePublishedShapes() {
        Network lenet = new Network(
                "lenet-5",
                List.of(new Network.Input("input", Shape.of(1, 28, 28))),
                List.of(
                        new Node.Convolution("conv1", "input", zeros(20, 1, 5, 5), null, window(5, 1, 0), 1),
                        pool("pool1", "conv1", window(2, 2, 0), false),
                        new Node.Convolution("conv2", "pool1", zeros(50, 20, 5, 5), zeros(50), window(5, 1, 0), 1),
                        pool("pool2", "conv2", window(2, 2, 0), false),
                        new Node.Flatten("flat", "pool2"),
                        new Node.Dense("ip1", "flat", zeros(500, 800), null),
                        new Node.Activation("relu", "ip1", ActivationFunction.RELU),
                        new Node.Dropout("drop", "relu", 0.5),
                        new Node.Dense("ip2", "drop", zeros(10, 500), null),
                        new Node.Softmax("prob", "ip2")),
                List.of("prob"));

        Map<String, Shape> shapes = ShapeInference.infer(lenet);

        assertThat(shapes.keySet())
                .containsExactly(
                        "input", "conv1", "pool1", "conv2", "pool2", "flat", "ip1", "relu", "drop", "ip2", "prob");
        assertThat(shapes.values().stream().map(Shape::toString))
                .containsExactly(
                        "1x28x28", "20x24x24", "20x12x12", "50x8x8", "50x4x4", "800", "500", "500", "500", "10", "10");
    }

    @ParameterizedTest
    @CsvSource({
        // SqueezeNet's pools: 111 -> 55, 54 -> 27, 27 -> 13
        "113, 3, 2, 0, 56, 56",
        "111, 3, 2, 0, 55, 55",
        "54, 3, 2, 0, 26, 27",
        "27, 3, 2, 0, 13, 13",
        "10, 3, 2, 1, 5, 6",
        "3, 1, 3, 0, 1, 1",
    })
    void poolingRoundsDownOrUp(int input, int kernel, int stride, int pad, int down, int up) {
        Map<String, Shape> shapes = Map.of("x", Shape.of(2, input, input));
        Window window = window(kernel, stride, pad);
        assertThat(ShapeInference.infer(pool("y", "x", window, false), shapes)).isEqualTo(Shape.of(2, down, down));
        assertThat(ShapeInference.infer(pool("y", "x", window, true), shapes)).isEqualTo(Shape.of(2, up, up));
    }

    @Test
    void dilationAndUnevenPaddingWidenAWindow() {
        Window window = new Window(3, 2, 1, 2, 1, 0, 2, 1, 2, 3);
        Shape shape = ShapeInference.infer(new Node.Convolution("c", "x", zeros(6, 1, 3, 2), null, window, 3), IMAGE);
        assertThat(shape).hasToString("6x9x3");
    }

    @Test
    void denseWorksOnTheLastAxis() {
        Node dense = new Node.Dense("d", "x", zeros(5, 8), null);
        assertThat(ShapeInference.infer(dense, IMAGE)).hasToString("3x10x5");
    }

    @Test
    void recurrentYieldsAHiddenStatePerStep() {
        Node lstm = new Node.Recurrent("r", "s", RecurrentCell.LSTM, zeros(20, 3), zeros(20, 5), zeros(20));
        assertThat(ShapeInference.infer(lstm, Map.of("s", Shape.of(7, 3)))).hasToString("7x5");
    }

    @Test
    void misfitsNameTheNode() {
        assertMisfit(new Node.Dense("ip1", "x", zeros(5, 9), null), "node ip1", "x", "3x10x8", "9");
        assertMisfit(
                new Node.Convolution("conv", "x", zeros(2, 4, 3, 3), null, window(3, 1, 0), 1),
                "node conv",
                "4 channels");
        assertMisfit(pool("pool", "x", window(9, 1, 0), true), "node pool", "spanning 9");
        assertMisfit(new Node.Reshape("shape", "x", Shape.of(3, 81)), "node shape", "243", "240");
        assertMisfit(
                new Node.Recurrent("gru", "x", RecurrentCell.GRU, zeros(6, 8), zeros(6, 2), null),
                "node gru",
                "steps x 8");
        assertThatThrownBy(() -> ShapeInference.infer(
                        new Node.Arithmetic("sum", ArithmeticOperator.ADD, "x", "y"),
                        Map.of("x", Shape.of(3, 2), "y", Shape.of(2, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("node sum", "3x2", "2x3");
        assertThatThrownBy(() -> ShapeInference.infer(new Node.Softmax("prob", "x"), Map.of("x", Shape.of())))
                .hasMessageContainingAll("node prob", "scalar");
        assertThatThrownBy(() -> ShapeInference.infer(new Node.Flatten("flat", "nowhere"), IMAGE))
                .hasMessageContainingAll("node flat", "nowhere");
    }

    @Test
    void impossibleNodesAreRefused() {
        assertThatThrownBy(() -> new Node.Convolution("c", "x", zeros(2, 3, 3, 3), null, window(5, 1, 0), 1))
                .hasMessageContainingAll("node c", "2x3x3x3", "5x5");
        assertThatThrownBy(() -> new Node.Recurrent("r", "x", RecurrentCell.LSTM, zeros(15, 3), zeros(15, 5), null))
                .hasMessageContainingAll("node r", "LSTM", "20");
    }

    private static void assertMisfit(Node node, String... parts) {
        assertThatThrownBy(() -> ShapeInference.infer(node, IMAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    private static Node pool(String name, String input, Window window, boolean roundUp) {
        return new Node.Pooling(name, input, Node.Pooling.Kind.MAXIMUM, window, roundUp, false);
    }

    private static Window window(int kernel, int stride, int pad) {
        return new Window(kernel, kernel, stride, stride, pad, pad, pad, pad, 1, 1);
    }

    private static Tensor zeros(int... extents) {
        Shape shape = Shape.of(extents);
        return new Tensor(shape, new float[shape.size()]);
    }
}
