package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
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
        Operand.Computed value = BatchAxis.along(
                node, graph, input, axes.stream().mapToInt(Integer::intValue).toArray());
        Operand.Computed result = reduced(node, graph, value, operator, axes, keep);
        boolean isWhole = operator == ReductionOperator.MEAN && ElementTypes.isInteger(node.type(0));
        graph.define(node, isWhole ? CastOperator.truncated(node, graph, result) : result);
    }

    private static Operand.Computed reduced(
            OnnxNode node,
            GraphImport graph,
            Operand.Computed value,
            ReductionOperator operator,
            List<Integer> axes,
            boolean keep) {
        List<Integer> sampleAxes = axes.stream().map(value::sampleAxis).sorted().toList();
        int before =
                (int) axes.stream().filter(axis -> axis < value.batchAxis()).count();
        int batchAxis = keep || value.batchAxis() == Operand.NO_BATCH ? value.batchAxis() : value.batchAxis() - before;
        return graph.append(
                new TensorNode.Reduction(graph.name(node, null), value.value(), operator, sampleAxes, keep), batchAxis);
    }

    /** Returns the importer of ArgMax or ArgMin. */
    static OperatorImporter position(ReductionOperator operator) {
        return (node, graph) -> {
            node.requireInputs(1, 1);
            int axis = node.axis("axis", 0, node.computed(0).onnxRank());
            boolean keep = node.integer("keepdims", 1) != 0;
            Operand.Computed value = BatchAxis.along(node, graph, node.computed(0), axis);
            int sampleAxis = value.sampleAxis(axis);
            int extent = value.shape().extent(sampleAxis);
            if (node.integer("select_last_index", 0) == 0) {
                graph.define(node, reduced(node, graph, value, operator, List.of(axis), keep));
                return;
            }
            // The last one is the first one from the end.
            Operand.Computed backwards = graph.append(
                    new TensorNode.Slice(
                            graph.part(node, "backwards"), value.value(), sampleAxis, extent - 1, extent, -1),
                    value.batchAxis());
            Operand.Computed fromEnd = reduced(node, graph, backwards, operator, List.of(axis), keep);
            ConstantTensor last = ArithmeticOperators.scalar(node, extent - 1f);
            ArithmeticOperators.apply(node, graph, ArithmeticOperator.SUBTRACT, last, fromEnd);
        };
    }
}
