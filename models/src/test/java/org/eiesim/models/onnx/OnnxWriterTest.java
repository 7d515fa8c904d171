package org.eiesim.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.Window;
import org.eiesim.models.zoo.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxWriterTest {
    private static final List<ActivationFunction> FUNCTIONS =
            List.of(ActivationFunction.RELU, ActivationFunction.SIGMOID, ActivationFunction.TANH);

    @TempDir
    Path folder;

    @Test
    void randomNetworksComputeTheSameAfterARoundTrip() throws IOException {
        Path path = folder.resolve("net.onnx");
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Network network = randomNetwork(random);
            OnnxWriter.write(network, path);
            Network back = OnnxReader.read(path);

            float[] x = gaussian(random, network.inputs().get(0).shape().size());
            assertThat(new ReferenceExecutor(back).run(x))
                    .as("seed %d", seed)
                    .isEqualTo(new ReferenceExecutor(network).run(x));
            assertThat(back.parameters()).as("seed %d", seed).isEqualTo(network.parameters());
            assertThat(back.name()).isEqualTo(network.name());
        }
    }

    @Test
    void zooNetworksComeBackUnchanged() throws IOException {
        Network network = Zoo.create("lenet-300-100", Shape.of(1, 28, 28), 10, 3);
        Path path = folder.resolve("net.onnx");
        OnnxWriter.write(network, path);
        assertThat(OnnxReader.read(path)).isEqualTo(network);
        byte[] first = Files.readAllBytes(path);
        OnnxWriter.write(network, path);
        assertThat(Files.readAllBytes(path)).isEqualTo(first);
    }

    @Test
    void namesThatClashWithWeightsAreKept() throws IOException {
        Network network = new Network(
                "n",
                List.of(new Network.Input("fc.weight", Shape.of(2))),
                List.of(
                        new Node.Dense("fc", "fc.weight", tensor(2, 2), tensor(2)),
                        new Node.Dense("fc.bias", "fc", tensor(3, 2), tensor(3))),
                List.of("fc.bias"));
        Path path = folder.resolve("net.onnx");
        OnnxWriter.write(network, path);
        assertThat(OnnxReader.read(path)).isEqualTo(network);
    }

    @Test
    void convolutionAndPoolingAreWrittenWithAllTheirNumbers() {
        Window window = new Window(3, 2, 1, 2, 4, 5, 6, 7, 2, 1);
        GraphProto graph = graph(
                Shape.of(4, 20, 20),
                new Node.Convolution("c", "x", tensor(6, 2, 3, 2), tensor(6), window, 2),
                new Node.Pooling("m", "c", Node.Pooling.Kind.MAXIMUM, window, true, false),
                new Node.Pooling(
                        "a", "c", Node.Pooling.Kind.AVERAGE, new Window(3, 3, 2, 2, 1, 1, 1, 1, 1, 1), false, true));

        NodeProto convolution = graph.getNode(0);
        assertThat(convolution.getOpType()).isEqualTo("Conv");
        assertThat(convolution.getInputList()).containsExactly("x", "c.weight", "c.bias");
        assertThat(integers(convolution, "kernel_shape")).containsExactly(3L, 2L);
        assertThat(integers(convolution, "strides")).containsExactly(1L, 2L);
        assertThat(integers(convolution, "pads")).containsExactly(4L, 5L, 6L, 7L);
        assertThat(integers(convolution, "dilations")).containsExactly(2L, 1L);
        assertThat(attribute(convolution, "group").getI()).isEqualTo(2);
        NodeProto maximum = graph.getNode(1);
        assertThat(maximum.getOpType()).isEqualTo("MaxPool");
        assertThat(attribute(maximum, "ceil_mode").getI()).isEqualTo(1);
        assertThat(integers(maximum, "dilations")).containsExactly(2L, 1L);
        NodeProto average = graph.getNode(2);
        assertThat(average.getOpType()).isEqualTo("AveragePool");
        assertThat(attribute(average, "count_include_pad").getI()).isEqualTo(1);
        assertThat(average.getAttributeList().stream().map(AttributeProto::getName))
                .doesNotContain("dilations");
        Node dilated = new Node.Pooling("a", "x", Node.Pooling.Kind.AVERAGE, window, false, true);
        assertThat(integers(graph(Shape.of(4, 20, 20), dilated).getNode(0), "dilations"))
                .containsExactly(2L, 1L);
    }

    @Test
    void recurrentCellsStandBetweenTranspositions() {
        Node cell = new Node.Recurrent("r", "x", RecurrentCell.GRU, tensor(6, 3), tensor(6, 2), tensor(6));
        GraphProto graph = graph(Shape.of(5, 3), cell);
        assertThat(graph.getNodeList().stream().map(NodeProto::getOpType))
                .containsExactly("Transpose", "GRU", "Squeeze", "Transpose");
        assertThat(integers(graph.getNode(0), "perm")).containsExactly(1L, 0L, 2L);
        assertThat(attribute(graph.getNode(1), "hidden_size").getI()).isEqualTo(2);
        assertThat(graph.getNode(3).getOutput(0)).isEqualTo("r");
        assertThat(graph.getInitializerList().stream().map(tensor -> tensor.getName() + tensor.getDimsList()))
                .containsExactly(
                        "r.input_weight[1, 6, 3]", "r.recurrent_weight[1, 6, 2]", "r.bias[1, 12]", "r.axes[1]");
        assertThat(graph.getOutput(0).getType().getTensorType().getShape().getDimList().stream()
                        .map(dimension -> dimension.hasDimParam() ? -1 : dimension.getDimValue()))
                .containsExactly(-1L, 5L, 2L);
    }

    private static Network randomNetwork(Random random) {
        int rows = 1 + random.nextInt(3);
        int columns = 1 + random.nextInt(5);
        List<Node> nodes = new ArrayList<>();
        Shape shape = random.nextBoolean() ? Shape.of(rows, columns) : Shape.of(rows * columns);
        Shape input = shape;
        String value = "input";
        for (int layer = 0; layer < 6; layer++) {
            String name = "layer" + layer;
            int last = shape.extent(shape.rank() - 1);
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    int outputs = 1 + random.nextInt(6);
                    Tensor weight = new Tensor(Shape.of(outputs, last), gaussian(random, outputs * last));
                    Tensor bias =
                            random.nextBoolean() ? new Tensor(Shape.of(outputs), gaussian(random, outputs)) : null;
                    nodes.add(new Node.Dense(name, value, weight, bias));
                    shape = shape.rank() == 1 ? Shape.of(outputs) : Shape.of(rows, outputs);
                }
                case 2 -> nodes.add(new Node.Activation(name, value, FUNCTIONS.get(random.nextInt(FUNCTIONS.size()))));
                case 3 -> nodes.add(new Node.Softmax(name, value));
                case 4 -> nodes.add(new Node.Arithmetic(name, ArithmeticOperator.ADD, value, value));
                case 5 -> {
                    shape = Shape.of(shape.size());
                    nodes.add(new Node.Flatten(name, value));
                }
                default -> {
                    shape = shape.rank() == 1 && shape.size() % rows == 0 ? Shape.of(rows, shape.size() / rows) : shape;
                    nodes.add(new Node.Reshape(name, value, shape));
                }
            }
            value = name;
        }
        return new Network("random", List.of(new Network.Input("input", input)), nodes, List.of(value));
    }

    private static GraphProto graph(Shape input, Node... nodes) {
        ModelProto model = OnnxWriter.toModel(new Network(
                "n", List.of(new Network.Input("x", input)), List.of(nodes), List.of(nodes[nodes.length - 1].name())));
        return model.getGraph();
    }

    private static AttributeProto attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> integers(NodeProto node, String name) {
        return attribute(node, name).getIntsList();
    }

    private static Tensor tensor(int... extents) {
        Shape shape = Shape.of(extents);
        return new Tensor(shape, gaussian(new Random(1), shape.size()));
    }

    private static float[] gaussian(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
