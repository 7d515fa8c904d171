package org.eiesim.models.network;

import static org.eiesim.models.network.ShapeInference.misfit;
import static org.eiesim.models.network.ShapeInference.shapeOf;

import java.util.Arrays;
import java.util.function.Function;
import org.eiesim.kernels.nn.Broadcast;

/** Shapes of the nodes that work on whole tensors: arithmetic, rearrangement, reduction, normalisation. */
final class TensorShapes {
    private TensorShapes() {}

    static Shape arithmetic(Node.Arithmetic node, Function<String, Shape> shapes) {
        Shape left = shapes.apply(node.left());
        Shape right = shapes.apply(node.right());
        return shapeOf(node, broadcast(node, left, left.toArray(), right, right.toArray()));
    }

    private static int[] broadcast(Node node, Shape left, int[] leftExtents, Shape right, int[] rightExtents) {
        try {
            return Broadcast.extents(leftExtents, rightExtents);
        } catch (IllegalArgumentException e) {
            throw misfit(node, left, "its other operand " + node.inputs().get(1) + " has shape " + right);
        }
    }

    static Shape embedding(TensorNode.Embedding node, Function<String, Shape> shapes) {
        int[] input = shapes.apply(node.input()).toArray();
        int[] extents = Arrays.copyOf(input, input.length + 1);
        extents[input.length] = node.weight().shape().extent(1);
        return shapeOf(node, extents);
    }

    static Shape select(TensorNode.Select node, Function<String, Shape> shapes) {
        int[] extents = new int[0];
        for (String input : node.inputs()) {
            try {
                extents = Broadcast.extents(extents, shapes.apply(input).toArray());
            } catch (IllegalArgumentException e) {
                throw misfit(node, shapes.apply(node.condition()), input + " has shape " + shapes.apply(input));
            }
        }
        return shapeOf(node, extents);
    }

    static Shape matrixProduct(TensorNode.MatrixProduct node, Function<String, Shape> shapes) {
        Shape left = shapes.apply(node.left());
        Shape right = shapes.apply(node.right());
        if (left.rank() < 2 || right.rank() < 2 || left.extent(left.rank() - 1) != right.extent(right.rank() - 2)) {
            throw misfit(node, left, "its other operand " + node.right() + " has shape " + right);
        }
        int[] stack = broadcast(
                node,
                left,
                Arrays.copyOf(left.toArray(), left.rank() - 2),
                right,
                Arrays.copyOf(right.toArray(), right.rank() - 2));
        int[] extents = Arrays.copyOf(stack, stack.length + 2);
        extents[stack.length] = left.extent(left.rank() - 2);
        extents[stack.length + 1] = right.extent(right.rank() - 1);
        return shapeOf(node, extents);
    }

    static Shape reduction(TensorNode.Reduction node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        int[] extents = new int[input.rank()];
        int numKept = 0;
        node.axes().forEach(axis -> requireAxis(node, input, axis));
        for (int axis = 0; axis < input.rank(); axis++) {
            if (!node.axes().contains(axis)) {
                extents[numKept++] = input.extent(axis);
            } else if (node.keepAxes()) {
                extents[numKept++] = 1;
            }
        }
        return shapeOf(node, Arrays.copyOf(extents, numKept));
    }

    static Shape concat(TensorNode.Concat node, Function<String, Shape> shapes) {
        Shape first = shapes.apply(node.inputs().get(0));
        requireAxis(node, first, node.axis());
        long total = 0;
        for (String input : node.inputs()) {
            Shape shape = shapes.apply(input);
            if (!Arrays.equals(without(first, node.axis()), without(shape, node.axis()))) {
                throw misfit(node, first, input + " has shape " + shape + ", which differs beside axis " + node.axis());
            }
            total += shape.extent(node.axis());
        }
        if (total > Integer.MAX_VALUE) {
            throw misfit(node, first, total + " elements along axis " + node.axis() + " are too many");
        }
        int[] extents = first.toArray();
        extents[node.axis()] = (int) total;
        return shapeOf(node, extents);
    }

    private static int[] without(Shape shape, int axis) {
        int[] extents = shape.toArray();
        if (axis >= extents.length) {
            return extents;
        }
        extents[axis] = 0;
        return extents;
    }

    static Shape slice(TensorNode.Slice node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        requireAxis(node, input, node.axis());
        int extent = input.extent(node.axis());
        long last = node.start() + (node.count() - 1L) * node.step();
        if (node.start() >= extent || last < 0 || last >= extent) {
            throw misfit(node, input, "it takes elements " + node.start() + ".." + last + " of axis " + node.axis());
        }
        int[] extents = input.toArray();
        extents[node.axis()] = node.count();
        return shapeOf(node, extents);
    }

    static Shape gather(TensorNode.Gather node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        requireAxis(node, input, node.axis());
        int[] extents = input.toArray();
        for (int index : node.indices()) {
            if (index >= extents[node.axis()]) {
                throw misfit(node, input, "it takes element " + index + " of axis " + node.axis());
            }
        }
        extents[node.axis()] = node.indices().size();
        return shapeOf(node, extents);
    }

    static Shape transpose(TensorNode.Transpose node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        if (input.rank() != node.permutation().size()) {
            throw misfit(node, input, "its permutation " + node.permutation() + " is of other axes");
        }
        int[] extents = new int[input.rank()];
        for (int axis = 0; axis < extents.length; axis++) {
            int from = node.permutation().get(axis);
            requireAxis(node, input, from);
            extents[axis] = input.extent(from);
        }
        return shapeOf(node, extents);
    }

    static Shape batchNormalization(NormalizationNode.Batch node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        int numChannels = node.scale().shape().extent(0);
        if (input.rank() == 0 || input.extent(0) != numChannels) {
            throw misfit(node, input, "it needs " + numChannels + " channels");
        }
        return input;
    }

    static Shape layerNormalization(NormalizationNode.Layer node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        int length = node.scale().shape().extent(0);
        long run = 1;
        for (int axis = input.rank() - 1; axis >= 0 && run < length; axis--) {
            run *= input.extent(axis);
        }
        if (run != length) {
            throw misfit(node, input, "its scale of " + length + " does not fit the last axes");
        }
        return input;
    }

    static Shape localResponse(NormalizationNode.LocalResponse node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        if (input.rank() < 2) {
            throw misfit(node, input, "it needs channels and at least one axis more");
        }
        return input;
    }

    private static void requireAxis(Node node, Shape input, int axis) {
        if (axis < 0 || axis >= input.rank()) {
            throw misfit(node, input, "it has no axis " + axis);
        }
    }
}
