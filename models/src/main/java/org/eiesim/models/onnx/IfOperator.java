package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;

/** If, where the condition is constant: the branch that is taken stands in its place. */
final class IfOperator {
    private IfOperator() {}

    /** Imports If. */
    static void branch(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        long[] condition = node.constant(0).integers();
        if (condition.length != 1) {
            throw node.error("its condition has " + condition.length + " values, not 1");
        }
        node.ignore("then_branch", "else_branch");
        graph.inline(node, node.graph(condition[0] != 0 ? "then_branch" : "else_branch"));
    }
}
