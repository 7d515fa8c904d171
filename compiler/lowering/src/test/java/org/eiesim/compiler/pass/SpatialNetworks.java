package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.GateFunction;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.RecurrentOptions;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.eiesim.models.network.Window;

/** Two networks that have, between them, every kind of node. */
final class SpatialNetworks {
    private static final Window SAME = new Window(3, 3, 1, 1, 1, 1, 1, 1, 1, 1);
    private static final Window POOL = new Window(2, 2, 2, 2, 0, 0, 0, 0, 1, 1);

    private final Random random = new Random(11);
    private final List<Node> nodes = new ArrayList<>();
    private final List<CompressedLayer> layers = new ArrayList<>();

    private SpatialNetworks() {}

    /** Convolutions, one of which Winograd's way takes, and what stands around them. */
    static CompressedNetwork convolutions() {
        SpatialNetworks b = new SpatialNetworks();
        b.add(new Node.Convolution("conv", "image", b.shared("conv", "weight", 4, 3, 3, 3), b.tensor(4), SAME, 1));
        b.add(new NormalizationNode.Batch(
                "bn",
                "conv",
                b.tensor(4),
                b.tensor(4),
                b.tensor(4),
                new Tensor(Shape.of(4), new float[] {1, 2, 3, 4}),
                1e-5));
        b.add(new Node.Activation("clip", "bn", ActivationFunction.CLIP, List.of(0f, Float.POSITIVE_INFINITY)));
        b.add(new Node.Pooling("pool", "clip", Node.Pooling.Kind.MAXIMUM, POOL, false, false));
        b.add(new Node.Convolution("group", "pool", b.shared("group", "weight", 4, 2, 3, 3), null, SAME, 2));
        b.add(new NormalizationNode.LocalResponse("lrn", "group", 3, 1e-4, 0.75, 1));
        b.add(new Node.Arithmetic("sum", ArithmeticOperator.ADD, "lrn", "pool"));
        b.add(new TensorNode.Concat("both", List.of("sum", "pool"), 0));
        b.add(new TensorNode.Slice("part", "both", 0, 1, 6, 1));
        b.add(new TensorNode.Gather("some", "part", 0, List.of(5, 0, 3, 3)));
        b.add(new TensorNode.Transpose("turned", "some", List.of(1, 2, 0)));
        b.add(new TensorNode.Reduction("mean", "turned", ReductionOperator.MEAN, List.of(0, 1), false));
        b.add(new Node.Reshape("row", "mean", Shape.of(1, 4)));
        b.add(new TensorNode.Constant("constant", b.tensor(4, 3)));
        b.add(new TensorNode.MatrixProduct("times", "row", "constant"));
        b.add(new NormalizationNode.Layer("norm", "times", b.tensor(3), b.tensor(3), 1e-5));
        b.add(new TensorNode.Select("select", "norm", "times", "norm"));
        b.add(new Node.Flatten("flat", "select"));
        b.add(new Node.Dropout("drop", "flat", 0.1));
        b.add(new Node.Dense("fc", "drop", b.shared("fc", "weight", 2, 3), b.tensor(2)));
        b.add(new Node.Softmax("top.1", "fc"));
        return b.network("convolutions", Shape.of(3, 6, 6), "top.1");
    }

    /** A recurrent cell of every kind, one with all there is besides. */
    static CompressedNetwork recurrent() {
        SpatialNetworks b = new SpatialNetworks();
        b.add(new TensorNode.Embedding("words", "image", b.tensor(7, 5)));
        String value = "words";
        int width = 5;
        for (RecurrentCell cell : RecurrentCell.values()) {
            value = b.cell(cell.name(), value, cell, width, RecurrentOptions.NONE);
            width = 3;
        }
        b.add(new TensorNode.Constant("start", b.tensor(3)));
        List<RecurrentOptions.Gate> gates = List.of(
                new RecurrentOptions.Gate(GateFunction.SIGMOID, 0, 0),
                new RecurrentOptions.Gate(GateFunction.AFFINE, 0.1f, 2),
                new RecurrentOptions.Gate(GateFunction.TANH, 0, 0));
        value = b.cell(
                "last",
                value,
                RecurrentCell.LSTM,
                3,
                new RecurrentOptions(gates, 5, false, b.tensor(9), "start", "start", true));
        return b.network("recurrent", Shape.of(4), value);
    }

    private String cell(String name, String input, RecurrentCell cell, int width, RecurrentOptions options) {
        int rows = 3 * cell.numGates();
        return add(new Node.Recurrent(
                name,
                input,
                cell,
                cell == RecurrentCell.GRU,
                shared(name, Node.Recurrent.INPUT_WEIGHT, rows, width),
                shared(name, Node.Recurrent.RECURRENT_WEIGHT, rows, 3),
                tensor(rows),
                cell == RecurrentCell.GRU_RESET_AFTER ? tensor(rows) : null,
                options));
    }

    private CompressedNetwork network(String name, Shape input, String output) {
        Network network = new Network(name, List.of(new Network.Input("image", input)), nodes, List.of(output));
        return new CompressedNetwork(network, layers, new Provenance("test", "", 0, "test"));
    }

    private String add(Node node) {
        nodes.add(node);
        return node.name();
    }

    private Tensor shared(String node, String role, int... extents) {
        Shape shape = Shape.of(extents);
        float[] codebook = {0, 0.5f, -0.3f, 1.7f};
        byte[] codes = new byte[shape.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) random.nextInt(codebook.length);
        }
        CompressedLayer layer = new CompressedLayer(new ParameterKey(node, role), shape, codebook, codes);
        layers.add(layer);
        return layer.decode();
    }

    private Tensor tensor(int... extents) {
        Shape shape = Shape.of(extents);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i == 1 ? -0f : (float) random.nextGaussian();
        }
        return new Tensor(shape, values);
    }
}
