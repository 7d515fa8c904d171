package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.bits.FormatException;
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
        int[] extents = graph.batches().declaredExtents(input);
        List<Part> parts = parts(node, extents);
        for (Part part : parts) {
            if (part.count() == 0) {
                throw node.error("its result is empty along axis " + part.axis());
            }
            if (part.count() == extents[part.axis()] && part.step() == 1) {
                continue;
            }
            String name = parts.size() == 1 ? graph.name(node, null) : graph.part(node, "axis" + part.axis());
            value = cut(graph, BatchAxis.along(node, graph, value, part.axis()), part, name);
        }
        graph.define(node, value);
    }

    private static Operand.Computed cut(GraphImport graph, Operand.Computed value, Part part, String name) {
        TensorNode.Slice slice = new TensorNode.Slice(
                name, value.value(), value.sampleAxis(part.axis()), part.start(), part.count(), part.step());
        return graph.append(slice, value.batchAxis());
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
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < node.numInputs(); i++) {
            operands.add(node.operand(i));
        }
        int rank = SampleAlignment.rank(operands.get(0));
        int axis = node.axis("axis", 1, rank);
        for (int i = 0; i < operands.size(); i++) {
            if (SampleAlignment.rank(operands.get(i)) != rank) {
                throw node.error(
                        "its operands have " + rank + " and " + SampleAlignment.rank(operands.get(i)) + " axes");
            }
            if (operands.get(i) instanceof Operand.Computed computed) {
                operands.set(i, BatchAxis.along(node, graph, computed, axis));
            }
        }
        SampleAlignment.Aligned aligned = SampleAlignment.of(node, graph, operands);
        List<String> inputs =
                aligned.samples().stream().map(Operand.Computed::value).toList();
        int batchAxis = aligned.batchAxis();
        int sampleAxis = batchAxis != Operand.NO_BATCH && axis > batchAxis ? axis - 1 : axis;
        graph.add(node, new TensorNode.Concat(graph.name(node, null), inputs, sampleAxis), batchAxis);
    }

    /** Imports Split: one slice per output. */
    static void split(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 2);
        Operand.Computed input = node.computed(0);
        int[] extents = node.extents(0);
        int axis = node.axis("axis", 0, extents.length);
        long numOutputs = node.integer("num_outputs", node.numOutputs());
        if (numOutputs != node.numOutputs()) {
            throw node.unsupported("num_outputs", numOutputs + " for " + node.numOutputs() + " outputs");
        }
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
        Operand.Computed value = numOutputs == 1 ? input : BatchAxis.along(node, graph, input, axis);
        long start = 0;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < 1) {
                throw node.error("parts " + Arrays.toString(sizes) + " must not be empty");
            }
            Part part = new Part(axis, (int) start, (int) sizes[i], 1);
            graph.define(node, i, sizes.length == 1 ? value : cut(graph, value, part, graph.part(node, "part" + i)));
            start += sizes[i];
        }
    }
}
