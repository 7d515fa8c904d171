package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;

/** Changes of shape of whole ONNX values, by what becomes of the batch axis. */
final class Regrouping {
    private Regrouping() {}

    /**
     * Gives a value other extents.
     *
     * @param node the ONNX node
     * @param graph the import it belongs to
     * @param value the value
     * @param extents the extents in ONNX, with that of the whole batch, as {@link Batches#declaredExtents} has it
     * @param makesNode makes the node that changes the shape of a sample
     * @throws MixedBatchException if the samples of a batch that was cut do not stay apart
     */
    static Operand.Computed apply(
            OnnxNode node, GraphImport graph, Operand.Computed value, int[] extents, Function<Shape, Node> makesNode) {
        if (!graph.batches().isCut(value.value())) {
            // A first axis of extent 1 counts as the batch.
            int batchAxis = extents.length > 0 && extents[0] == 1 ? 0 : Operand.NO_BATCH;
            int[] sample = batchAxis == 0 ? Operand.without(extents, 0) : extents;
            return graph.append(makesNode.apply(Shape.of(sample)), batchAxis);
        }
        int extent = graph.batches().extent(value.value());
        List<Integer> candidates = candidates(graph, value, extents);
        for (int axis : candidates) {
            if (extents[axis] == extent) {
                Node whole = makesNode.apply(Shape.of(Operand.without(extents, axis)));
                return graph.appendRegrouped(whole, axis, Operand.NO_BATCH);
            }
        }
        for (int axis : candidates) {
            if (extents[axis] % extent == 0) {
                int[] sample = extents.clone();
                sample[axis] /= extent;
                Node merged = makesNode.apply(Shape.of(sample));
                return graph.appendRegrouped(merged, Operand.NO_BATCH, axis);
            }
        }
        throw graph.mixed(node, value, MixedBatchException.NO_SUGGESTION);
    }

    /** Lists the axes that begin where the batch begins, that of the same number first. */
    private static List<Integer> candidates(GraphImport graph, Operand.Computed value, int[] extents) {
        int[] from = graph.batches().declaredExtents(value);
        int batchAxis = value.batchAxis() != Operand.NO_BATCH
                ? value.batchAxis()
                : graph.batches().mergedAxis(value.value());
        long before = 1;
        for (int i = 0; i < batchAxis; i++) {
            before *= from[i];
        }
        List<Integer> candidates = new ArrayList<>();
        long prefix = 1;
        for (int axis = 0; axis < extents.length; axis++) {
            if (prefix == before) {
                candidates.add(axis == batchAxis ? 0 : candidates.size(), axis);
            }
            prefix *= extents[axis];
        }
        return candidates;
    }
}
