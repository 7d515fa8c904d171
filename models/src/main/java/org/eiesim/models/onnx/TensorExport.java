package org.eiesim.models.onnx;

import static org.eiesim.models.onnx.GraphExport.integer;
import static org.eiesim.models.onnx.GraphExport.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;

/** Writes arithmetic, rearrangement and reduction. Axis {@code i} of a sample is axis {@code i + 1} of ONNX's batch. */
final class TensorExport {
    private TensorExport() {}

    static void arithmetic(Node.Arithmetic node, GraphExport graph) {
        int rank = graph.shapeOf(node.name()).rank();
        List<String> inputs =
                List.of(aligned(node, node.left(), rank, graph), aligned(node, node.right(), rank, graph));
        switch (node.operator()) {
            case EQUAL -> comparison("Equal", node, inputs, graph);
            case LESS -> comparison("Less", node, inputs, graph);
            case LESS_OR_EQUAL -> comparison("LessOrEqual", node, inputs, graph);
            case REMAINDER -> graph.add("Mod", node.name(), inputs, integer("fmod", 1));
            case MODULO -> modulo(node, inputs, graph);
            default -> graph.add(operator(node), node.name(), inputs);
        }
    }

    /** ONNX compares to truth values; here they are 1 and 0. */
    private static void comparison(String operator, Node node, List<String> inputs, GraphExport graph) {
        String truth = graph.take(node.name() + ".truth");
        graph.add(operator, truth, inputs);
        graph.add("Cast", node.name(), List.of(truth), integer("to", DataType.FLOAT_VALUE));
    }

    /** ONNX's floor remainder takes integers; of real numbers it is {@code a - b floor(a / b)}. */
    private static void modulo(Node node, List<String> inputs, GraphExport graph) {
        String quotient = graph.take(node.name() + ".quotient");
        graph.add("Div", quotient, inputs);
        String floor = graph.take(node.name() + ".floor");
        graph.add("Floor", floor, List.of(quotient));
        String whole = graph.take(node.name() + ".whole");
        graph.add("Mul", whole, List.of(floor, inputs.get(1)));
        graph.add("Sub", node.name(), List.of(inputs.get(0), whole));
    }

    private static String operator(Node.Arithmetic node) {
        return switch (node.operator()) {
            case ADD -> "Add";
            case SUBTRACT -> "Sub";
            case MULTIPLY -> "Mul";
            case DIVIDE -> "Div";
            case MAXIMUM -> "Max";
            case MINIMUM -> "Min";
            case POWER -> "Pow";
            default -> throw new IllegalStateException("no operator of ONNX for " + node.operator());
        };
    }

    static void select(TensorNode.Select node, GraphExport graph) {
        int rank = graph.shapeOf(node.name()).rank();
        String condition = graph.take(node.name() + ".condition");
        graph.add(
                "Cast",
                condition,
                List.of(aligned(node, node.condition(), rank, graph)),
                integer("to", DataType.BOOL_VALUE));
        graph.add(
                "Where",
                node.name(),
                List.of(condition, aligned(node, node.yes(), rank, graph), aligned(node, node.no(), rank, graph)));
    }

    /** ONNX aligns axes from the last one, the batch among them: a sample of fewer axes first gets the missing ones. */
    private static String aligned(Node node, String value, int rank, GraphExport graph) {
        Shape shape = graph.shapeOf(value);
        if (shape.rank() == rank) {
            return value;
        }
        long[] extents = new long[rank + 1];
        for (int axis = 1; axis <= rank; axis++) {
            int own = axis - 1 - (rank - shape.rank());
            extents[axis] = own < 0 ? 1 : shape.extent(own);
        }
        String output = graph.take(node.name() + ".aligned");
        graph.add("Reshape", output, List.of(value, graph.constant(output + ".shape", extents)));
        return output;
    }

    static void constant(TensorNode.Constant node, GraphExport graph) {
        int[] extents = node.value().shape().toArray();
        int[] batch = new int[extents.length + 1];
        batch[0] = 1;
        System.arraycopy(extents, 0, batch, 1, extents.length);
        String tensor = graph.constant(
                node.name() + ".value", new Tensor(Shape.of(batch), node.value().values()));
        graph.add("Identity", node.name(), List.of(tensor));
    }

    static void embedding(TensorNode.Embedding node, GraphExport graph) {
        String indices = graph.take(node.name() + ".indices");
        graph.add("Cast", indices, node.inputs(), integer("to", DataType.INT64_VALUE));
        String table = graph.constant(node.name() + ".weight", node.weight());
        graph.add("Gather", node.name(), List.of(table, indices), integer("axis", 0));
    }

    static void matrixProduct(TensorNode.MatrixProduct node, GraphExport graph) {
        int rank = graph.shapeOf(node.name()).rank();
        graph.add(
                "MatMul",
                node.name(),
                List.of(aligned(node, node.left(), rank, graph), aligned(node, node.right(), rank, graph)));
    }

    static void reduction(TensorNode.Reduction node, GraphExport graph) {
        String operator = switch (node.operator()) {
            case MEAN -> "ReduceMean";
            case SUM -> "ReduceSum";
            case MAXIMUM -> "ReduceMax";
            case MINIMUM -> "ReduceMin";
            case PRODUCT -> "ReduceProd";
            case ARG_MAXIMUM -> "ArgMax";
            case ARG_MINIMUM -> "ArgMin";
        };
        long[] axes = node.axes().stream().mapToLong(axis -> axis + 1).toArray();
        long keep = node.keepAxes() ? 1 : 0;
        if (operator.startsWith("Arg")) {
            if (axes.length != 1) {
                throw new IllegalArgumentException(
                        "node " + node.name() + ": ONNX has no " + operator + " over " + axes.length + " axes");
            }
            String position = graph.take(node.name() + ".position");
            graph.add(operator, position, node.inputs(), integer("axis", axes[0]), integer("keepdims", keep));
            graph.add("Cast", node.name(), List.of(position), integer("to", DataType.FLOAT_VALUE));
        } else if (node.operator() == ReductionOperator.SUM || graph.opset() >= GraphExport.AXES_INPUT_OPSET) {
            List<String> inputs = List.of(node.input(), graph.constant(node.name() + ".axes", axes));
            graph.add(operator, node.name(), inputs, integer("keepdims", keep));
        } else {
            graph.add(operator, node.name(), node.inputs(), integers("axes", axes), integer("keepdims", keep));
        }
    }

    static void concat(TensorNode.Concat node, GraphExport graph) {
        graph.add("Concat", node.name(), node.inputs(), integer("axis", node.axis() + 1L));
    }

    static void slice(TensorNode.Slice node, GraphExport graph) {
        long last = node.start() + (node.count() - 1L) * node.step();
        // Going down past element 0 ends at an index that ONNX does not count from the end.
        long end = node.step() > 0 ? last + 1 : last == 0 ? Long.MIN_VALUE + 1 : last - 1;
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.add(graph.constant(node.name() + ".starts", new long[] {node.start()}));
        inputs.add(graph.constant(node.name() + ".ends", new long[] {end}));
        inputs.add(graph.constant(node.name() + ".axes", new long[] {node.axis() + 1L}));
        inputs.add(graph.constant(node.name() + ".steps", new long[] {node.step()}));
        graph.add("Slice", node.name(), inputs);
    }

    static void gather(TensorNode.Gather node, GraphExport graph) {
        long[] indices = node.indices().stream().mapToLong(Integer::longValue).toArray();
        List<String> inputs = List.of(node.input(), graph.constant(node.name() + ".indices", indices));
        graph.add("Gather", node.name(), inputs, integer("axis", node.axis() + 1L));
    }

    static void transpose(TensorNode.Transpose node, GraphExport graph) {
        long[] permutation = new long[node.permutation().size() + 1];
        for (int axis = 1; axis < permutation.length; axis++) {
            permutation[axis] = node.permutation().get(axis - 1) + 1L;
        }
        graph.add("Transpose", node.name(), node.inputs(), integers("perm", permutation));
    }
}
