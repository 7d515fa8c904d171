package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.Broadcast;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.TensorNode;

/** Operators that give a value another shape or another order of axes. */
final class ShapeOperators {
    private ShapeOperators() {}

    /** Imports Flatten: the axes before one and those from it on become one axis each. */
    static void flatten(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        int[] extents = graph.batches().declaredExtents(input);
        int axis = node.axis("axis", node.integer("axis", 1), extents.length, 0);
        int[] flat = {1, 1};
        for (int i = 0; i < extents.length; i++) {
            flat[i < axis ? 0 : 1] = Math.multiplyExact(flat[i < axis ? 0 : 1], extents[i]);
        }
        String name = graph.name(node, null);
        graph.define(
                node,
                Regrouping.apply(
                        node,
                        graph,
                        input,
                        flat,
                        shape -> shape.rank() == 1
                                ? new Node.Flatten(name, input.value())
                                : new Node.Reshape(name, input.value(), shape)));
    }

    /** Imports Reshape to a constant shape. */
    static void reshape(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        Operand.Computed input = node.computed(0);
        boolean zeroCopies = node.integer("allowzero", 0) == 0;
        int[] extents = target(
                node, graph.batches().declaredExtents(input), node.constant(1).integers(), zeroCopies);
        String name = graph.name(node, null);
        graph.define(
                node,
                Regrouping.apply(node, graph, input, extents, shape -> new Node.Reshape(name, input.value(), shape)));
    }

    /** After a change of shape, a first axis of extent 1 counts as the batch. */
    private static int batchAxis(int[] onnxExtents) {
        return onnxExtents.length > 0 && onnxExtents[0] == 1 ? 0 : Operand.NO_BATCH;
    }

    /** Works out the extents that a shape with zeros and at most one -1 means. */
    static int[] target(OnnxNode node, int[] from, long[] wanted, boolean zeroCopies) throws FormatException {
        int[] extents = new int[wanted.length];
        int open = -1;
        long known = 1;
        long size = Shape.of(from).size();
        for (int i = 0; i < extents.length; i++) {
            long extent = wanted[i];
            if (extent == -1 && open < 0) {
                open = i;
                continue;
            }
            if (extent == 0 && zeroCopies && i < from.length) {
                extent = from[i];
            }
            if (extent < 1 || extent > size) {
                throw misfit(node, from, wanted);
            }
            extents[i] = (int) extent;
            known = Math.min(known * extent, Integer.MAX_VALUE);
        }
        if (open >= 0) {
            extents[open] = (int) (size / known);
            known *= extents[open];
        }
        if (known != size) {
            throw misfit(node, from, wanted);
        }
        return extents;
    }

    private static FormatException misfit(OnnxNode node, int[] from, long[] wanted) {
        return node.error(
                "shape " + Arrays.toString(wanted) + " does not hold the elements of " + Arrays.toString(from));
    }

    /** Imports Squeeze. */
    static void squeeze(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 2);
        Operand.Computed input = node.computed(0);
        boolean[] ends = ending(node, graph.batches().declaredExtents(input));
        if (graph.batches().isCut(input.value())
                && input.batchAxis() != Operand.NO_BATCH
                && !node.hasInput(1)
                && !node.hasAttribute("axes")) {
            // A batch left open has more than one sample.
            ends[input.batchAxis()] = false;
        }
        int batchAxis = Operand.NO_BATCH;
        if (input.batchAxis() != Operand.NO_BATCH && !ends[input.batchAxis()]) {
            batchAxis = (int) IntStream.range(0, input.batchAxis())
                    .filter(axis -> !ends[axis])
                    .count();
        }
        graph.define(node, BatchAxis.reshaped(node, graph, input, remaining(input.onnxExtents(), ends), batchAxis));
    }

    /** Returns the extents that Squeeze leaves. */
    static int[] squeezed(OnnxNode node, int[] extents) throws FormatException {
        return remaining(extents, ending(node, extents));
    }

    private static int[] remaining(int[] extents, boolean[] ends) {
        return IntStream.range(0, extents.length)
                .filter(axis -> !ends[axis])
                .map(axis -> extents[axis])
                .toArray();
    }

    private static boolean[] ending(OnnxNode node, int[] extents) throws FormatException {
        boolean[] ends = new boolean[extents.length];
        long[] axes = node.integers("axes", 1);
        if (axes == null) {
            for (int axis = 0; axis < ends.length; axis++) {
                ends[axis] = extents[axis] == 1;
            }
            return ends;
        }
        for (long axis : axes) {
            int positive = node.axis("axes", axis, extents.length, 1);
            if (extents[positive] != 1) {
                throw node.error("axis " + axis + " has extent " + extents[positive] + ", not 1");
            }
            ends[positive] = true;
        }
        return ends;
    }

    /** Imports Unsqueeze. */
    static void unsqueeze(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 2);
        Operand.Computed input = node.computed(0);
        boolean[] added = added(node, input.onnxRank());
        int[] extents = unsqueezed(node, input.onnxExtents());
        int batchAxis = graph.batches().isCut(input.value()) ? Operand.NO_BATCH : batchAxis(extents);
        for (int axis = 0, own = 0; input.batchAxis() != Operand.NO_BATCH && axis < added.length; axis++) {
            if (!added[axis] && own++ == input.batchAxis()) {
                batchAxis = axis;
            }
        }
        graph.define(node, BatchAxis.reshaped(node, graph, input, extents, batchAxis));
    }

    /** Returns the extents that Unsqueeze makes. */
    static int[] unsqueezed(OnnxNode node, int[] extents) throws FormatException {
        boolean[] added = added(node, extents.length);
        int[] result = new int[added.length];
        int own = 0;
        for (int axis = 0; axis < result.length; axis++) {
            result[axis] = added[axis] ? 1 : extents[own++];
        }
        return result;
    }

    private static boolean[] added(OnnxNode node, int rank) throws FormatException {
        long[] axes = node.integers("axes", 1);
        if (axes == null) {
            throw node.error("it has no axes");
        }
        boolean[] added = new boolean[rank + axes.length];
        for (long axis : axes) {
            int positive = node.axis("axes", axis, added.length, 1);
            if (added[positive]) {
                throw node.error("axis " + axis + " appears twice");
            }
            added[positive] = true;
        }
        return added;
    }

    /** Imports Transpose. */
    static void transpose(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        define(node, graph, input, permutation(node, input.onnxRank()));
    }

    private static void define(OnnxNode node, GraphImport graph, Operand.Computed input, int[] permutation)
            throws FormatException {
        Operand.Computed transposed = transposed(node, graph, input, permutation, graph.name(node, null));
        graph.define(node, transposed);
    }

    /** Reorders the axes of ONNX; the batch axis may move. */
    static Operand.Computed transposed(
            OnnxNode node, GraphImport graph, Operand.Computed input, int[] permutation, String name) {
        int batchAxis = Operand.NO_BATCH;
        int[] sample = new int[input.shape().rank()];
        int at = 0;
        boolean isIdentity = true;
        for (int axis = 0; axis < permutation.length; axis++) {
            if (permutation[axis] == input.batchAxis()) {
                batchAxis = axis;
                continue;
            }
            sample[at] = input.sampleAxis(permutation[axis]);
            isIdentity &= sample[at] == at;
            at++;
        }
        if (isIdentity) {
            return new Operand.Computed(input.value(), input.shape(), batchAxis);
        }
        List<Integer> axes = Arrays.stream(sample).boxed().toList();
        return graph.append(new TensorNode.Transpose(name, input.value(), axes), batchAxis);
    }

    /** Returns the order of axes that a node asks for. */
    static int[] permutation(OnnxNode node, int rank) throws FormatException {
        List<Long> given = node.integers("perm");
        if (given == null) {
            return IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
        }
        boolean fits = given.size() == rank
                && given.stream().distinct().count() == rank
                && given.stream().allMatch(axis -> axis >= 0 && axis < rank);
        if (!fits) {
            throw node.error("attribute perm = " + given + " is not an order of " + rank + " axes");
        }
        return given.stream().mapToInt(Math::toIntExact).toArray();
    }

    /** Imports Expand: a product with ones, where anything is repeated. */
    static void expand(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 2);
        Operand.Computed input = node.computed(0);
        long[] wanted = node.constant(1).integers();
        int[] target = Arrays.stream(wanted).mapToInt(Math::toIntExact).toArray();
        int batchAt = input.batchAxis() - (input.onnxRank() - target.length);
        if (input.batchAxis() != Operand.NO_BATCH
                && batchAt >= 0
                && target[batchAt] == graph.batches().declaredExtents(input)[input.batchAxis()]) {
            target[batchAt] = 1;
        }
        int[] extents = Broadcast.extents(input.onnxExtents(), target);
        if (Arrays.equals(extents, input.onnxExtents())) {
            graph.define(node, input);
            return;
        }
        node.reserve(Shape.of(extents).size());
        float[] ones = new float[Shape.of(target).size()];
        Arrays.fill(ones, 1f);
        ConstantTensor constant = ConstantTensor.of(node.output(), target, ones);
        ArithmeticOperators.apply(node, graph, ArithmeticOperator.MULTIPLY, input, constant);
    }
}
