package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;

/** CumSum along a constant axis: a product with a triangle of ones. */
final class CumulativeSum {
    private CumulativeSum() {}

    /** Imports CumSum. */
    static void importNode(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        int rank = node.computed(0).onnxRank();
        int axis = node.axis("axis", node.single(1).integers()[0], rank, 1);
        Operand.Computed value = BatchAxis.along(node, graph, node.computed(0), axis);
        int[] swap = new int[rank];
        for (int i = 0; i < rank; i++) {
            swap[i] = i == axis ? rank - 1 : i == rank - 1 ? axis : i;
        }
        Operand.Computed last = ShapeOperators.transposed(node, graph, value, swap, graph.part(node, "last"));
        Operand.Computed sums = sums(node, graph, last);
        graph.define(node, ShapeOperators.transposed(node, graph, sums, swap, graph.part(node, "back")));
    }

    private static Operand.Computed sums(OnnxNode node, GraphImport graph, Operand.Computed value)
            throws FormatException {
        Shape shape = value.shape();
        int length = shape.extent(shape.rank() - 1);
        boolean isExclusive = node.integer("exclusive", 0) != 0;
        boolean isReversed = node.integer("reverse", 0) != 0;
        node.reserve((long) length * length);
        float[] triangle = new float[Math.multiplyExact(length, length)];
        for (int from = 0; from < length; from++) {
            for (int to = 0; to < length; to++) {
                int distance = isReversed ? from - to : to - from;
                triangle[from * length + to] = distance > 0 || (distance == 0 && !isExclusive) ? 1 : 0;
            }
        }
        Tensor ones = new Tensor(Shape.of(length, length), triangle);
        String right = graph.append(new TensorNode.Constant(graph.part(node, "ones"), ones), Operand.NO_BATCH)
                .value();
        String name = graph.name(node, null);
        if (shape.rank() > 1) {
            return graph.append(new TensorNode.MatrixProduct(name, value.value(), right), value.batchAxis());
        }
        String row = graph.append(
                        new Node.Reshape(graph.part(node, "row"), value.value(), Shape.of(1, length)),
                        value.batchAxis())
                .value();
        String product = graph.append(new TensorNode.MatrixProduct(name, row, right), value.batchAxis())
                .value();
        return graph.append(new Node.Reshape(graph.part(node, "sums"), product, shape), value.batchAxis());
    }
}
