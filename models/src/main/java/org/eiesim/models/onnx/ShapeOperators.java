package org.eiesim.models.onnx;

import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;

/** Flatten and Reshape, as far as they leave the batch axis alone. */
final class ShapeOperators {
    private ShapeOperators() {}

    /** Imports Flatten: every axis before {@code axis}, besides the batch, must have extent 1. */
    static void flatten(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        long axis = node.integer("axis", 1);
        long positive = axis < 0 ? axis + input.onnxRank() : axis;
        boolean keepsBatch = positive >= 1 && positive <= input.onnxRank();
        for (int before = 1; keepsBatch && before < positive; before++) {
            keepsBatch = input.shape().extent(before - 1) == 1;
        }
        if (!keepsBatch) {
            throw node.unsupported("axis", axis + " for a value of " + input.onnxRank() + " axes");
        }
        graph.add(node, new Node.Flatten(graph.name(node, null), input.value()));
    }

    /** Imports Reshape to a constant shape. */
    static void reshape(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        Operand.Computed input = node.computed(0);
        boolean zeroCopies = node.integer("allowzero", 0) == 0;
        long[] wanted = node.constant(1).integers();
        Shape shape = sampleShape(node, graph, input.shape(), wanted, zeroCopies);
        graph.add(node, new Node.Reshape(graph.name(node, null), input.value(), shape));
    }

    private static Shape sampleShape(OnnxNode node, GraphImport graph, Shape input, long[] wanted, boolean zeroCopies)
            throws FormatException {
        boolean batchFirst = wanted.length > 1
                && (wanted[0] == -1 || (wanted[0] == 0 && zeroCopies) || graph.isBatchExtent(wanted[0]));
        if (!batchFirst) {
            throw misfit(node, input, wanted);
        }
        int[] extents = new int[wanted.length - 1];
        int open = -1;
        long known = 1;
        for (int i = 0; i < extents.length; i++) {
            long extent = wanted[i + 1];
            if (extent == -1 && open < 0 && wanted[0] != -1) {
                open = i;
                continue;
            }
            if (extent == 0 && zeroCopies && i < input.rank()) {
                extent = input.extent(i);
            }
            if (extent < 1 || extent > input.size()) {
                throw misfit(node, input, wanted);
            }
            extents[i] = (int) extent;
            known = Math.min(known * extent, Integer.MAX_VALUE);
        }
        if (open >= 0) {
            extents[open] = (int) (input.size() / known);
            known *= extents[open];
        }
        if (known != input.size()) {
            throw misfit(node, input, wanted);
        }
        return Shape.of(extents);
    }

    private static FormatException misfit(OnnxNode node, Shape input, long[] wanted) {
        return node.error(
                "shape " + Arrays.toString(wanted) + " does not give each sample of " + input + " a shape of its own");
    }
}
