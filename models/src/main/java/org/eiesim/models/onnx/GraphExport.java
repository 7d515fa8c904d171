package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Signature;
import org.eiesim.models.network.Tensor;

/** The export of one network: the graph built so far, and the names taken in it. */
final class GraphExport {
    /** Since this one, reductions name their axes in an input. */
    static final int AXES_INPUT_OPSET = 18;

    private static final int OPSET = 13;
    private static final int POOLING_OPSET = 19;

    private final Network network;
    private final Map<String, Shape> shapes;
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> names = new HashSet<>();

    /**
     * Starts an export.
     *
     * @param network the network
     * @throws IllegalArgumentException if its shapes do not fit together
     */
    GraphExport(Network network) {
        this.network = network;
        this.shapes = ShapeInference.infer(network);
        names.addAll(shapes.keySet());
    }

    /** Returns the operator set to write: the later one where the network has what came with it. */
    int opset() {
        return network.nodes().stream().anyMatch(GraphExport::isLaterPooling) ? POOLING_OPSET : OPSET;
    }

    private static boolean isLaterPooling(Node node) {
        return node instanceof Node.Pooling pooling
                && pooling.kind() == Node.Pooling.Kind.AVERAGE
                && (pooling.window().dilationHeight() > 1
                        || pooling.window().dilationWidth() > 1
                        || (pooling.roundUp() && pooling.countPadding()));
    }

    /** Exports the network. */
    GraphProto run() {
        graph.setName(network.name());
        for (Node node : network.nodes()) {
            NodeExport.write(node, this);
        }
        Signature signature = network.signature();
        SignatureExport.apply(
                this,
                graph,
                network.inputs().stream().map(Network.Input::name).toList(),
                network.outputs(),
                signature == null ? Signature.plain(network) : signature);
        return graph.build();
    }

    /** Returns the shape of a value, without the batch axis. */
    Shape shapeOf(String value) {
        Shape shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalArgumentException("no value named " + value);
        }
        return shape;
    }

    /** Tells whether a value, node or constant has a name. */
    boolean isTaken(String name) {
        return names.contains(name);
    }

    /** Takes a name: the one wished for, with underscores where it is taken. */
    String take(String wanted) {
        String name = wanted;
        while (!names.add(name)) {
            name += "_";
        }
        return name;
    }

    /** Adds a node that bears the name of its only output. */
    void add(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        addNamed(operator, output, output, inputs, attributes);
    }

    /**
     * Adds a node.
     *
     * @param operator its operator
     * @param name its name
     * @param output its only output
     * @param inputs what it reads
     * @param attributes its attributes
     */
    void addNamed(String operator, String name, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(Arrays.asList(attributes)));
    }

    /** Adds a node of several outputs, of which some may have no name; the first one is the node's too. */
    void addNode(String operator, List<String> outputs, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(outputs.get(0))
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(Arrays.asList(attributes)));
    }

    /** Adds a float32 constant and returns its name. */
    String constant(String wanted, Tensor tensor) {
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, tensor.values().length))
                .order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(tensor.values());
        TensorProto.Builder proto =
                TensorProto.newBuilder().setDataType(DataType.FLOAT_VALUE).setRawData(ByteString.copyFrom(raw));
        for (int extent : tensor.shape().toArray()) {
            proto.addDims(extent);
        }
        return addInitializer(wanted, proto);
    }

    /** Adds a list of int64 and returns its name. */
    String constant(String wanted, long... values) {
        TensorProto.Builder proto =
                TensorProto.newBuilder().setDataType(DataType.INT64_VALUE).addDims(values.length);
        for (long value : values) {
            proto.addInt64Data(value);
        }
        return addInitializer(wanted, proto);
    }

    private String addInitializer(String wanted, TensorProto.Builder proto) {
        String name = take(wanted);
        graph.addInitializer(proto.setName(name));
        return name;
    }

    /** Makes an integer attribute. */
    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    /** Makes a floating-point attribute. */
    static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    /** Makes an attribute that is a list of floating-point numbers. */
    static AttributeProto numbers(String name, float... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
        for (float value : values) {
            attribute.addFloats(value);
        }
        return attribute.build();
    }

    /** Makes an attribute that is a list of words. */
    static AttributeProto words(String name, String... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.STRINGS);
        for (String value : values) {
            attribute.addStrings(ByteString.copyFromUtf8(value));
        }
        return attribute.build();
    }

    /** Makes an attribute that is a word. */
    static AttributeProto word(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    /** Makes an attribute that is a list of integers. */
    static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
