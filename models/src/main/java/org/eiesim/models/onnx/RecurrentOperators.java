package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.RecurrentOptions;
import org.eiesim.models.network.RecurrentOptions.Gate;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/** LSTM, GRU and RNN: one cell per direction, their outputs side by side. */
final class RecurrentOperators {
    private static final Set<String> OPERATORS = Set.of("LSTM", "GRU", "RNN");
    private static final int SEQUENCE_LENGTHS = 4;
    private static final int INITIAL_HIDDEN = 5;
    private static final int INITIAL_CELL = 6;
    private static final int PEEPHOLES = 7;

    private final OnnxNode node;
    private final GraphImport graph;
    private final RecurrentCell cell;
    private final List<List<Gate>> gates;
    private final int numDirections;
    private final int hidden;
    private final boolean batchFirst;
    private final Operand.Computed input;
    /** Steps of the input, and those of them that are run: the first ones. */
    private final int numSteps;

    private final int numRun;

    private RecurrentOperators(OnnxNode node, GraphImport graph, RecurrentCell kind) throws FormatException {
        this.node = node;
        this.graph = graph;
        int[] weight = node.constant(1).extents();
        if (weight.length != 3) {
            throw node.error("its weight W must have 3 axes, not " + weight.length);
        }
        numDirections = weight[0];
        requireDirections(node.word("direction", "forward"));
        batchFirst = node.integer("layout", 0) != 0;
        gates = RecurrentFunctions.read(node, kind, numDirections);
        List<Gate> linear = RecurrentOptions.NONE.gatesOf(RecurrentCell.LSTM_LINEAR_OUTPUT);
        boolean isLinear = kind == RecurrentCell.LSTM && gates.stream().allMatch(linear::equals);
        cell = isLinear ? RecurrentCell.LSTM_LINEAR_OUTPUT : kind;
        hidden = weight[1] / cell.numGates();
        long declared = node.integer("hidden_size", hidden);
        if (declared != hidden) {
            throw node.error("attribute hidden_size = " + declared + " differs from its weight's " + hidden);
        }
        Operand.Computed sequence = sequence();
        numSteps = sequence.shape().extent(0);
        numRun = numRun();
        input = numRun == numSteps
                ? sequence
                : graph.append(
                        new TensorNode.Slice(graph.part(node, "run"), sequence.value(), 0, 0, numRun, 1),
                        sequence.batchAxis());
    }

    /** Tells whether a node reads its input as steps, batch, values. */
    static boolean readsStepsFirst(NodeProto node) {
        return OPERATORS.contains(node.getOpType())
                && node.getInputCount() > 0
                && node.getAttributeList().stream()
                        .filter(attribute -> attribute.getName().equals("layout"))
                        .mapToLong(AttributeProto::getI)
                        .noneMatch(layout -> layout != 0);
    }

    /** Imports LSTM. */
    static void lstm(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 8);
        new RecurrentOperators(node, graph, RecurrentCell.LSTM).run();
    }

    /** Imports GRU. */
    static void gru(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 6);
        boolean isAfter = node.integer("linear_before_reset", 0) != 0;
        new RecurrentOperators(node, graph, isAfter ? RecurrentCell.GRU_RESET_AFTER : RecurrentCell.GRU).run();
    }

    /** Imports RNN. */
    static void rnn(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 6);
        new RecurrentOperators(node, graph, RecurrentCell.RNN).run();
    }

    private void requireDirections(String direction) throws FormatException {
        if (!List.of("forward", "reverse", "bidirectional").contains(direction)) {
            throw node.unsupported("direction", LayerNames.shorten(direction));
        }
        if (numDirections != (direction.equals("bidirectional") ? 2 : 1)) {
            throw node.error("attribute direction = " + direction + " does not fit weights of " + numDirections
                    + " direction(s)");
        }
    }

    /** Returns the input as steps and values; the batch is one. */
    private Operand.Computed sequence() throws FormatException {
        Operand.Computed value = node.computed(0);
        int[] extents = value.onnxExtents();
        int batchAxis = batchFirst ? 0 : 1;
        if (extents.length != 3) {
            throw node.error("its input of extents " + Arrays.toString(extents) + " must have 3 axes");
        }
        return BatchAxis.batched(node, graph, value, batchAxis);
    }

    /** Returns how many steps are run: as many as the sequence's length says, where that is given. */
    private int numRun() throws FormatException {
        if (!node.hasInput(SEQUENCE_LENGTHS)) {
            return numSteps;
        }
        if (!(node.operand(SEQUENCE_LENGTHS) instanceof ConstantTensor constant)) {
            throw node.error("input sequence_lens is computed at run time; where it is an input, bind it: --bind "
                    + LayerNames.shorten(node.inputName(SEQUENCE_LENGTHS)) + "=" + numSteps);
        }
        long[] lengths = constant.integers();
        long first = lengths.length == 0 ? 0 : lengths[0];
        if (first < 1 || first > numSteps || Arrays.stream(lengths).anyMatch(length -> length != first)) {
            throw node.error("input sequence_lens must be one length of 1.." + numSteps + " for all samples, not "
                    + Arrays.toString(Arrays.copyOf(lengths, Math.min(lengths.length, 4))));
        }
        return (int) first;
    }

    private void run() throws FormatException {
        boolean isReversed = node.word("direction", "forward").equals("reverse");
        List<String> states = new ArrayList<>();
        List<String> lastHidden = new ArrayList<>();
        List<String> lastCell = new ArrayList<>();
        for (int i = 0; i < numDirections; i++) {
            boolean reversed = isReversed || i == 1;
            String name = numDirections == 1
                    ? graph.name(node, node.constant(1).name())
                    : graph.part(node, reversed ? "backward" : "forward");
            Node.Recurrent recurrent = recurrent(name, i, reversed);
            Operand.Computed all = graph.append(recurrent, batchFirst ? 0 : 1);
            if (node.isRead(0)) {
                states.add(withDirection(recurrent));
            }
            if (node.isRead(1)) {
                lastHidden.add(row(all, "last", reversed ? 0 : numRun - 1));
            }
            if (node.isRead(2)) {
                lastCell.add(row(all, "cell", numRun));
            }
        }
        // Y is [steps, directions, batch, hidden] or, with layout 1, [batch, steps, directions, hidden]; Y_h and Y_c
        // are
        // [directions, batch, hidden] or [batch, directions, hidden].
        define(0, states, 1, batchFirst ? 0 : 2);
        define(1, lastHidden, 0, batchFirst ? 0 : 1);
        define(2, lastCell, 0, batchFirst ? 0 : 1);
    }

    private String row(Operand.Computed all, String what, int row) {
        Node slice = new TensorNode.Slice(graph.part(node, what), all.value(), 0, row, 1, 1);
        return graph.append(slice, Operand.NO_BATCH).value();
    }

    /** Returns {@code [steps, 1, hidden]}: the hidden states, zeros where no step was run. */
    private String withDirection(Node.Recurrent recurrent) {
        String states = recurrent.name();
        if (recurrent.options().yieldsCell()) {
            states = graph.append(
                            new TensorNode.Slice(graph.part(node, "hidden"), states, 0, 0, numRun, 1), Operand.NO_BATCH)
                    .value();
        }
        if (numRun < numSteps) {
            Shape rest = Shape.of(numSteps - numRun, hidden);
            Tensor zeros = new Tensor(rest, new float[rest.size()]);
            String padding = graph.append(new TensorNode.Constant(graph.part(node, "padding"), zeros), Operand.NO_BATCH)
                    .value();
            states = graph.append(
                            new TensorNode.Concat(graph.part(node, "padded"), List.of(states, padding), 0),
                            Operand.NO_BATCH)
                    .value();
        }
        Shape shape = Shape.of(numSteps, 1, hidden);
        return graph.append(new Node.Reshape(graph.part(node, "steps"), states, shape), Operand.NO_BATCH)
                .value();
    }

    private void define(int output, List<String> parts, int axis, int batchAxis) throws FormatException {
        if (parts.isEmpty()) {
            return;
        }
        String all = parts.get(0);
        if (parts.size() > 1) {
            all = graph.append(new TensorNode.Concat(graph.part(node, "directions"), parts, axis), batchAxis)
                    .value();
        }
        graph.define(node, output, new Operand.Computed(all, graph.shape(all), batchAxis));
    }

    private Node.Recurrent recurrent(String name, int direction, boolean reversed) throws FormatException {
        Tensor bias = null;
        Tensor recurrentBias = null;
        if (node.hasInput(3)) {
            float[] both = part(node.constant(3), direction).values();
            int numRows = both.length / 2;
            float[] first = Arrays.copyOf(both, numRows);
            float[] second = Arrays.copyOfRange(both, numRows, both.length);
            if (cell == RecurrentCell.GRU_RESET_AFTER) {
                recurrentBias = nonZero(second);
            } else {
                for (int i = 0; i < numRows; i++) {
                    first[i] += second[i];
                }
            }
            bias = nonZero(first);
        }
        return new Node.Recurrent(
                name,
                input.value(),
                cell,
                reversed,
                part(node.constant(1), direction),
                part(node.constant(2), direction),
                bias,
                recurrentBias,
                options(direction));
    }

    private RecurrentOptions options(int direction) throws FormatException {
        boolean isLstm = cell.numGates() == RecurrentCell.LSTM.numGates();
        List<Gate> functions = gates.get(direction);
        float bound = node.number("clip", 0);
        if (bound < 0) {
            throw node.unsupported("clip", bound);
        }
        Tensor peepholes = isLstm && node.hasInput(PEEPHOLES)
                ? nonZero(part(node.constant(PEEPHOLES), direction).values())
                : null;
        return new RecurrentOptions(
                functions.equals(RecurrentOptions.NONE.gatesOf(cell)) ? List.of() : functions,
                bound,
                isLstm && node.integer("input_forget", 0) != 0,
                peepholes,
                initial(INITIAL_HIDDEN, "hidden0", direction),
                isLstm ? initial(INITIAL_CELL, "cell0", direction) : null,
                isLstm && node.isRead(2));
    }

    /** Returns the value a state starts with, or null where that is zeros. */
    private @Nullable String initial(int index, String what, int direction) throws FormatException {
        if (!node.hasInput(index)) {
            return null;
        }
        int directionAxis = batchFirst ? 1 : 0;
        if (node.operand(index) instanceof ConstantTensor constant) {
            float[] values = ofDirection(constant, direction, directionAxis);
            Tensor state = nonZero(values);
            return state == null
                    ? null
                    : graph.append(new TensorNode.Constant(graph.part(node, what), state), Operand.NO_BATCH)
                            .value();
        }
        Operand.Computed value = node.computed(index);
        int[] extents = value.onnxExtents();
        if (extents.length != 3 || extents[directionAxis] != numDirections) {
            throw node.error("its initial state of extents " + Arrays.toString(extents) + " does not fit "
                    + numDirections + " direction(s)");
        }
        Operand.Computed states = BatchAxis.batched(node, graph, value, 1 - directionAxis);
        return graph.append(
                        new TensorNode.Slice(graph.part(node, what), states.value(), 0, direction, 1, 1),
                        Operand.NO_BATCH)
                .value();
    }

    /** Returns the state of one direction, which all samples of the constant must share. */
    private float[] ofDirection(ConstantTensor constant, int direction, int directionAxis) throws FormatException {
        int[] extents = constant.extents();
        float[] all = constant.floats();
        if (extents.length != 3 || extents[directionAxis] != numDirections || extents[2] != hidden) {
            throw node.error("its initial state of extents " + Arrays.toString(extents) + " does not fit "
                    + numDirections + " direction(s) and " + hidden + " values");
        }
        int numSamples = extents[1 - directionAxis];
        float[] state = new float[hidden];
        for (int sample = 0; sample < numSamples; sample++) {
            int start = (directionAxis == 0 ? direction * numSamples + sample : sample * numDirections + direction)
                    * hidden;
            float[] one = Arrays.copyOfRange(all, start, start + hidden);
            if (sample > 0 && !Arrays.equals(one, state)) {
                throw node.error("its initial state differs between the samples of a batch");
            }
            state = one;
        }
        return state;
    }

    private static @Nullable Tensor nonZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return new Tensor(Shape.of(values.length), values);
            }
        }
        return null;
    }

    private Tensor part(ConstantTensor constant, int direction) throws FormatException {
        int[] extents = constant.extents();
        if (extents.length < 2 || extents[0] != numDirections) {
            throw node.error("constant " + LayerNames.shorten(constant.name()) + " of extents "
                    + Arrays.toString(extents) + " must begin with " + numDirections + " direction(s)");
        }
        Shape shape = Shape.of(Operand.without(extents, 0));
        float[] all = constant.floats();
        return new Tensor(shape, Arrays.copyOfRange(all, direction * shape.size(), (direction + 1) * shape.size()));
    }
}
