package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;

/** Element-wise functions and Softmax. */
final class ActivationOperators {
    /** From this version on, Softmax works on one axis; before, on all axes from one on together. */
    private static final int ONE_AXIS_OPSET = 13;

    private ActivationOperators() {}

    /** Returns the importer of an operator without attributes that applies a function to every element. */
    static OperatorImporter of(ActivationFunction function) {
        return (node, graph) -> {
            node.requireInputs(1, 1);
            String input = node.computed(0).value();
            graph.add(node, new Node.Activation(graph.name(node, null), input, function));
        };
    }

    /** Imports Softmax over the last axis. */
    static void softmax(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        boolean oneAxis = graph.opset() >= ONE_AXIS_OPSET;
        long axis = node.integer("axis", oneAxis ? -1 : 1);
        int last = input.onnxRank() - 1;
        long positive = axis < 0 ? axis + input.onnxRank() : axis;
        if (positive < 1 || positive > last || !isLast(input.shape(), (int) positive, oneAxis)) {
            throw node.unsupported("axis", axis + " for a value of " + input.onnxRank() + " axes");
        }
        graph.add(node, new Node.Softmax(graph.name(node, null), input.value()));
    }

    private static boolean isLast(Shape sample, int axis, boolean oneAxis) {
        if (oneAxis) {
            return axis == sample.rank();
        }
        int between = 1;
        for (int i = axis - 1; i < sample.rank() - 1; i++) {
            between *= sample.extent(i);
        }
        return between == 1;
    }
}
