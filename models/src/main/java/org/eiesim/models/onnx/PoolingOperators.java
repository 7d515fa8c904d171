package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Window;

/**
 * Pooling of any number of spatial axes. Maxima, and means whose number of counted elements is a product over the axes,
 * are taken two axes at a time: of the last two, then of the one before them, and so on.
 */
final class PoolingOperators {
    /** From this version on, means that count padding divide by what lies inside the padded planes; before, by all taps. */
    private static final int PADDED_PLANE_OPSET = 19;

    private PoolingOperators() {}

    /** Imports MaxPool, whose indices nobody may read. */
    static void maximum(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireOneOutput();
        node.ignore("storage_order");
        pool(node, graph, Node.Pooling.Kind.MAXIMUM, false);
    }

    /** Imports AveragePool. */
    static void average(OnnxNode node, GraphImport graph) throws FormatException {
        pool(node, graph, Node.Pooling.Kind.AVERAGE, node.integer("count_include_pad", 0) != 0);
    }

    private static void pool(OnnxNode node, GraphImport graph, Node.Pooling.Kind kind, boolean countPadding)
            throws FormatException {
        node.requireInputs(1, 1);
        Operand.Computed input = node.computed(0);
        Planes planes = Planes.of(node, graph, input);
        boolean roundUp = node.integer("ceil_mode", 0) != 0;
        WindowAttributes window = window(node, planes);
        boolean overhangs =
                roundUp && IntStream.range(0, planes.rank()).anyMatch(axis -> window.overhangs(planes.spatial(), axis));
        boolean countsTaps = countPadding && overhangs && graph.opset() < PADDED_PLANE_OPSET;
        boolean counts = countsTaps || (countPadding && planes.rank() > 2);
        Means means = new Means(kind, roundUp, countPadding && !counts);
        Operand.Computed pooled = pooled(node, graph, planes, planes.value(), window, means);
        if (countPadding && graph.opset() >= PADDED_PLANE_OPSET) {
            requireAgreed(node, planes, window, pooled.shape().toArray());
        }
        if (counts) {
            pooled = weighted(node, graph, planes, pooled, window, countsTaps ? Divisor.TAPS : Divisor.PADDED);
        }
        graph.define(node, pooled);
    }

    private static WindowAttributes window(OnnxNode node, Planes planes) throws FormatException {
        return WindowAttributes.of(node, planes.spatial(), WindowAttributes.requiredKernel(node, planes.rank()));
    }

    /**
     * How windows are pooled.
     *
     * @param kind maximum or mean
     * @param roundUp whether a last window that overhangs counts
     * @param countPadding whether a mean divides by the padding too
     */
    private record Means(Node.Pooling.Kind kind, boolean roundUp, boolean countPadding) {}

    private static Operand.Computed pooled(
            OnnxNode node, GraphImport graph, Planes planes, String input, WindowAttributes window, Means means) {
        Composition steps = new Composition(node, graph);
        String value = input;
        int[] spatial = planes.spatial().clone();
        int rank = planes.rank();
        String name = graph.name(node, null);
        int before = planes.numSamples() * planes.numChannels();
        boolean takesPair = rank > 1
                && (!means.roundUp() || window.overhangs(spatial, rank - 2) == window.overhangs(spatial, rank - 1));
        int axis = takesPair ? rank - 2 : rank - 1;
        for (; axis >= 0; axis--) {
            boolean isPair = takesPair && axis == rank - 2;
            if (axis > 0 && window.keeps(axis) && (!isPair || window.keeps(axis + 1))) {
                continue;
            }
            int inner = isPair ? spatial[axis + 1] : product(spatial, axis + 1, rank);
            int outer = before * product(spatial, 0, axis);
            boolean isRow = rank == 1;
            Node.Pooling pooling = new Node.Pooling(
                    axis == 0 ? name : steps.name("axis" + axis),
                    isRow
                            ? steps.reshape(value, outer, 1, spatial[0])
                            : steps.reshape(value, outer, spatial[axis], inner),
                    means.kind(),
                    isRow ? window.over(null, 0) : window.over(axis, isPair ? axis + 1 : null),
                    means.roundUp() && window.overhangs(spatial, axis),
                    means.countPadding());
            value = steps.add(pooling);
            int[] result = steps.extents(value);
            spatial[axis] = isRow ? result[2] : result[1];
            if (isPair) {
                spatial[axis + 1] = result[2];
            }
        }
        return planes.yielding(node, graph, value, planes.numChannels(), spatial);
    }

    private static int product(int[] extents, int from, int to) {
        return Arrays.stream(extents, from, to).reduce(1, Math::multiplyExact);
    }

    /** Returns the importer of a pooling over whole planes. */
    static OperatorImporter global(Node.Pooling.Kind kind) {
        return (node, graph) -> {
            node.requireInputs(1, 1);
            Operand.Computed input = node.computed(0);
            Planes planes = Planes.of(node, graph, input);
            Composition steps = new Composition(node, graph);
            int rank = planes.rank();
            int width = planes.spatial()[rank - 1];
            int height = product(planes.spatial(), 0, rank - 1);
            String images = steps.reshape(planes.value(), planes.numSamples() * planes.numChannels(), height, width);
            Window window = new Window(height, width, 1, 1, 0, 0, 0, 0, 1, 1);
            String value = steps.add(new Node.Pooling(graph.name(node, null), images, kind, window, false, false));
            graph.define(node, planes.yielding(node, graph, value, planes.numChannels(), ones(rank)));
        };
    }

    private static int[] ones(int rank) {
        int[] ones = new int[rank];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Imports GlobalLpPool: {@code (sum |x|^p)^(1/p)} over whole planes. */
    static void globalNorm(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Planes planes = Planes.of(node, graph, node.computed(0));
        long p = exponent(node);
        Composition steps = new Composition(node, graph);
        int rows = planes.numSamples() * planes.numChannels();
        String powers = powers(steps, planes.value(), p);
        String matrix = steps.reshape(powers, rows, steps.size(powers) / rows);
        String sums = steps.reduce(ReductionOperator.SUM, matrix, 1);
        graph.define(
                node, planes.yielding(node, graph, root(steps, sums, p), planes.numChannels(), ones(planes.rank())));
    }

    /** Imports LpPool, {@code (sum |x|^p)^(1/p)}: a sum is a mean times the number of elements that it was taken of. */
    static void norm(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        Planes planes = Planes.of(node, graph, node.computed(0));
        long p = exponent(node);
        boolean roundUp = node.integer("ceil_mode", 0) != 0;
        WindowAttributes window = window(node, planes);
        Composition steps = new Composition(node, graph);
        String powers = powers(steps, planes.value(), p);
        Operand.Computed means =
                pooled(node, graph, planes, powers, window, new Means(Node.Pooling.Kind.AVERAGE, roundUp, false));
        String sums = weighted(node, graph, planes, means, window, Divisor.ONE).value();
        String value = root(steps, sums, p);
        graph.define(node, new Operand.Computed(value, graph.shape(value), means.batchAxis()));
    }

    /**
     * ONNX Runtime 1.23 takes the padding behind axis {@code i} from place {@code 2 i + 1} of the list of pads, which is
     * another axis's; where that changes a divisor, it and ONNX do not mean the same.
     */
    private static void requireAgreed(OnnxNode node, Planes planes, WindowAttributes window, int[] extents)
            throws FormatException {
        int rank = planes.rank();
        for (int axis = 0; axis < rank; axis++) {
            int place = 2 * axis + 1;
            int taken = place < rank ? window.before()[place] : window.after()[place - rank];
            int extent = planes.spatial()[axis];
            int numOutputs = extents[extents.length - rank + axis];
            float[] counts = counts(window, axis, numOutputs, -window.before()[axis], extent + window.after()[axis]);
            float[] others = counts(window, axis, numOutputs, -window.before()[axis], extent + taken);
            if (!Arrays.equals(counts, others)) {
                throw node.error(
                        "ONNX and ONNX Runtime 1.23 divide by different numbers where padding that counts differs"
                                + " between axes; pad by an operator of its own");
            }
        }
    }

    /** What the sum of a window is divided by. */
    private enum Divisor {
        /** Nothing: sums. */
        ONE,
        /** The elements of the window inside the padded planes. */
        PADDED,
        /** All elements of the window. */
        TAPS
    }

    /** Multiplies the means of windows by the number of elements that are not padding, and divides these sums. */
    private static Operand.Computed weighted(
            OnnxNode node,
            GraphImport graph,
            Planes planes,
            Operand.Computed means,
            WindowAttributes window,
            Divisor divisor) {
        Composition steps = new Composition(node, graph);
        int[] extents = means.shape().toArray();
        String value = means.value();
        for (int axis = 0; axis < planes.rank(); axis++) {
            int own = extents.length - planes.rank() + axis;
            int extent = planes.spatial()[axis];
            float[] factors = counts(window, axis, extents[own], 0, extent);
            if (divisor != Divisor.ONE) {
                float[] padded =
                        counts(window, axis, extents[own], -window.before()[axis], extent + window.after()[axis]);
                for (int i = 0; i < factors.length; i++) {
                    factors[i] /= divisor == Divisor.TAPS ? window.kernel()[axis] : padded[i];
                }
            }
            int[] shape = new int[planes.rank() - axis];
            Arrays.fill(shape, 1);
            shape[0] = extents[own];
            value = steps.combine(ArithmeticOperator.MULTIPLY, value, steps.constant(factors, shape));
        }
        return new Operand.Computed(value, graph.shape(value), means.batchAxis());
    }

    /** Counts the elements of each window of an axis that lie in a range. */
    private static float[] counts(WindowAttributes window, int axis, int numOutputs, int from, int to) {
        float[] counts = new float[numOutputs];
        for (int output = 0; output < numOutputs; output++) {
            for (int tap = 0; tap < window.kernel()[axis]; tap++) {
                int element = output * window.strides()[axis] - window.before()[axis] + tap * window.dilations()[axis];
                counts[output] += element >= from && element < to ? 1 : 0;
            }
        }
        return counts;
    }

    private static long exponent(OnnxNode node) throws FormatException {
        long p = node.integer("p", 2);
        if (p < 1 || p > Short.MAX_VALUE) {
            throw node.unsupported("p", p);
        }
        return p;
    }

    private static String powers(Composition steps, String value, long p) {
        if (p == 2) {
            return steps.combine(ArithmeticOperator.MULTIPLY, value, value);
        }
        String absolute = steps.absolute(value);
        return p == 1 ? absolute : steps.combine(ArithmeticOperator.POWER, absolute, (float) p);
    }

    private static String root(Composition steps, String sums, long p) {
        if (p == 2) {
            return steps.activate(sums, ActivationFunction.SQRT);
        }
        return p == 1 ? sums : steps.combine(ArithmeticOperator.POWER, sums, (float) (1.0 / p));
    }
}
