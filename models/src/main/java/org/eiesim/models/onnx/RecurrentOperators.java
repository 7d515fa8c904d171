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
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/** LSTM and GRU from a state of zeros: one cell per direction, their outputs side by side. */
final class RecurrentOperators {
    private static final Set<String> OPERATORS = Set.of("LSTM", "GRU");
    private static final List<String> LSTM_FUNCTIONS = List.of("Sigmoid", "Tanh", "Tanh");
    private static final List<String> LINEAR_OUTPUT_FUNCTIONS = List.of("Sigmoid", "Tanh", "Affine");
    private static final List<String> GRU_FUNCTIONS = List.of("Sigmoid", "Tanh");

    private final OnnxNode node;
    private final GraphImport graph;
    private final RecurrentCell cell;
    private final Operand.Computed input;
    private final int numDirections;
    private final int hidden;
    private final boolean batchFirst;

    private RecurrentOperators(OnnxNode node, GraphImport graph, boolean isLstm) throws FormatException {
        this.node = node;
        this.graph = graph;
        int[] weight = node.constant(1).extents();
        if (weight.length != 3) {
            throw node.error("its weight W must have 3 axes, not " + weight.length);
        }
        numDirections = weight[0];
        batchFirst = node.integer("layout", 0) != 0;
        input = sequence();
        cell = isLstm ? lstmCell() : gruCell();
        hidden = weight[1] / cell.numGates();
        long declared = node.integer("hidden_size", hidden);
        if (declared != hidden) {
            throw node.error("attribute hidden_size = " + declared + " differs from its weight's " + hidden);
        }
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
        RecurrentOperators operator = new RecurrentOperators(node, graph, true);
        long coupled = node.integer("input_forget", 0);
        if (coupled != 0) {
            throw node.unsupported("input_forget", coupled);
        }
        operator.requireZero(6, "initial_c");
        operator.requireZero(7, "P (peepholes)");
        operator.run();
    }

    /** Imports GRU. */
    static void gru(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(3, 6);
        new RecurrentOperators(node, graph, false).run();
    }

    private RecurrentCell lstmCell() throws FormatException {
        List<String> functions = functions(3, LSTM_FUNCTIONS);
        if (functions.equals(LSTM_FUNCTIONS)) {
            return RecurrentCell.LSTM;
        }
        List<Float> alpha = node.numbers("activation_alpha");
        List<Float> beta = node.numbers("activation_beta");
        boolean isIdentity = (alpha == null || alpha.stream().allMatch(value -> value == 1))
                && (beta == null || beta.stream().allMatch(value -> value == 0));
        if (functions.equals(LINEAR_OUTPUT_FUNCTIONS) && isIdentity) {
            return RecurrentCell.LSTM_LINEAR_OUTPUT;
        }
        throw node.unsupported("activations", functions);
    }

    private RecurrentCell gruCell() throws FormatException {
        List<String> functions = functions(2, GRU_FUNCTIONS);
        if (!functions.equals(GRU_FUNCTIONS)) {
            throw node.unsupported("activations", functions);
        }
        return node.integer("linear_before_reset", 0) != 0 ? RecurrentCell.GRU_RESET_AFTER : RecurrentCell.GRU;
    }

    /** Returns the functions of the first direction; the second must have the same. */
    private List<String> functions(int count, List<String> absent) throws FormatException {
        List<String> functions = node.words("activations");
        if (functions == null) {
            return absent;
        }
        boolean repeats = functions.size() == count * numDirections
                && functions.subList(0, count).equals(functions.subList(functions.size() - count, functions.size()));
        if (!repeats) {
            throw node.unsupported("activations", functions);
        }
        return functions.subList(0, count);
    }

    /** Returns the input as steps and values; the batch is one. */
    private Operand.Computed sequence() throws FormatException {
        Operand.Computed value = node.computed(0);
        int[] extents = value.onnxExtents();
        int batchAxis = batchFirst ? 0 : 1;
        if (extents.length != 3) {
            throw node.error("its input of extents " + Arrays.toString(extents) + " must have 3 axes");
        }
        return graph.batched(node, value, batchAxis);
    }

    private void requireZero(int index, String name) throws FormatException {
        if (!node.hasInput(index)) {
            return;
        }
        if (!(node.operand(index) instanceof ConstantTensor constant)) {
            throw node.error("input " + name + " is computed at run time; only zeros are supported");
        }
        for (float value : constant.numbers()) {
            if (value != 0) {
                throw node.error("input " + name + " holds " + value + "; only zeros are supported");
            }
        }
    }

    private void run() throws FormatException {
        requireZero(5, "initial_h");
        if (node.hasAttribute("clip")) {
            throw node.unsupported("clip", node.number("clip", 0));
        }
        if (node.hasInput(4)) {
            long[] lengths = node.constant(4).integers();
            if (Arrays.stream(lengths)
                    .anyMatch(length -> length != input.shape().extent(0))) {
                throw node.error("input sequence_lens is not supported unless it names every step");
            }
        }
        String direction = node.word("direction", "forward");
        if (numDirections != (direction.equals("bidirectional") ? 2 : 1)) {
            throw node.error("attribute direction = " + direction + " does not fit weights of " + numDirections
                    + " direction(s)");
        }
        if (node.isRead(2)) {
            throw node.error("its output Y_c, the final cell state, is not supported");
        }
        List<String> states = new ArrayList<>();
        List<String> last = new ArrayList<>();
        for (int i = 0; i < numDirections; i++) {
            boolean reversed = direction.equals("reverse") || i == 1;
            String name = numDirections == 1
                    ? graph.name(node, node.constant(1).name())
                    : graph.part(node, reversed ? "backward" : "forward");
            Operand.Computed all = graph.append(recurrent(name, i, reversed), batchFirst ? 0 : 1);
            int numSteps = all.shape().extent(0);
            states.add(withDirection(all, numSteps));
            if (node.isRead(1)) {
                int step = reversed ? 0 : numSteps - 1;
                Node slice = new TensorNode.Slice(graph.part(node, "last"), all.value(), 0, step, 1, 1);
                last.add(graph.append(slice, Operand.NO_BATCH).value());
            }
        }
        defineOutputs(states, last);
    }

    /** Returns {@code [steps, 1, hidden]}. */
    private String withDirection(Operand.Computed all, int numSteps) {
        Shape shape = Shape.of(numSteps, 1, hidden);
        return graph.append(new Node.Reshape(graph.part(node, "steps"), all.value(), shape), Operand.NO_BATCH)
                .value();
    }

    private void defineOutputs(List<String> states, List<String> last) throws FormatException {
        // Y is [steps, directions, batch, hidden] or, with layout 1, [batch, steps, directions, hidden].
        graph.define(node, beside(states, 1, batchFirst ? 0 : 2));
        if (!last.isEmpty()) {
            // Y_h is [directions, batch, hidden] or [batch, directions, hidden].
            graph.define(node, 1, beside(last, 0, batchFirst ? 0 : 1));
        }
    }

    private Operand.Computed beside(List<String> parts, int axis, int batchAxis) {
        String all = parts.get(0);
        if (parts.size() > 1) {
            all = graph.append(new TensorNode.Concat(graph.part(node, "directions"), parts, axis), batchAxis)
                    .value();
        }
        return new Operand.Computed(all, graph.shape(all), batchAxis);
    }

    private Node recurrent(String name, int direction, boolean reversed) throws FormatException {
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
                recurrentBias);
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
