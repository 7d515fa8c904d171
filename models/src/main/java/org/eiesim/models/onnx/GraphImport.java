package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.jspecify.annotations.Nullable;

/** The import of one graph: what each ONNX value has become, and the network built so far. */
final class GraphImport {
    private final GraphProto proto;
    private final int opset;
    private final ValueUses uses;
    private final LayerNames names = new LayerNames();
    private final Map<String, Operand> operands = new HashMap<>();
    private final Set<Long> batchExtents = new HashSet<>();
    private final List<Network.Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();

    /**
     * Starts an import.
     *
     * @param proto the graph
     * @param opset the version of ONNX's operator set
     */
    GraphImport(GraphProto proto, int opset) {
        this.proto = proto;
        this.opset = opset;
        this.uses = new ValueUses(proto);
    }

    /** The version of ONNX's operator set. */
    int opset() {
        return opset;
    }

    /**
     * Imports the graph.
     *
     * @param defaultName the network's name where the graph has none
     * @return the network
     * @throws FormatException if something in it is damaged or not supported
     */
    Network run(String defaultName) throws FormatException {
        importConstants();
        for (ValueInfoProto input : proto.getInputList()) {
            if (!operands.containsKey(input.getName())) {
                importInput(input);
            }
        }
        if (inputs.isEmpty()) {
            throw new FormatException("graph", "it has no inputs");
        }
        for (NodeProto node : proto.getNodeList()) {
            importNode(new OnnxNode(node, this));
        }
        String name = proto.getName().isBlank() ? defaultName : proto.getName();
        return new Network(LayerNames.clean(name), inputs, nodes, outputs());
    }

    private void importConstants() throws FormatException {
        for (TensorProto tensor : proto.getInitializerList()) {
            if (operands.put(tensor.getName(), new ConstantTensor(tensor.getName(), tensor)) != null) {
                throw new FormatException("graph", "two tensors are named " + LayerNames.shorten(tensor.getName()));
            }
        }
        if (proto.getSparseInitializerCount() > 0) {
            String name = proto.getSparseInitializer(0).getValues().getName();
            throw new FormatException("tensor " + LayerNames.shorten(name), "is sparse, which is not supported");
        }
    }

    private void importInput(ValueInfoProto input) throws FormatException {
        DeclaredInput declared = DeclaredInput.of(input);
        String name = names.take(input.getName());
        inputs.add(new Network.Input(name, declared.sampleShape()));
        shapes.put(name, declared.sampleShape());
        operands.put(input.getName(), new Operand.Computed(name, declared.sampleShape()));
        batchExtents.add(declared.batchExtent());
    }

    private void importNode(OnnxNode node) throws FormatException {
        OperatorImporter importer = Operators.find(node.operator());
        if (importer == null) {
            throw node.error("operator " + LayerNames.shorten(node.operator()) + " is not supported");
        }
        try {
            importer.accept(node, this);
        } catch (IllegalArgumentException e) {
            throw node.error(e.getMessage());
        }
        node.requireAllAttributesRead();
    }

    private List<String> outputs() throws FormatException {
        List<String> outputs = new ArrayList<>();
        for (ValueInfoProto output : proto.getOutputList()) {
            Operand operand = operands.get(output.getName());
            if (!(operand instanceof Operand.Computed computed)) {
                throw new FormatException(
                        "output " + LayerNames.shorten(output.getName()),
                        operand == null ? "nothing yields it" : "it does not depend on the network's inputs");
            }
            outputs.add(computed.value());
        }
        if (outputs.isEmpty()) {
            throw new FormatException("graph", "it has no outputs");
        }
        return outputs;
    }

    /** Returns what a value of ONNX is, or null where nothing has yielded it yet. */
    @Nullable
    Operand find(String value) {
        return operands.get(value);
    }

    /** Tells how often a value is read, or is an output, under any name that means it. */
    int numUses(String value) {
        return uses.count(value);
    }

    /** Tells whether an extent of the first axis means the batch: 1, or what the inputs declare. */
    boolean isBatchExtent(long extent) {
        return extent == 1 || batchExtents.contains(extent);
    }

    /**
     * Chooses the name of the node that an ONNX node becomes.
     *
     * @param node the ONNX node
     * @param weight the name of its weight tensor, or null
     * @return a name not used before
     */
    String name(OnnxNode node, @Nullable String weight) {
        return names.choose(node, weight);
    }

    /**
     * Adds a node that yields the first output of an ONNX node.
     *
     * @param source the ONNX node
     * @param node the node it becomes
     * @throws FormatException if the output exists already
     * @throws IllegalArgumentException if the shapes do not fit
     */
    void add(OnnxNode source, Node node) throws FormatException {
        Shape shape = ShapeInference.infer(node, shapes);
        positions.put(node.name(), nodes.size());
        nodes.add(node);
        shapes.put(node.name(), shape);
        define(source, new Operand.Computed(node.name(), shape));
    }

    /**
     * Lets the first output of an ONNX node be something that is there already.
     *
     * @param source the ONNX node
     * @param operand what it yields
     * @throws FormatException if the output exists already
     */
    void define(OnnxNode source, Operand operand) throws FormatException {
        if (operands.put(source.output(), operand) != null) {
            throw source.error("its output " + LayerNames.shorten(source.output()) + " exists already");
        }
    }

    /** Returns the node that yields a value, or null where that is an input. */
    @Nullable
    Node producer(Operand.Computed value) {
        Integer position = positions.get(value.value());
        return position == null ? null : nodes.get(position);
    }

    /** Puts a node in the place of the one of the same name, which yields the same shape. */
    void replace(Node node) {
        Integer position = positions.get(node.name());
        if (position == null) {
            throw new IllegalArgumentException("no node named " + node.name());
        }
        nodes.set(position, node);
    }
}
