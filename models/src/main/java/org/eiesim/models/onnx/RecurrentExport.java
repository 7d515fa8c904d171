package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;
import static org.eiesim.models.onnx.GraphExport.number;
import static org.eiesim.models.onnx.GraphExport.word;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.RecurrentOptions;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Writes recurrent cells. ONNX has the steps before the batch, and an axis of directions, so the operator stands between
 * two transpositions.
 */
final class RecurrentExport {
    private RecurrentExport() {}

    /**
     * Writes a cell as LSTM, GRU or RNN.
     *
     * @param node the cell
     * @param graph the graph it goes to
     */
    static void write(Node.Recurrent node, GraphExport graph) {
        String name = node.name();
        String stepsFirst = graph.take(name + ".steps_first");
        graph.add("Transpose", stepsFirst, List.of(node.input()), integers("perm", 1, 0, 2));
        String weight = graph.constant(name + "." + Node.Recurrent.INPUT_WEIGHT, oneDirection(node.inputWeight()));
        String recurrent =
                graph.constant(name + "." + Node.Recurrent.RECURRENT_WEIGHT, oneDirection(node.recurrentWeight()));
        String bias = graph.constant(name + ".bias", bias(node));
        List<String> inputs = new ArrayList<>(List.of(stepsFirst, weight, recurrent, bias));
        addStates(node, graph, inputs);
        String states = graph.take(name + ".states");
        if (!node.options().yieldsCell()) {
            graph.add(operator(node), states, inputs, attributes(node));
            ends(name, states, name, graph, true);
            return;
        }
        String cell = graph.take(name + ".cell");
        graph.addNode(operator(node), List.of(states, "", cell), inputs, attributes(node));
        String hidden = graph.take(name + ".hidden");
        ends(name, states, hidden, graph, true);
        String last = graph.take(name + ".cell_last");
        ends(name, cell, last, graph, false);
        graph.add("Concat", name, List.of(hidden, last), integer("axis", 1));
    }

    /** Makes {@code [batch, steps, hidden]} of {@code [steps, 1, batch, hidden]} or {@code [1, batch, hidden]}. */
    private static void ends(String name, String value, String result, GraphExport graph, boolean hasDirections) {
        String stepsFirst = value;
        if (hasDirections) {
            stepsFirst = graph.take(name + ".squeezed");
            graph.add("Squeeze", stepsFirst, List.of(value, graph.constant(name + ".axes", new long[] {1})));
        }
        graph.add("Transpose", result, List.of(stepsFirst), integers("perm", 1, 0, 2));
    }

    private static String operator(Node.Recurrent node) {
        return switch (node.cell()) {
            case LSTM, LSTM_LINEAR_OUTPUT -> "LSTM";
            case GRU, GRU_RESET_AFTER -> "GRU";
            case RNN -> "RNN";
        };
    }

    /** Adds what the cell has behind its bias: the states it starts with, and peepholes. */
    private static void addStates(Node.Recurrent node, GraphExport graph, List<String> inputs) {
        RecurrentOptions options = node.options();
        Tensor peepholes = options.peepholes();
        if (options.inputs().isEmpty() && peepholes == null) {
            return;
        }
        inputs.add("");
        inputs.add(state(node, graph, options.initialHidden()));
        if (operator(node).equals("LSTM")) {
            inputs.add(state(node, graph, options.initialCell()));
            if (peepholes != null) {
                Tensor row = new Tensor(Shape.of(1, peepholes.shape().extent(0)), peepholes.values());
                inputs.add(graph.constant(node.name() + "." + Node.Recurrent.PEEPHOLES, row));
            }
        }
    }

    /** Returns a state as {@code [1, batch, hidden]}. */
    private static String state(Node.Recurrent node, GraphExport graph, @Nullable String state) {
        if (state == null) {
            return "";
        }
        String shaped = graph.take(node.name() + ".initial");
        String extents = graph.constant(node.name() + ".initial_shape", new long[] {1, -1, node.hidden()});
        graph.add("Reshape", shaped, List.of(state, extents));
        return shaped;
    }

    private static AttributeProto[] attributes(Node.Recurrent node) {
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(integer("hidden_size", node.hidden()));
        if (node.reversed()) {
            attributes.add(word("direction", "reverse"));
        }
        if (node.cell() == RecurrentCell.GRU_RESET_AFTER) {
            attributes.add(integer("linear_before_reset", 1));
        }
        RecurrentOptions options = node.options();
        if (!options.gates().isEmpty() || node.cell() == RecurrentCell.LSTM_LINEAR_OUTPUT) {
            attributes.addAll(RecurrentFunctions.write(options.gatesOf(node.cell())));
        }
        if (options.bound() != 0) {
            attributes.add(number("clip", options.bound()));
        }
        if (options.isCoupled()) {
            attributes.add(integer("input_forget", 1));
        }
        return attributes.toArray(new AttributeProto[0]);
    }

    private static Tensor oneDirection(Tensor matrix) {
        return new Tensor(Shape.of(1, matrix.shape().extent(0), matrix.shape().extent(1)), matrix.values());
    }

    /** ONNX has a second bias for the recurrent sums; it is 0 where the cell does not tell them apart. */
    private static Tensor bias(Node.Recurrent node) {
        int numRows = node.inputWeight().shape().extent(0);
        float[] values = new float[2 * numRows];
        Tensor bias = node.bias();
        if (bias != null) {
            System.arraycopy(bias.values(), 0, values, 0, numRows);
        }
        Tensor recurrentBias = node.recurrentBias();
        if (recurrentBias != null) {
            System.arraycopy(recurrentBias.values(), 0, values, numRows, numRows);
        }
        return new Tensor(Shape.of(1, 2 * numRows), values);
    }
}
