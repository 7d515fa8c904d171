package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;

/** Pad: lays a constant, or elements of the value itself, around it; negative padding cuts elements off. */
final class PadOperator {
    /** More elements than this are repeated by a gather, which names its input once. */
    private static final int MAX_REPEATED = 64;

    private PadOperator() {}

    /** Imports Pad. */
    static void pad(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 4);
        String mode = node.word("mode", "constant");
        if (!List.of("constant", "reflect", "edge", "wrap").contains(mode)) {
            throw node.unsupported("mode", mode);
        }
        Operand.Computed input = node.computed(0);
        int rank = input.onnxRank();
        int[] pads = pads(node, rank);
        float fill = node.hasInput(2) ? node.single(2).numbers()[0] : node.number("value", 0);
        int[] padded = IntStream.range(0, rank)
                .filter(axis -> pads[axis] != 0 || pads[axis + rank] != 0)
                .toArray();
        Operand.Computed whole = BatchAxis.along(node, graph, input, padded);
        Composition steps = new Composition(node, graph);
        String value = whole.value();
        for (int axis : padded) {
            int own = whole.sampleAxis(axis);
            value = cut(node, steps, value, own, pads[axis], pads[axis + rank]);
            int before = Math.max(0, pads[axis]);
            int after = Math.max(0, pads[axis + rank]);
            node.reserve((long) steps.size(value) / steps.extent(value, own) + before + after);
            value = mode.equals("constant")
                    ? filled(steps, value, own, before, after, fill)
                    : steps.gather(value, own, indices(steps.extent(value, own), before, after, mode));
        }
        graph.define(node, new Operand.Computed(value, graph.shape(value), whole.batchAxis()));
    }

    /** Returns the padding before all axes and then behind all. */
    private static int[] pads(OnnxNode node, int rank) throws FormatException {
        long[] given = node.integers("pads", 1);
        long[] axes = node.hasInput(3)
                ? node.constant(3).integers()
                : IntStream.range(0, rank).asLongStream().toArray();
        if (given == null || given.length != 2 * axes.length) {
            throw node.error("its padding must be two numbers for each of " + axes.length + " axes");
        }
        int[] pads = new int[2 * rank];
        for (int i = 0; i < axes.length; i++) {
            int axis = node.axis("axes", axes[i], rank, 1);
            long before = given[i];
            long after = given[i + axes.length];
            if (Math.abs(before) > Short.MAX_VALUE || Math.abs(after) > Short.MAX_VALUE) {
                throw node.unsupported("pads", Arrays.toString(given));
            }
            pads[axis] += (int) before;
            pads[axis + rank] += (int) after;
        }
        return pads;
    }

    private static String cut(OnnxNode node, Composition steps, String value, int axis, int before, int after)
            throws FormatException {
        int start = Math.max(0, -before);
        int count = steps.extent(value, axis) - start - Math.max(0, -after);
        if (count < 1) {
            throw node.error("it cuts off all elements of an axis of " + steps.extent(value, axis));
        }
        return steps.slice(value, axis, start, count, 1);
    }

    private static String filled(Composition steps, String value, int axis, int before, int after, float fill) {
        if (before + after == 0) {
            return value;
        }
        if (before + after > MAX_REPEATED) {
            int extent = steps.extent(value, axis);
            int[] indices = indices(extent, before, after, i -> i >= 0 && i < extent ? i : extent);
            return steps.gather(steps.withElement(value, axis, fill), axis, indices);
        }
        String element = steps.element(value, axis, fill);
        List<String> parts = new ArrayList<>(Collections.nCopies(before, element));
        parts.add(value);
        parts.addAll(Collections.nCopies(after, element));
        return steps.concat(parts, axis);
    }

    private static int[] indices(int extent, int before, int after, String mode) {
        int period = Math.max(1, 2 * (extent - 1));
        return switch (mode) {
            case "edge" -> indices(extent, before, after, i -> Math.max(0, Math.min(i, extent - 1)));
            case "wrap" -> indices(extent, before, after, i -> Math.floorMod(i, extent));
            default ->
                indices(extent, before, after, i -> {
                    int place = Math.floorMod(i, period);
                    return Math.min(place, period - place) % extent;
                });
        };
    }

    private static int[] indices(int extent, int before, int after, IntUnaryOperator source) {
        return IntStream.range(-before, extent + after).map(source).toArray();
    }
}
