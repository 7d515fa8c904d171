package org.eiesim.models.onnx;

import java.util.Map;
import java.util.Objects;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.TensorNode;

/**
 * Where a batch goes that is the outer part of an axis, as in {@code [batch * steps, values]}: a node may do what it likes
 * with other axes.
 */
final class MergedBatch {
    private final Batches batches;
    private final Map<String, Shape> shapes;

    private MergedBatch(Batches batches, Map<String, Shape> shapes) {
        this.batches = batches;
        this.shapes = shapes;
    }

    /**
     * Follows the axis through a node.
     *
     * @param node a node that reads at least one value with such an axis
     * @param batches where that axis is in what it reads
     * @param shapes shapes by value
     * @return the axis of the result, or {@link Operand#NO_BATCH} where the node mixes samples or might
     */
    static int axisAfter(Node node, Batches batches, Map<String, Shape> shapes) {
        return new MergedBatch(batches, shapes).after(node);
    }

    private int after(Node node) {
        int axis = batches.mergedAxis(node.inputs().get(0));
        int rank = rank(node.inputs().get(0));
        if (node instanceof Node.Activation || node instanceof Node.Dropout || node instanceof TensorNode.Embedding) {
            return axis;
        }
        if (node instanceof Node.Dense || node instanceof Node.Softmax) {
            return axis == rank - 1 ? Operand.NO_BATCH : axis;
        }
        if (node instanceof NormalizationNode.Layer layer) {
            return normalized(layer, axis);
        }
        if (node instanceof Node.Arithmetic arithmetic) {
            return combined(arithmetic.left(), arithmetic.right());
        }
        if (node instanceof TensorNode.Transpose transpose) {
            return transpose.permutation().indexOf(axis);
        }
        if (node instanceof TensorNode.Slice slice) {
            return slice.axis() == axis ? Operand.NO_BATCH : axis;
        }
        if (node instanceof TensorNode.Gather gather) {
            return gather.axis() == axis ? Operand.NO_BATCH : axis;
        }
        if (node instanceof TensorNode.Reduction reduction) {
            return reduced(reduction, axis);
        }
        if (node instanceof TensorNode.Concat concat) {
            boolean isSame = concat.inputs().stream()
                    .allMatch(input -> batches.mergedAxis(input) == axis && axis != concat.axis());
            return isSame ? axis : Operand.NO_BATCH;
        }
        if (node instanceof Node.Reshape reshape) {
            return reshaped(Objects.requireNonNull(shapes.get(reshape.input())), axis, reshape.shape());
        }
        return Operand.NO_BATCH;
    }

    private int normalized(NormalizationNode.Layer layer, int axis) {
        int[] extents = Objects.requireNonNull(shapes.get(layer.input())).toArray();
        int inner = 1;
        for (int i = axis; i < extents.length; i++) {
            inner *= extents[i];
        }
        // The last axes that hold as many elements as the scale are mixed.
        return inner > layer.scale().values().length ? axis : Operand.NO_BATCH;
    }

    private int combined(String left, String right) {
        int rank = Math.max(rank(left), rank(right));
        int leftFromEnd = fromEnd(left);
        int rightFromEnd = fromEnd(right);
        int fromEnd = Math.max(leftFromEnd, rightFromEnd);
        boolean fits = fits(left, leftFromEnd, fromEnd) && fits(right, rightFromEnd, fromEnd);
        if (leftFromEnd == rightFromEnd) {
            fits &= Objects.requireNonNull(shapes.get(left)).extent(rank(left) - fromEnd)
                    == Objects.requireNonNull(shapes.get(right)).extent(rank(right) - fromEnd);
        }
        return fits ? rank - fromEnd : Operand.NO_BATCH;
    }

    private int fromEnd(String value) {
        int axis = batches.mergedAxis(value);
        return axis < 0 ? 0 : rank(value) - axis;
    }

    /** Tells whether an operand has the batch there, or depends on none and is repeated along that axis. */
    private boolean fits(String value, int own, int fromEnd) {
        if (own > 0) {
            return own == fromEnd;
        }
        int rank = rank(value);
        return !batches.isCut(value)
                && (rank < fromEnd || Objects.requireNonNull(shapes.get(value)).extent(rank - fromEnd) == 1);
    }

    private static int reduced(TensorNode.Reduction reduction, int axis) {
        if (reduction.axes().contains(axis)) {
            return Operand.NO_BATCH;
        }
        int before =
                (int) reduction.axes().stream().filter(other -> other < axis).count();
        return reduction.keepAxes() ? axis : axis - before;
    }

    /** Finds the axis that begins where another begins and is a whole part of it or the other way round. */
    static int reshaped(Shape from, int axis, Shape to) {
        long before = 1;
        for (int i = 0; i < axis; i++) {
            before *= from.extent(i);
        }
        long prefix = 1;
        for (int i = 0; i < to.rank() && prefix <= before; i++) {
            if (prefix == before && to.extent(i) == from.extent(axis)) {
                return i;
            }
            prefix *= to.extent(i);
        }
        return Operand.NO_BATCH;
    }

    private int rank(String value) {
        return Objects.requireNonNull(shapes.get(value)).rank();
    }
}
