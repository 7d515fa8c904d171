package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;

/** Identity and Dropout: at inference both yield what they read, so neither becomes a node. */
final class PassThroughOperators {
    private static final Set<String> OPERATORS = Set.of("Identity", "Dropout");

    private PassThroughOperators() {}

    /** Tells whether the first output of an operator is its first input. */
    static boolean passesOn(String operator) {
        return OPERATORS.contains(operator);
    }

    /** Imports Identity. */
    static void identity(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        graph.define(node, node.operand(0));
    }

    /** Imports Dropout; its rate only matters in training, which {@code training_mode} must not ask for. */
    static void dropout(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 3);
        node.number("ratio", 0);
        node.integer("seed", 0);
        if (node.hasInput(2)) {
            for (long trains : node.constant(2).integers()) {
                if (trains != 0) {
                    throw node.error("training_mode is set; export the network for inference");
                }
            }
        }
        graph.define(node, node.operand(0));
        if (node.isRead(1)) {
            // Nothing is dropped: a mask of ones.
            int[] extents = node.extents(0);
            long[] ones = new long[Shape.of(extents).size()];
            Arrays.fill(ones, 1);
            graph.define(node, 1, ConstantTensor.of(node.output(1), extents, ones));
        }
    }
}
