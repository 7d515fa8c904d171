package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.TensorNode;

/** Concat, Split and Slice. */
final class SliceOperators {
    private SliceOperators() {}

    /**
     * Part of an axis.
     *
     * @param axis the axis in ONNX
     * @param start the first element
     * @param count how many; 0 where the slice is empty
     * @param step their distance
     */
    record Part(int axis, int start, int count, int step) {}

    /** Imports Slice: one node per axis that is cut. */
    static void slice(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 5);
        Operand.Computed input = node.computed(0);
        Operand.Computed value = input;
        List<Part> parts = parts(node, input.onnxExtents());
        for (Part part : parts) {
            if (part.count() == 0) {
                throw node.error("its result is empty along axis " + part.axis());
            }
            if (part.count() == value.onnxExtents()[part.axis()] && part.step() == 1) {
                continue;
            }
            String name = parts.size() == 1 ? graph.name(node, null) : graph.part(node, "axis" + part.axis());
            value = cut(graph, value, part, name);
        }
        graph.define(node, value);
    }

    private static Operand.Computed cut(GraphImport graph, Operand.Computed value, Part part, String name) {
        TensorNode.Slice slice = new TensorNode.Slice(
                name, value.value(), value.sampleAxis(part.axis()), part.start(), part.count(), part.step());
        Operand.Computed cut = graph.append(slice, value.batchAxis());
        return new Operand.Computed(cut.value(), cut.shape(), cut.batchAxis(), value.scale());
    }

    /** Works out what Slice takes of each axis it names; axes in the order of the node. */
    static List<Part> parts(OnnxNode node, int[] extents) throws FormatException {
        long[] starts = node.integers("starts", 1);
        long[] ends = node.integers("ends", 2);
        if (starts == null || ends == null || starts.length != ends.length) {
            throw node.error("it needs as many starts as ends");
        }
        long[] given = node.integers("axes", 3);
        long[] axes =
                given == null ? IntStream.range(0, starts.length).asLongStream().toArray() : given;
        long[] steps = node.hasInput(4) ? node.constant(4).integers() : null;
        if (axes.length != starts.length || (steps != null && steps.length != starts.length)) {
            throw node.error("it needs as many axes and steps as starts");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < axes.length; i++) {
            int axis = node.axis("axes", axes[i], extents.length, 1);
            parts.add(part(node, axis, extents[axis], starts[i], ends[i], steps == null ? 1 : steps[i]));
        }
        return parts;
    }

    private static Part part(OnnxNode node, int axis, int extent, long start, long end, long step)
            throws FormatException {
        if (step == 0 || Math.abs(step) > Integer.MAX_VALUE) {
            throw node.error("step " + step + " is not supported");
        }
        long first = start < 0 ? start + extent : start;
        // Far below 0 stays there; adding the extent to the least long would be one past the end only.
        long limit = end < 0 ? Math.max(end + extent, -1) : end;
        first = step > 0 ? Math.max(0, Math.min(first, extent)) : Math.max(-1, Math.min(first, extent - 1L));
        limit = step > 0 ? Math.max(0, Math.min(limit, extent)) : Math.max(-1, Math.min(limit, extent - 1L));
        long count = Math.max(0, (limit - first + step - Long.signum(step)) / step);
        return new Part(axis, (int) Math.max(0, first), (int) count, (int) step);
    }

    /** Imports Concat. */
    static void concat(OnnxNode node, GraphImport graph) throws FormatException {
        int rank = node.operand(0) instanceof Operand.Computed computed
                ? computed.onnxRank()
                : node.constant(0).extents().length;
        int axis = node.axis("axis", 1, rank);
        int batchAxis = commonBatchAxis(node, axis);
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < node.numInputs(); i++) {
            if (node.operand(i) instanceof Operand.Computed computed) {
                Operand.Computed value = computed.batchAxis() == batchAxis
                        ? computed
                        : graph.reshaped(node, computed, computed.onnxExtents(), batchAxis);
                inputs.add(value.value());
            } else {
                int[] extents = node.constant(i).extents();
                int[] sample = batchAxis == Operand.NO_BATCH ? extents : Operand.without(extents, batchAxis);
                inputs.add(graph.constantValue(node, node.constant(i), Shape.of(sample), batchAxis)
                        .value());
            }
        }
        int sampleAxis = batchAxis != Operand.NO_BATCH && axis > batchAxis ? axis - 1 : axis;
        graph.add(node, new TensorNode.Concat(graph.name(node, null), inputs, sampleAxis), batchAxis);
    }

    /** The batch axis all operands have, if it is not the one they are laid along and constants have extent 1 there. */
    private static int commonBatchAxis(OnnxNode node, int axis) throws FormatException {
        int common = Operand.NO_BATCH;
        for (int i = 0; i < node.numInputs(); i++) {
            if (node.operand(i) instanceof Operand.Computed computed) {
                common = Math.max(common, computed.batchAxis());
            }
        }
        if (common == axis || common == Operand.NO_BATCH) {
            return Operand.NO_BATCH;
        }
        for (int i = 0; i < node.numInputs(); i++) {
            int[] extents = node.operand(i) instanceof Operand.Computed computed
                    ? computed.onnxExtents()
                    : node.constant(i).extents();
            if (common >= extents.length || extents[common] != 1) {
                return Operand.NO_BATCH;
            }
        }
        return common;
    }

    /** Imports Split: one slice per output. */
    static void split(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 2);
        Operand.Computed input = node.computed(0);
        int[] extents = input.onnxExtents();
        int axis = node.axis("axis", 0, extents.length);
        long numOutputs = node.integer("num_outputs", node.numOutputs());
        long[] sizes = node.integers("split", 1);
        if (sizes == null) {
            long size = (extents[axis] + numOutputs - 1) / numOutputs;
            sizes = new long[node.numOutputs()];
            Arrays.fill(sizes, size);
            sizes[sizes.length - 1] = extents[axis] - size * (sizes.length - 1);
        }
        if (sizes.length != node.numOutputs() || Arrays.stream(sizes).sum() != extents[axis]) {
            throw node.error("parts " + Arrays.toString(sizes) + " do not make up an extent of " + extents[axis]
                    + " in " + node.numOutputs() + " outputs");
        }
        if (axis == input.batchAxis()) {
            throw node.unsupported("axis", axis + " (the batch)");
        }
        long start = 0;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < 1) {
                throw node.error("parts " + Arrays.toString(sizes) + " must not be empty");
            }
            Part part = new Part(axis, (int) start, (int) sizes[i], 1);
            graph.define(node, i, cut(graph, input, part, graph.part(node, "part" + i)));
            start += sizes[i];
        }
    }
}
