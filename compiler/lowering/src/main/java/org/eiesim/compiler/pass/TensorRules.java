package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.MoveAttributes;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.TensorNode;

/** Nodes that combine or rearrange whole tensors: work of the host, every repeated or moved value counted. */
final class TensorRules {
    /** Indices up to here are exact in float32, as which constants are stored. */
    private static final int MAX_EXTENT = 1 << 24;

    private TensorRules() {}

    static void arithmetic(Node.Arithmetic node, Rewrite rewrite) {
        int[] result = rewrite.shape(node.name()).toArray();
        String left = repeated(node.left(), result, "left", rewrite);
        String right = repeated(node.right(), result, "right", rewrite);
        rewrite.host(kind(node.operator()), List.of(left, right), Map.of());
    }

    private static HostKind kind(ArithmeticOperator operator) {
        return switch (operator) {
            case ADD -> HostKind.ADD;
            case SUBTRACT -> HostKind.SUBTRACT;
            case MULTIPLY -> HostKind.MULTIPLY;
            case DIVIDE -> HostKind.DIVIDE;
            case MAXIMUM -> HostKind.MAXIMUM;
            case MINIMUM -> HostKind.MINIMUM;
            case POWER -> HostKind.POWER;
            case EQUAL -> HostKind.EQUAL;
            case LESS -> HostKind.LESS;
            case LESS_OR_EQUAL -> HostKind.LESS_OR_EQUAL;
            case REMAINDER -> HostKind.REMAINDER;
            case MODULO -> HostKind.MODULO;
        };
    }

    static void select(TensorNode.Select node, Rewrite rewrite) {
        int[] result = rewrite.shape(node.name()).toArray();
        String condition = repeated(node.condition(), result, "condition", rewrite);
        String yes = repeated(node.yes(), result, "yes", rewrite);
        String no = repeated(node.no(), result, "no", rewrite);
        rewrite.host(HostKind.SELECT, List.of(condition, yes, no), Map.of());
    }

    /** Repeats a value along the axes it lacks or has an extent of 1 in; returns the value itself where there are none. */
    private static String repeated(String value, int[] result, String what, Rewrite rewrite) {
        int[] extents = rewrite.shape(value).toArray();
        if (rewrite.shape(value).size() == Shape.of(result).size()) {
            return value;
        }
        int[] steps = new int[result.length];
        int step = 1;
        for (int axis = result.length - 1; axis >= 0; axis--) {
            int own = axis - (result.length - extents.length);
            int extent = own < 0 ? 1 : extents[own];
            steps[axis] = extent == 1 ? 0 : step;
            step *= extent;
        }
        String repeated = rewrite.newValue(what, result);
        move(value, repeated, result, steps, strides(result), 0, 0, rewrite);
        return repeated;
    }

    static void constant(TensorNode.Constant node, Rewrite rewrite) {
        rewrite.hostInto(
                node.name(),
                HostKind.CONSTANT,
                List.of(node.name()),
                Map.of(),
                List.of(node.value().values()));
    }

    static void embedding(TensorNode.Embedding node, Rewrite rewrite) {
        Shape table = node.weight().shape();
        rewrite.hostInto(
                node.name(),
                HostKind.EMBEDDING,
                List.of(node.input()),
                Map.of("rows", table.extent(0), "axis_length", table.extent(1)),
                List.of(node.weight().values()));
    }

    /** Stacks of matrices; a stack that is repeated is repeated first. */
    static void matrixProduct(TensorNode.MatrixProduct node, Rewrite rewrite) {
        int[] result = rewrite.shape(node.name()).toArray();
        int[] left = rewrite.shape(node.left()).toArray();
        int rows = result[result.length - 2];
        int columns = result[result.length - 1];
        int inner = left[left.length - 1];
        int[] wantedLeft = result.clone();
        wantedLeft[result.length - 1] = inner;
        int[] wantedRight = result.clone();
        wantedRight[result.length - 2] = inner;
        String first = repeated(node.left(), wantedLeft, "left", rewrite);
        String second = repeated(node.right(), wantedRight, "right", rewrite);
        int batch = 1;
        for (int axis = 0; axis < result.length - 2; axis++) {
            batch *= result[axis];
        }
        rewrite.host(
                HostKind.MATRIX_PRODUCT,
                List.of(first, second),
                Map.of("batch", batch, "rows", rows, "inner", inner, "columns", columns));
    }

    /** The reduced axes are moved behind the others, which leaves the order of every sum as it is. */
    static void reduction(TensorNode.Reduction node, Rewrite rewrite) {
        int[] extents = rewrite.shape(node.input()).toArray();
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < extents.length; axis++) {
            if (!node.axes().contains(axis)) {
                order.add(axis);
            }
        }
        int length = 1;
        for (int axis = 0; axis < extents.length; axis++) {
            if (node.axes().contains(axis)) {
                order.add(axis);
                length *= extents[axis];
            }
        }
        String input = node.input();
        if (!isSorted(order)) {
            input = rewrite.newValue("ordered", permuted(extents, order));
            transposeInto(node.input(), input, order, rewrite);
        }
        rewrite.host(
                HostKind.REDUCE,
                List.of(input),
                Map.of(
                        "operator",
                        List.of(ReductionOperator.values()).indexOf(node.operator()),
                        "axis_length",
                        length));
    }

    private static boolean isSorted(List<Integer> order) {
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i) != i) {
                return false;
            }
        }
        return true;
    }

    static void concat(TensorNode.Concat node, Rewrite rewrite) {
        int[] result = rewrite.shape(node.name()).toArray();
        int[] outputStrides = strides(result);
        int start = 0;
        for (String input : node.inputs()) {
            int[] extents = rewrite.shape(input).toArray();
            move(
                    input,
                    node.name(),
                    extents,
                    strides(extents),
                    outputStrides,
                    0,
                    start * outputStrides[node.axis()],
                    rewrite);
            start += extents[node.axis()];
        }
    }

    static void slice(TensorNode.Slice node, Rewrite rewrite) {
        if (node.step() < 0) {
            List<Integer> indices = IntStream.range(0, node.count())
                    .mapToObj(i -> node.start() + i * node.step())
                    .toList();
            gather(node.input(), node.axis(), indices, rewrite);
            return;
        }
        int[] extents = rewrite.shape(node.input()).toArray();
        int[] result = rewrite.shape(node.name()).toArray();
        int[] steps = strides(extents);
        int offset = node.start() * steps[node.axis()];
        steps[node.axis()] *= node.step();
        move(node.input(), node.name(), result, steps, strides(result), offset, 0, rewrite);
    }

    static void gather(TensorNode.Gather node, Rewrite rewrite) {
        gather(node.input(), node.axis(), node.indices(), rewrite);
    }

    private static void gather(String input, int axis, List<Integer> indices, Rewrite rewrite) {
        int[] extents = rewrite.shape(input).toArray();
        float[] numbers = new float[indices.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = indices.get(i);
        }
        if (extents[axis] > MAX_EXTENT) {
            rewrite.refuse(
                    "takes elements of an axis of " + extents[axis] + ", the host of " + MAX_EXTENT + " at most");
            return;
        }
        rewrite.hostInto(
                rewrite.name(),
                HostKind.GATHER,
                List.of(input),
                Map.of("axis_length", extents[axis], "width", strides(extents)[axis], "count", numbers.length),
                List.of(numbers));
    }

    static void transpose(TensorNode.Transpose node, Rewrite rewrite) {
        transposeInto(node.input(), node.name(), node.permutation(), rewrite);
    }

    private static void transposeInto(String input, String output, List<Integer> permutation, Rewrite rewrite) {
        int[] extents = rewrite.shape(input).toArray();
        int[] strides = strides(extents);
        int[] result = permuted(extents, permutation);
        move(input, output, result, permuted(strides, permutation), strides(result), 0, 0, rewrite);
    }

    private static int[] permuted(int[] values, List<Integer> permutation) {
        return permutation.stream().mapToInt(axis -> values[axis]).toArray();
    }

    private static int[] strides(int[] extents) {
        int[] strides = new int[extents.length];
        int stride = 1;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= extents[axis];
        }
        return strides;
    }

    /** Adds a move, axes that follow one another in both values taken as one. */
    private static void move(
            String input,
            String output,
            int[] extents,
            int[] inputSteps,
            int[] outputSteps,
            int inputOffset,
            int outputOffset,
            Rewrite rewrite) {
        List<Integer> loops = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        List<Integer> to = new ArrayList<>();
        for (int axis = 0; axis < extents.length; axis++) {
            if (extents[axis] == 1) {
                continue;
            }
            int last = loops.size() - 1;
            if (last >= 0
                    && from.get(last) == extents[axis] * inputSteps[axis]
                    && to.get(last) == extents[axis] * outputSteps[axis]) {
                loops.set(last, loops.get(last) * extents[axis]);
                from.set(last, inputSteps[axis]);
                to.set(last, outputSteps[axis]);
            } else {
                loops.add(extents[axis]);
                from.add(inputSteps[axis]);
                to.add(outputSteps[axis]);
            }
        }
        if (loops.size() > MoveAttributes.MAX_AXES) {
            rewrite.refuse("moves values along " + loops.size() + " axes, the host moves along "
                    + MoveAttributes.MAX_AXES + " at most");
            return;
        }
        Map<String, Integer> attributes = new TreeMap<>();
        new MoveAttributes(loops, from, to, inputOffset, outputOffset).put(attributes);
        rewrite.hostInto(output, HostKind.MOVE, List.of(input), attributes);
    }
}
