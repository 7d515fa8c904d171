package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;
import static org.eiesim.models.onnx.GraphExport.numbers;
import static org.eiesim.models.onnx.GraphExport.word;
import static org.eiesim.models.onnx.GraphExport.words;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * Writes recurrent cells. ONNX has the steps before the batch, and an axis of directions, so the operator stands between
 * two transpositions.
 */
final class RecurrentExport {
    private RecurrentExport() {}

    /**
     * Writes a cell as LSTM or GRU.
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
        String states = graph.take(name + ".states");
        graph.add(
                node.cell().numGates() == 4 ? "LSTM" : "GRU",
                states,
                List.of(stepsFirst, weight, recurrent, bias),
                attributes(node));
        String squeezed = graph.take(name + ".squeezed");
        graph.add("Squeeze", squeezed, List.of(states, graph.constant(name + ".axes", new long[] {1})));
        graph.add("Transpose", name, List.of(squeezed), integers("perm", 1, 0, 2));
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
        if (node.cell() == RecurrentCell.LSTM_LINEAR_OUTPUT) {
            attributes.add(words("activations", "Sigmoid", "Tanh", "Affine"));
            attributes.add(numbers("activation_alpha", 1));
            attributes.add(numbers("activation_beta", 0));
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
