package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final DimensionExtents dimensions;
    private final Map<String, Integer> wantedAxes;
    private final Map<String, Integer> batchAxes = new LinkedHashMap<>();
    private final Batches batches = new Batches();
    private final SignatureImport signature = new SignatureImport();
    private final ValueUses uses;
    private final ElementTypes types;
    private final FoldingBudget budget;
    private final ImportJournal journal = new ImportJournal();
    private final LayerNames names = new LayerNames();
    private final Map<String, Operand> operands = new HashMap<>();
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
     * @param batchAxes the batch axis of inputs by name, or {@link Operand#NO_BATCH}; that of others is guessed
     */
    GraphImport(GraphProto proto, int opset, DimensionExtents dimensions, Map<String, Integer> batchAxes) {
        this(proto, opset, dimensions, batchAxes, new FoldingBudget(proto.getSerializedSize()));
    }

    private GraphImport(
            GraphProto proto,
            int opset,
            DimensionExtents dimensions,
            Map<String, Integer> batchAxes,
            FoldingBudget budget) {
        this.proto =
                proto.toBuilder().clearNode().addAllNode(NodeOrder.of(proto)).build();
        this.opset = opset;
        this.dimensions = dimensions;
        this.wantedAxes = Map.copyOf(batchAxes);
        this.uses = new ValueUses(this.proto);
        this.types = new ElementTypes(this.proto);
        this.budget = budget;
    }

    /**
     * Starts the import of a graph of its own, at the expense of this one's budget.
     *
     * @param graph the graph
     * @param axes the batch axis of its inputs by name, or {@link Operand#NO_BATCH}
     */
    GraphImport apart(GraphProto graph, Map<String, Integer> axes) throws FormatException {
        return new GraphImport(graph, opset, DimensionExtents.of(graph, Map.of()), axes, budget);
    }

    /** Returns the types of ONNX values. */
    ElementTypes types() {
        return types;
    }

    /** Returns what may still be made of constants. */
    FoldingBudget budget() {
        return budget;
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
     * @throws MixedBatchException if an operator mixes the samples of what is taken for a batch
     */
    Network run(String defaultName) throws FormatException {
        return BatchNormalizationFolding.fold(PrimitiveFolding.fold(unfolded(defaultName)));
    }

    /** Imports the graph node by node: what {@link #run} folds. */
    Network unfolded(String defaultName) throws FormatException {
        NodeOrder.requireDistinctNames(proto);
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
            importListed(node);
        }
        String name = proto.getName().isBlank() ? defaultName : proto.getName();
        Network network = new Network(LayerNames.clean(name), inputs, nodes, GraphOutputs.of(proto, this, signature));
        return network.withSignature(signature.of(network));
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
        for (NodeProto node : NodeOrder.of(body)) {
            importListed(node);
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
    }

    private void importInput(ValueInfoProto input) throws FormatException {
        if (uses.count(input.getName()) == 0 && !DeclaredInput.isNumeric(input)) {
            return;
        }
        Integer wanted = wantedAxes.get(input.getName());
        int axis = wanted != null
                ? wanted
                : DeclaredInput.likelyBatchAxis(input, dimensions, uses.isSequence(input.getName()));
        DeclaredInput declared = DeclaredInput.of(input, dimensions, axis);
        String name = names.take(input.getName());
        inputs.add(new Network.Input(name, declared.sampleShape()));
        shapes.put(name, declared.sampleShape());
        operands.put(input.getName(), new Operand.Computed(name, declared.sampleShape(), axis));
        batchAxes.put(input.getName(), axis);
        batches.addInput(name, input.getName(), axis, declared.batchExtent());
        signature.addInput(input, declared);
    }

    /** Returns the axis that was taken for the batch by input, or {@link Operand#NO_BATCH}. */
    Map<String, Integer> batchAxes() {
        return Collections.unmodifiableMap(batchAxes);
    }

    /** Tells whether some input has a batch, cut to one sample or of one. */
    boolean hasBatch() {
        return batchAxes.values().stream().anyMatch(axis -> axis != Operand.NO_BATCH);
    }

    /** Returns the batches and what depends on them. */
    Batches batches() {
        return batches;
    }

    /** Imports a node of the file, whose operator must be one of the file's operator set. */
    private void importListed(NodeProto proto) throws FormatException {
        OnnxNode node = new OnnxNode(proto, this);
        int since = Operators.since(node.operator());
        if (opset < since) {
            throw node.error("it is an operator of operator set " + since + " and later, and the file's is " + opset);
        }
        int before = nodes.size();
        Operators.importNode(node, this);
        journal.add(node, List.copyOf(nodes.subList(before, nodes.size())), operands.get(node.output()));
    }

    /** Returns what has become of the nodes. */
    ImportJournal journal() {
        return journal;
    }

    /** Imports a node that stands in the place of one of the graph. */
    void importPlain(NodeProto node) throws FormatException {
        uses.add(node);
        types.add(node);
        Operators.importNode(new OnnxNode(node, this), this);
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

    /** Adds a node that yields the first output of an ONNX node, with the batch as first axis. */
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
        Operand.Computed value = place(node, batchAxis);
        if (!batches.addNode(node, shapes)) {
            throw mixed("node " + node.name(), value.value(), MixedBatchException.NO_SUGGESTION);
        }
        return value;
    }

    private Operand.Computed place(Node node, int batchAxis) {
        Shape shape = ShapeInference.infer(node, shapes);
        positions.put(node.name(), nodes.size());
        nodes.add(node);
        shapes.put(node.name(), shape);
        return new Operand.Computed(node.name(), shape, batchAxis);
    }

    /**
     * Adds a change of shape after which the batch is on another axis, or the outer part of one.
     *
     * @param node the change of shape
     * @param batchAxis the batch axis of the ONNX value it yields, or {@link Operand#NO_BATCH}
     * @param mergedAxis the axis of which the batch is the outer part, or {@link Operand#NO_BATCH}
     */
    Operand.Computed appendRegrouped(Node node, int batchAxis, int mergedAxis) {
        Operand.Computed value = place(node, batchAxis);
        batches.addRegrouped(node, mergedAxis);
        return value;
    }

    private MixedBatchException mixed(String place, String value, int suggestedAxis) {
        Set<String> origins = batches.origins(value);
        return new MixedBatchException(
                place,
                "it mixes the samples of a batch, for which "
                        + origins.stream()
                                .map(input -> "axis " + batchAxes.get(input) + " of " + LayerNames.shorten(input))
                                .collect(Collectors.joining(", "))
                        + " was taken",
                origins,
                suggestedAxis);
    }

    /**
     * Makes an exception about an operator that mixes samples.
     *
     * @param source the ONNX node
     * @param value a value whose batch it mixes
     * @param suggestedAxis the axis where the operator expects a batch, or {@link MixedBatchException#NO_SUGGESTION}
     */
    MixedBatchException mixed(OnnxNode source, Operand.Computed value, int suggestedAxis) {
        return mixed(source.place(), value.value(), suggestedAxis);
    }

    /** Takes a name for a node, as near to one that is wanted as is free. */
    String take(String wanted) {
        return names.take(wanted);
    }

    /** Takes a name for a node that an ONNX node needs besides its own. */
    String part(OnnxNode source, String suffix) {
        return names.take((source.name().isEmpty() ? source.output() : source.name()) + "." + suffix);
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
        if (operand instanceof Operand.Computed computed
                && computed.batchAxis() == Operand.NO_BATCH
                && batches.isCut(computed.value())
                && batches.mergedAxis(computed.value()) == Operand.NO_BATCH) {
            throw mixed(source, computed, MixedBatchException.NO_SUGGESTION);
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
        journal.change(node.name());
    }
}
