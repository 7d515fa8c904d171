package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;

/** Gather: an embedding, where the indices are computed; slices, where they are constant. */
final class GatherOperator {
    private GatherOperator() {}

    /** Imports Gather. */
    static void gather(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        if (node.operand(0) instanceof ConstantTensor table) {
            embedding(node, graph, table);
        } else {
            pick(node, graph, node.computed(0), node.constant(1));
        }
    }

    private static void embedding(OnnxNode node, GraphImport graph, ConstantTensor table) throws FormatException {
        Operand.Computed indices = node.computed(1);
        int[] extents = table.extents();
        long axis = node.integer("axis", 0);
        if (extents.length != 2 || axis != 0) {
            throw node.unsupported("axis", axis + " for a table of " + extents.length + " axes");
        }
        Tensor weight = new Tensor(Shape.of(extents), table.numbers());
        graph.add(
                node,
                new TensorNode.Embedding(graph.name(node, table.name()), indices.value(), weight),
                indices.batchAxis());
    }

    private static void pick(OnnxNode node, GraphImport graph, Operand.Computed data, ConstantTensor constant)
            throws FormatException {
        int axis = node.axis("axis", 0, data.onnxRank());
        Operand.Computed value = BatchAxis.along(node, graph, data, axis);
        int[] extents = value.onnxExtents();
        int[] result = extents(extents, axis, constant.extents());
        long[] indices = constant.integers();
        int sampleAxis = value.sampleAxis(axis);
        int[] elements = new int[indices.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = index(indices[i], extents[axis]);
        }
        String whole = new Composition(node, graph).gather(value.value(), sampleAxis, elements);
        int rankChange = result.length - extents.length;
        int batchAxis = value.batchAxis() > axis ? value.batchAxis() + rankChange : value.batchAxis();
        Operand.Computed picked = new Operand.Computed(whole, graph.shape(whole), batchAxis);
        graph.define(node, BatchAxis.reshaped(node, graph, picked, result, batchAxis));
    }

    /** Returns the extents of what is gathered. */
    static int[] extents(int[] data, int axis, int[] indices) {
        int[] result = new int[data.length - 1 + indices.length];
        System.arraycopy(data, 0, result, 0, axis);
        System.arraycopy(indices, 0, result, axis, indices.length);
        System.arraycopy(data, axis + 1, result, axis + indices.length, data.length - axis - 1);
        return result;
    }

    /** Counts an index from the first element. */
    static int index(long index, int extent) {
        long positive = index < 0 ? index + extent : index;
        if (positive < 0 || positive >= extent) {
            throw new IllegalArgumentException("index " + index + " is not one of " + extent + " elements");
        }
        return (int) positive;
    }
}
