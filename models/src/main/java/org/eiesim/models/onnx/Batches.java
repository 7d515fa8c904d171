package org.eiesim.models.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;

/**
 * Which values depend on a batch that was cut to one sample, and on which inputs' batch. A batch declared to have one sample
 * is not cut: the sample is all there is, and operators may do with that axis as they like.
 */
final class Batches {
    /** The extent that stands for a batch left open. */
    static final int OPEN = 1;

    /**
     * The batch of an input.
     *
     * @param extent the declared extent, or 0 where it is left open
     */
    private record Batch(int extent) {}

    private final Map<String, Batch> batches = new HashMap<>();
    private final Map<String, Set<String>> origins = new HashMap<>();
    private final Map<String, Integer> merged = new HashMap<>();

    /**
     * Notes an input.
     *
     * @param value its name in the network
     * @param input its name in ONNX
     * @param batchAxis its batch axis, or {@link Operand#NO_BATCH}
     * @param extent the declared extent of that axis, or 0 where it is left open
     */
    void addInput(String value, String input, int batchAxis, long extent) {
        if (batchAxis != Operand.NO_BATCH && extent != 1) {
            batches.put(input, new Batch(Math.toIntExact(extent)));
            origins.put(value, Set.of(input));
        }
    }

    /**
     * Notes a node.
     *
     * @param node the node
     * @param shapes the shapes of what it reads
     * @return whether it keeps the samples of a batch apart that is part of an axis of what it reads
     */
    boolean addNode(Node node, Map<String, Shape> shapes) {
        Set<String> all = new TreeSet<>();
        boolean isMerged = false;
        for (String input : node.inputs()) {
            all.addAll(origins.getOrDefault(input, Set.of()));
            isMerged |= merged.containsKey(input);
        }
        if (!all.isEmpty()) {
            origins.put(node.name(), all);
        }
        if (!isMerged) {
            return true;
        }
        int axis = MergedBatch.axisAfter(node, this, shapes);
        merged.put(node.name(), axis);
        return axis >= 0;
    }

    /**
     * Notes a change of shape after which the batch is on another axis.
     *
     * @param node the change of shape
     * @param mergedAxis the axis of the sample of which the batch is the outer part, or {@link Operand#NO_BATCH}
     */
    void addRegrouped(Node node, int mergedAxis) {
        Set<String> all = new TreeSet<>();
        node.inputs().forEach(input -> all.addAll(origins(input)));
        if (!all.isEmpty()) {
            origins.put(node.name(), all);
        }
        if (mergedAxis != Operand.NO_BATCH) {
            merged.put(node.name(), mergedAxis);
        }
    }

    /** Tells whether a value depends on a batch that was cut. */
    boolean isCut(String value) {
        return origins.containsKey(value);
    }

    /** Returns the ONNX names of the inputs whose batch a value depends on. */
    Set<String> origins(String value) {
        return origins.getOrDefault(value, Set.of());
    }

    /** Returns the extent of the batch in ONNX; {@link #OPEN} where it is left open, 1 where nothing was cut. */
    int extent(String value) {
        int extent = 0;
        for (String input : origins(value)) {
            extent = Math.max(extent, batches.getOrDefault(input, new Batch(0)).extent());
        }
        return extent == 0 ? OPEN : extent;
    }

    /**
     * Returns the axis of the sample of which the batch is the outer part in ONNX, or {@link Operand#NO_BATCH}: {@code
     * [batch * 4, 8]} has samples {@code [4, 8]}.
     */
    int mergedAxis(String value) {
        return merged.getOrDefault(value, Operand.NO_BATCH);
    }

    /** Tells whether two values can have one batch: one of them was not cut, or they have the same extent. */
    boolean fit(String left, String right) {
        if (!isCut(left) || !isCut(right)) {
            return true;
        }
        int a = extent(left);
        int b = extent(right);
        return a == b || a == OPEN || b == OPEN;
    }

    /** Returns the extents of a value in ONNX, with that of the whole batch; 1 stands for a batch left open. */
    int[] declaredExtents(Operand.Computed value) {
        int[] extents = value.onnxExtents();
        int merged = mergedAxis(value.value());
        int axis = value.batchAxis() != Operand.NO_BATCH ? value.batchAxis() : merged;
        if (axis != Operand.NO_BATCH) {
            extents[axis] = Math.multiplyExact(extents[axis], extent(value.value()));
        }
        return extents;
    }
}
