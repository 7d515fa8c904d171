package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;

/** Identity and Dropout: at inference both yield what they read, so neither becomes a node. */
final class PassThroughOperators {
    private static final Set<String> OPERATORS = Set.of("Identity", "Dropout");

    /** From this version on, the operator has a mode of training. */
    private static final int TRAINING_OPSET = 12;

    private static final float DEFAULT_RATE = 0.5f;

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

    /**
     * Imports Dropout; its rate only matters in training, which {@code training_mode} may ask for where the rate is 0. The
     * mask, of the shape of what it reads, is false throughout before operator set 12 and true throughout from there on, as
     * ONNX Runtime has it.
     */
    static void dropout(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 3);
        float rate = node.number("ratio", DEFAULT_RATE);
        node.integer("seed", 0);
        if (node.hasInput(1)) {
            rate = node.single(1).floats()[0];
        }
        if (node.hasInput(2) && rate != 0) {
            for (long trains : node.constant(2).integers()) {
                if (trains != 0) {
                    throw node.error("training_mode is set, which drops values at random; export the network for"
                            + " inference");
                }
            }
        }
        graph.define(node, node.operand(0));
        if (node.isRead(1)) {
            int[] extents = PlainNodes.extents(node, 0);
            long[] mask = new long[Shape.of(extents).size()];
            Arrays.fill(mask, graph.opset() < TRAINING_OPSET ? 0 : 1);
            graph.define(node, 1, ConstantTensor.of(node.output(1), extents, mask));
        }
    }
}
