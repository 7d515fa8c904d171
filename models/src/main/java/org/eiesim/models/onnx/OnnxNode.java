package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/** A node of an ONNX graph with its operands, and attributes that remember whether anybody asked for them. */
final class OnnxNode {
    private final NodeProto proto;
    private final GraphImport graph;
    private final Map<String, AttributeProto> attributes = new LinkedHashMap<>();
    private final Set<String> unread = new LinkedHashSet<>();

    /**
     * Wraps a node.
     *
     * @param proto the node
     * @param graph the import it belongs to
     * @throws FormatException if it has two attributes of one name, or no output
     */
    OnnxNode(NodeProto proto, GraphImport graph) throws FormatException {
        this.proto = proto;
        this.graph = graph;
        for (AttributeProto attribute : proto.getAttributeList()) {
            if (attributes.put(attribute.getName(), attribute) != null) {
                throw error("two attributes are named " + LayerNames.shorten(attribute.getName()));
            }
            unread.add(attribute.getName());
        }
        if (proto.getOutputList().stream().allMatch(String::isEmpty)) {
            throw error("it has no output");
        }
    }

    /** Tells whether operators of a domain are ONNX's own. */
    static boolean isDefaultDomain(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    /** The node's own name; may be empty. */
    String name() {
        return proto.getName();
    }

    /** The operator, with its domain where that is not ONNX's own. */
    String operator() {
        return isDefaultDomain(proto.getDomain()) ? proto.getOpType() : proto.getDomain() + ":" + proto.getOpType();
    }

    /** The name of the first output that has one. */
    String output() {
        return proto.getOutputList().stream()
                .filter(output -> !output.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Tells whether an operand is given; optional ones may be absent or have an empty name. */
    boolean hasInput(int index) {
        return index < proto.getInputCount() && !proto.getInput(index).isEmpty();
    }

    /** The ONNX name of an operand that is given. */
    String inputName(int index) {
        return proto.getInput(index);
    }

    /** The ONNX names of all operands, empty where one is absent. */
    List<String> inputNames() {
        return proto.getInputList();
    }

    /** Takes the attributes that nobody has asked for yet. */
    AttributeProto[] remainingAttributes() {
        List<AttributeProto> remaining = proto.getAttributeList().stream()
                .filter(attribute -> unread.contains(attribute.getName()))
                .toList();
        unread.clear();
        return remaining.toArray(new AttributeProto[0]);
    }

    /** Returns an operand; it must be given. */
    Operand operand(int index) throws FormatException {
        if (!hasInput(index)) {
            throw error("input " + index + " (from 0) is missing");
        }
        Operand operand = graph.find(proto.getInput(index));
        if (operand == null) {
            throw error("it reads " + LayerNames.shorten(proto.getInput(index)) + ", which nothing before it yields");
        }
        return operand;
    }

    /** Returns an operand that must be computed from the network's inputs. */
    Operand.Computed computed(int index) throws FormatException {
        if (operand(index) instanceof Operand.Computed computed) {
            return computed;
        }
        throw error("input " + index + " (from 0) is a constant, which is not supported here");
    }

    /** Returns an operand that must be a constant. */
    ConstantTensor constant(int index) throws FormatException {
        if (operand(index) instanceof ConstantTensor constant) {
            return constant;
        }
        throw error("input " + index + " (from 0), " + LayerNames.shorten(proto.getInput(index))
                + ", is computed at run time; only a constant is supported here");
    }

    /** Returns an operand that must be a constant of one element. */
    ConstantTensor single(int index) throws FormatException {
        ConstantTensor constant = constant(index);
        if (constant.shape().size() != 1) {
            throw error("input " + index + " (from 0) must be one number, not " + constant.shape());
        }
        return constant;
    }

    /** Returns the extents of an operand in ONNX, with that of the whole batch; 1 stands for a batch left open. */
    int[] extents(int index) throws FormatException {
        return operand(index) instanceof Operand.Computed computed
                ? graph.batches().declaredExtents(computed)
                : constant(index).extents();
    }

    /** Returns the type of an operand's elements; undefined where that is not known. */
    DataType type(int index) {
        return hasInput(index) ? graph.types().of(proto.getInput(index)) : DataType.UNDEFINED;
    }

    /** Takes elements that it makes of constants from the import's budget. */
    void reserve(long elements) throws FormatException {
        graph.budget().take(this, elements);
    }

    /** Returns the node as it is in the file. */
    NodeProto proto() {
        return proto;
    }

    /** Lets all attributes be: they are read elsewhere. */
    void ignoreAll() {
        unread.clear();
    }

    /** Requires the number of operands to be within a range. */
    void requireInputs(int least, int most) throws FormatException {
        if (proto.getInputCount() < least || proto.getInputCount() > most) {
            throw error("it has " + proto.getInputCount() + " inputs, not "
                    + (least == most ? String.valueOf(least) : least + ".." + most));
        }
    }

    /** Returns an integer attribute. */
    long integer(String name, long absent) throws FormatException {
        AttributeProto attribute = attribute(name);
        if (attribute == null) {
            return absent;
        }
        requireType(attribute, AttributeProto.AttributeType.INT, attribute.hasI());
        return attribute.getI();
    }

    /** Returns a floating-point attribute, which must be finite. */
    float number(String name, float absent) throws FormatException {
        AttributeProto attribute = attribute(name);
        if (attribute == null) {
            return absent;
        }
        requireType(attribute, AttributeProto.AttributeType.FLOAT, attribute.hasF());
        if (!Float.isFinite(attribute.getF())) {
            throw unsupported(name, attribute.getF());
        }
        return attribute.getF();
    }

    /** Returns the elements of a list of integers, or null where it is absent. */
    @Nullable
    List<Long> integers(String name) throws FormatException {
        AttributeProto attribute = attribute(name);
        if (attribute == null) {
            return null;
        }
        requireType(attribute, AttributeProto.AttributeType.INTS, true);
        return attribute.getIntsList();
    }

    /** Returns the elements of a list of floating-point numbers, or null where it is absent. */
    @Nullable
    List<Float> numbers(String name) throws FormatException {
        AttributeProto attribute = attribute(name);
        if (attribute == null) {
            return null;
        }
        requireType(attribute, AttributeProto.AttributeType.FLOATS, true);
        return attribute.getFloatsList();
    }

    /** Returns a tensor attribute, or null where it is absent. */
    @Nullable
    TensorProto tensor(String name) throws FormatException {
        AttributeProto attribute = attribute(name);
        if (attribute == null) {
            return null;
        }
        requireType(attribute, AttributeProto.AttributeType.TENSOR, attribute.hasT());
        return attribute.getT();
    }

    /** Returns a word, or a default. */
    String word(String name, String absent) throws FormatException {
        AttributeProto attribute = attribute(name);
        if (attribute == null) {
            return absent;
        }
        requireType(attribute, AttributeProto.AttributeType.STRING, attribute.hasS());
        return attribute.getS().toStringUtf8();
    }

    /** Returns the elements of a list of words, or null where it is absent. */
    @Nullable
    List<String> words(String name) throws FormatException {
        AttributeProto attribute = attribute(name);
        if (attribute == null) {
            return null;
        }
        requireType(attribute, AttributeProto.AttributeType.STRINGS, true);
        return attribute.getStringsList().stream().map(ByteString::toStringUtf8).toList();
    }

    /** Returns a graph attribute. */
    GraphProto graph(String name) throws FormatException {
        AttributeProto attribute = attribute(name);
        if (attribute == null) {
            throw error("it has no " + name);
        }
        requireType(attribute, AttributeProto.AttributeType.GRAPH, attribute.hasG());
        return attribute.getG();
    }

    /** Lets an attribute be that has no meaning for inference. */
    void ignore(String... names) {
        for (String name : names) {
            unread.remove(name);
        }
    }

    /** Returns an axis attribute, counted from the first axis. */
    int axis(String name, long absent, int rank) throws FormatException {
        return axis(name, integer(name, absent), rank, 1);
    }

    /**
     * Counts an axis from the first one.
     *
     * @param name where it stands
     * @param axis the axis, negative from the end
     * @param rank the number of axes
     * @param past 1 for an axis that must exist, 0 where the one behind the last counts as well
     */
    int axis(String name, long axis, int rank, int past) throws FormatException {
        long positive = axis < 0 ? axis + rank : axis;
        if (positive < 0 || positive > rank - past) {
            throw error("attribute " + name + " = " + axis + " for a value of " + rank + " axes is not supported");
        }
        return (int) positive;
    }

    /** Returns a list of integers that older operator sets have as an attribute and newer ones as an operand. */
    long @Nullable [] integers(String attribute, int input) throws FormatException {
        List<Long> list = integers(attribute);
        if (list != null) {
            return list.stream().mapToLong(Long::longValue).toArray();
        }
        return hasInput(input) ? constant(input).integers() : null;
    }

    /** The number of operands, absent ones at the end left out. */
    int numInputs() {
        return proto.getInputCount();
    }

    /** The number of outputs. */
    int numOutputs() {
        return proto.getOutputCount();
    }

    /** The name of an output. */
    String output(int index) {
        return proto.getOutput(index);
    }

    /** Tells whether somebody reads an output. */
    boolean isRead(int output) {
        return output < proto.getOutputCount()
                && !proto.getOutput(output).isEmpty()
                && graph.numUses(proto.getOutput(output)) > 0;
    }

    /** Refuses outputs after the first that somebody reads. */
    void requireOneOutput() throws FormatException {
        for (int output = 1; output < proto.getOutputCount(); output++) {
            if (isRead(output)) {
                throw error("its output " + LayerNames.shorten(proto.getOutput(output)) + " is not supported");
            }
        }
    }

    /** Tells whether an attribute is there, without reading it. */
    boolean hasAttribute(String name) {
        return attributes.containsKey(name);
    }

    private @Nullable AttributeProto attribute(String name) {
        unread.remove(name);
        return attributes.get(name);
    }

    private void requireType(AttributeProto attribute, AttributeProto.AttributeType type, boolean present)
            throws FormatException {
        boolean declared = attribute.getType() == type || attribute.getType() == AttributeProto.AttributeType.UNDEFINED;
        if (!declared || !present || attribute.hasRefAttrName()) {
            throw error("attribute " + attribute.getName() + " is not a plain " + type);
        }
    }

    /** Refuses attributes that no importer has read: what is not understood may not be ignored. */
    void requireAllAttributesRead() throws FormatException {
        for (String name : unread) {
            throw error("attribute " + LayerNames.shorten(name) + " is not supported");
        }
    }

    /** Makes an error about an attribute's value. */
    FormatException unsupported(String attribute, Object value) {
        return error("attribute " + attribute + " = " + value + " is not supported");
    }

    /** Makes an error that names the node and its operator. */
    FormatException error(@Nullable String reason) {
        return new FormatException(place(), String.valueOf(reason));
    }

    /** Names the node and its operator for a message. */
    String place() {
        String own = !name().isEmpty()
                ? LayerNames.shorten(name())
                : output().isEmpty() ? "without a name" : "yielding " + LayerNames.shorten(output());
        return "node " + own + " (" + LayerNames.shorten(operator()) + ")";
    }
}
