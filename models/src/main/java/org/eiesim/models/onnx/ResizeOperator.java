package org.eiesim.models.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;

/** Resize and Upsample: each axis on its own, by gathers and, where not the nearest element is taken, weighted sums. */
final class ResizeOperator {
    private static final String CROPPING = "tf_crop_and_resize";

    private ResizeOperator() {}

    /** Imports Upsample of operator sets 7 to 9. */
    static void upsample(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 2);
        List<Float> attribute = node.numbers("scales");
        float[] scales = attribute == null ? node.constant(1).floats() : new float[attribute.size()];
        for (int i = 0; attribute != null && i < scales.length; i++) {
            scales[i] = attribute.get(i);
        }
        ofScales(node, graph, scales, allAxes(node.computed(0).onnxRank()), simple(node));
    }

    /** Imports Resize. */
    static void resize(OnnxNode node, GraphImport graph) throws FormatException {
        if (graph.opset() < 11) {
            node.requireInputs(2, 2);
            float[] scales = node.constant(1).floats();
            ofScales(node, graph, scales, allAxes(node.computed(0).onnxRank()), simple(node));
            return;
        }
        node.requireInputs(1, 4);
        int[] axes = axes(node, node.computed(0).onnxRank());
        Interpolation.Method method = new Interpolation.Method(
                node.word("mode", "nearest"),
                node.word("coordinate_transformation_mode", "half_pixel"),
                node.word("nearest_mode", "round_prefer_floor"),
                node.number("cubic_coeff_a", -0.75f),
                node.integer("exclude_outside", 0) != 0,
                node.integer("antialias", 0) != 0);
        String policy = node.word("keep_aspect_ratio_policy", "stretch");
        if (isGiven(node, 3)) {
            ofSizes(node, graph, node.constant(3).integers(), axes, policy, method);
        } else if (isGiven(node, 2)) {
            ofScales(node, graph, node.constant(2).floats(), axes, method);
        } else {
            throw node.error("it has neither scales nor sizes");
        }
    }

    /** The only method before operator set 11. */
    private static Interpolation.Method simple(OnnxNode node) throws FormatException {
        return new Interpolation.Method(node.word("mode", "nearest"), "asymmetric", "simple", 0, false, false);
    }

    /** Tells whether an operand is there and not empty, which means the same. */
    private static boolean isGiven(OnnxNode node, int input) throws FormatException {
        return node.hasInput(input)
                && Arrays.stream(node.constant(input).extents()).noneMatch(extent -> extent == 0);
    }

    private static int[] allAxes(int rank) {
        return IntStream.range(0, rank).toArray();
    }

    private static int[] axes(OnnxNode node, int rank) throws FormatException {
        List<Long> given = node.integers("axes");
        if (given == null) {
            return allAxes(rank);
        }
        int[] axes = new int[given.size()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = node.axis("axes", given.get(i), rank, 1);
        }
        return axes;
    }

    private static void ofScales(
            OnnxNode node, GraphImport graph, float[] scales, int[] axes, Interpolation.Method method)
            throws FormatException {
        requireCount(node, "scales", scales.length, axes);
        int[] extents = node.computed(0).onnxExtents();
        Interpolation.Axis[] resized = new Interpolation.Axis[axes.length];
        for (int i = 0; i < axes.length; i++) {
            int extent = extents[axes[i]];
            if (!(scales[i] > 0 && scales[i] * extent >= 1 && scales[i] * (double) extent < Integer.MAX_VALUE)) {
                throw node.error("its scale " + scales[i] + " of an axis of " + extent + " elements is not supported");
            }
            resized[i] = axis(node, method, axes, i, new int[] {extent, (int) (scales[i] * extent)}, scales[i]);
        }
        apply(node, graph, axes, resized, method);
    }

    private static void ofSizes(
            OnnxNode node, GraphImport graph, long[] sizes, int[] axes, String policy, Interpolation.Method method)
            throws FormatException {
        requireCount(node, "sizes", sizes.length, axes);
        int[] extents = node.computed(0).onnxExtents();
        float least = Float.POSITIVE_INFINITY;
        float largest = 0;
        for (int i = 0; i < axes.length; i++) {
            if (sizes[i] < 1 || sizes[i] > Integer.MAX_VALUE) {
                throw node.error("its size " + sizes[i] + " is not supported");
            }
            float scale = (float) sizes[i] / extents[axes[i]];
            least = Math.min(least, scale);
            largest = Math.max(largest, scale);
        }
        Interpolation.Axis[] resized = new Interpolation.Axis[axes.length];
        for (int i = 0; i < axes.length; i++) {
            int extent = extents[axes[i]];
            float scale = switch (policy) {
                case "stretch" -> (float) sizes[i] / extent;
                case "not_larger" -> least;
                case "not_smaller" -> largest;
                default -> throw node.unsupported("keep_aspect_ratio_policy", policy);
            };
            int size = policy.equals("stretch") ? (int) sizes[i] : Math.round(scale * extent);
            resized[i] = axis(node, method, axes, i, new int[] {extent, size}, scale);
        }
        apply(node, graph, axes, resized, method);
    }

    private static void requireCount(OnnxNode node, String what, int count, int[] axes) throws FormatException {
        if (count != axes.length) {
            throw node.error("it has " + count + " " + what + " for " + axes.length + " axes");
        }
    }

    /** Describes an axis of {@code extents[0]} elements that gets {@code extents[1]}. */
    private static Interpolation.Axis axis(
            OnnxNode node, Interpolation.Method method, int[] axes, int index, int[] extents, float scale)
            throws FormatException {
        if (!method.coordinates().equals(CROPPING)) {
            return new Interpolation.Axis(extents[0], extents[1], scale, 0, 1);
        }
        float[] region = isGiven(node, 1) ? node.constant(1).floats() : new float[0];
        if (region.length != 2 * axes.length) {
            throw node.error(
                    "its region has " + region.length + " numbers, not two for each of " + axes.length + " axes");
        }
        return new Interpolation.Axis(extents[0], extents[1], scale, region[index], region[index + axes.length]);
    }

    private static void apply(
            OnnxNode node, GraphImport graph, int[] axes, Interpolation.Axis[] resized, Interpolation.Method method)
            throws FormatException {
        boolean crops = method.coordinates().equals(CROPPING);
        float fill = node.number("extrapolation_value", 0);
        Operand.Computed input = node.computed(0);
        if (!crops && Arrays.stream(resized).allMatch(axis -> axis.numInputs() == axis.numOutputs())) {
            // As ONNX Runtime does, whatever the scales are that round to the same extents.
            graph.define(node, input);
            return;
        }
        Composition steps = new Composition(node, graph);
        String value = input.value();
        for (int i = 0; i < axes.length; i++) {
            Interpolation interpolation = Interpolation.of(resized[i], method);
            if (method.antialiases() && resized[i].numInputs() == resized[i].numOutputs()) {
                continue;
            }
            if (interpolation.isIdentity() && !(crops && interpolation.hasOutside())) {
                continue;
            }
            if (axes[i] == input.batchAxis()) {
                throw node.error("it resizes the batch");
            }
            value = interpolated(steps, value, input.sampleAxis(axes[i]), interpolation);
            if (crops && interpolation.hasOutside()) {
                value = filled(steps, value, input.sampleAxis(axes[i]), interpolation.inside(), fill);
            }
        }
        graph.define(node, new Operand.Computed(value, graph.shape(value), input.batchAxis()));
    }

    private static String interpolated(Composition steps, String value, int axis, Interpolation interpolation) {
        String sum = "";
        for (int tap = 0; tap < interpolation.indices().length; tap++) {
            if (interpolation.isVoid(tap)) {
                continue;
            }
            String term = steps.gather(value, axis, interpolation.indices()[tap]);
            if (interpolation.indices().length > 1) {
                String factors = along(steps, term, axis, interpolation.weights()[tap]);
                term = steps.combine(ArithmeticOperator.MULTIPLY, term, factors);
            }
            sum = sum.isEmpty() ? term : steps.combine(ArithmeticOperator.ADD, sum, term);
        }
        return sum;
    }

    /** Makes a constant of one number per element of an axis. */
    private static String along(Composition steps, String value, int axis, float[] numbers) {
        int[] extents = new int[steps.extents(value).length - axis];
        Arrays.fill(extents, 1);
        extents[0] = numbers.length;
        return steps.constant(numbers, extents);
    }

    private static String filled(Composition steps, String value, int axis, float[] inside, float fill) {
        float[] outside = new float[inside.length];
        for (int i = 0; i < outside.length; i++) {
            outside[i] = (1 - inside[i]) * fill;
        }
        String kept = steps.combine(ArithmeticOperator.MULTIPLY, value, along(steps, value, axis, inside));
        return steps.combine(ArithmeticOperator.ADD, kept, along(steps, value, axis, outside));
    }
}
