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
import java.util.Objects;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.BatchNormalizationFolding;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/** The import of one graph: what each ONNX value has become, and the network built so far. */
final class GraphImport {
    private final GraphProto proto;
    private final int opset;
    private final Map<String, Integer> dimensions;
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
     * @param dimensions extents of dynamic dimensions by name
     */
    GraphImport(GraphProto proto, int opset, Map<String, Integer> dimensions) {
        this.proto = proto;
        this.opset = opset;
        this.dimensions = dimensions;
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
        return BatchNormalizationFolding.fold(PrimitiveFolding.fold(unfolded(defaultName)));
    }

    /** Imports the graph node by node: what {@link #run} folds. */
    Network unfolded(String defaultName) throws FormatException {
        importConstants(proto);
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

    /**
     * Imports a graph inside a node, in whose place it stands.
     *
     * @param source the node
     * @param body the graph; it may read what is defined outside
     * @throws FormatException if something in it is damaged or not supported
     */
    void inline(OnnxNode source, GraphProto body) throws FormatException {
        importConstants(body);
        for (NodeProto node : body.getNodeList()) {
            importNode(new OnnxNode(node, this));
        }
        if (body.getOutputCount() != source.numOutputs()) {
            throw source.error("its branch yields " + body.getOutputCount() + " values, not " + source.numOutputs());
        }
        for (int i = 0; i < body.getOutputCount(); i++) {
            Operand operand = operands.get(body.getOutput(i).getName());
            if (operand == null) {
                throw source.error(
                        "nothing yields " + LayerNames.shorten(body.getOutput(i).getName()) + " in its branch");
            }
            define(source, i, operand);
        }
    }

    private void importConstants(GraphProto proto) throws FormatException {
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
        DeclaredInput declared = DeclaredInput.of(input, dimensions, uses.isSequence(input.getName()) ? 1 : 0);
        String name = names.take(input.getName());
        inputs.add(new Network.Input(name, declared.sampleShape()));
        shapes.put(name, declared.sampleShape());
        operands.put(input.getName(), new Operand.Computed(name, declared.sampleShape(), declared.batchAxis()));
        batchExtents.add(declared.batchExtent());
    }

    private void importNode(OnnxNode node) throws FormatException {
        OperatorImporter importer = Operators.find(node.operator());
        if (importer == null && !ConstantFolding.isFoldable(node)) {
            throw node.error("operator " + LayerNames.shorten(node.operator())
                    + " is not supported; docs/importing.md lists those that are");
        }
        try {
            if (!ConstantFolding.fold(node, this)) {
                if (importer == null) {
                    throw node.error("it is only supported on constants");
                }
                importer.accept(node, this);
            }
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
     * Adds a node that yields the first output of an ONNX node, with the batch as first axis.
     *
     * @param source the ONNX node
     * @param node the node it becomes
     * @throws FormatException if the output exists already
     * @throws IllegalArgumentException if the shapes do not fit
     */
    void add(OnnxNode source, Node node) throws FormatException {
        add(source, node, 0);
    }

    /**
     * Adds a node that yields the first output of an ONNX node.
     *
     * @param source the ONNX node
     * @param node the node it becomes
     * @param batchAxis the batch axis of the ONNX value, or {@link Operand#NO_BATCH}
     * @throws FormatException if the output exists already
     * @throws IllegalArgumentException if the shapes do not fit
     */
    void add(OnnxNode source, Node node, int batchAxis) throws FormatException {
        define(source, append(node, batchAxis));
    }

    /**
     * Adds a node.
     *
     * @param node the node
     * @param batchAxis the batch axis of the ONNX value it yields, or {@link Operand#NO_BATCH}
     * @return its value
     * @throws IllegalArgumentException if the shapes do not fit
     */
    Operand.Computed append(Node node, int batchAxis) {
        Shape shape = ShapeInference.infer(node, shapes);
        positions.put(node.name(), nodes.size());
        nodes.add(node);
        shapes.put(node.name(), shape);
        return new Operand.Computed(node.name(), shape, batchAxis);
    }

    /** Takes a name for a node that an ONNX node needs besides its own. */
    String part(OnnxNode source, String suffix) {
        return names.take((source.name().isEmpty() ? source.output() : source.name()) + "." + suffix);
    }

    /**
     * Returns a value under another shape with the same elements.
     *
     * @param source the ONNX node that needs it
     * @param value the value
     * @param onnxExtents its new extents in ONNX
     * @param batchAxis which of them is the batch, of extent 1, or {@link Operand#NO_BATCH}
     */
    Operand.Computed reshaped(OnnxNode source, Operand.Computed value, int[] onnxExtents, int batchAxis) {
        int[] extents = batchAxis == Operand.NO_BATCH ? onnxExtents : Operand.without(onnxExtents, batchAxis);
        Shape shape = Shape.of(extents);
        if (shape.equals(value.shape())) {
            return new Operand.Computed(value.value(), shape, batchAxis, value.scale());
        }
        Operand.Computed reshaped = append(new Node.Reshape(part(source, "shape"), value.value(), shape), batchAxis);
        return new Operand.Computed(reshaped.value(), shape, batchAxis, value.scale());
    }

    /** Returns a value whose batch axis, if any, is an axis of the sample. */
    Operand.Computed unbatched(OnnxNode source, Operand.Computed value) {
        return reshaped(source, value, value.onnxExtents(), Operand.NO_BATCH);
    }

    /**
     * Returns a constant as a value.
     *
     * @param source the ONNX node that needs it
     * @param constant the constant
     * @param shape its shape without the batch axis, of as many elements
     * @param batchAxis the batch axis it counts as having, or {@link Operand#NO_BATCH}
     * @throws FormatException if its elements cannot be read
     */
    Operand.Computed constantValue(OnnxNode source, ConstantTensor constant, Shape shape, int batchAxis)
            throws FormatException {
        Tensor tensor = new Tensor(shape, constant.numbers());
        return append(new TensorNode.Constant(part(source, "constant"), tensor), batchAxis);
    }

    /**
     * Lets the first output of an ONNX node be something that is there already.
     *
     * @param source the ONNX node
     * @param operand what it yields
     * @throws FormatException if the output exists already
     */
    void define(OnnxNode source, Operand operand) throws FormatException {
        define(source, 0, operand);
    }

    /** Lets an output of an ONNX node, if it has that many, be something that is there already. */
    void define(OnnxNode source, int output, Operand operand) throws FormatException {
        if (output >= source.numOutputs() || source.output(output).isEmpty()) {
            return;
        }
        if (operands.put(source.output(output), operand) != null) {
            throw source.error("its output " + LayerNames.shorten(source.output(output)) + " exists already");
        }
    }

    /** Returns the node that yields a value, or null where that is an input. */
    @Nullable
    Node producer(Operand.Computed value) {
        Integer position = positions.get(value.value());
        return position == null ? null : nodes.get(position);
    }

    /** Returns the shape of a value of the network. */
    Shape shape(String value) {
        return Objects.requireNonNull(shapes.get(value));
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
