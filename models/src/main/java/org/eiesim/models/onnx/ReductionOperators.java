package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.TensorNode;

/** ReduceMean and its like. */
final class ReductionOperators {
    private ReductionOperators() {}

    /** Returns the importer of a reduction. */
    static OperatorImporter of(ReductionOperator operator) {
        return (node, graph) -> reduce(node, graph, operator);
    }

    private static void reduce(OnnxNode node, GraphImport graph, ReductionOperator operator) throws FormatException {
        node.requireInputs(1, 2);
        Operand.Computed input = node.computed(0);
        boolean keep = node.integer("keepdims", 1) != 0;
        boolean emptyIsNone = node.integer("noop_with_empty_axes", 0) != 0;
        long[] given = node.integers("axes", 1);
        int rank = input.onnxRank();
        if (given == null || given.length == 0) {
            if (emptyIsNone) {
                graph.define(node, input);
                return;
            }
            given = IntStream.range(0, rank).asLongStream().toArray();
        }
        List<Integer> axes = new ArrayList<>();
        for (long axis : given) {
            axes.add(node.axis("axes", axis, rank, 1));
        }
        Operand.Computed value = graph.along(
                node, input, axes.stream().mapToInt(Integer::intValue).toArray());
        List<Integer> sampleAxes = axes.stream().map(value::sampleAxis).sorted().toList();
        int before =
                (int) axes.stream().filter(axis -> axis < value.batchAxis()).count();
        int batchAxis = keep || value.batchAxis() == Operand.NO_BATCH ? value.batchAxis() : value.batchAxis() - before;
        graph.add(
                node,
                new TensorNode.Reduction(graph.name(node, null), value.value(), operator, sampleAxes, keep),
                batchAxis);
    }
}
