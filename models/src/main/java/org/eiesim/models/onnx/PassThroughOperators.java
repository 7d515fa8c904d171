package org.eiesim.models.onnx;

import java.util.Set;
import org.eiesim.kernels.bits.FormatException;

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
    }
}
