package org.eiesim.models.onnx;

import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;

/** Values under other shapes, as operators need them: with their batch on a certain axis, or with none. */
final class BatchAxis {
    private BatchAxis() {}

    /**
     * Returns a value under another shape with the same elements.
     *
     * @param source the ONNX node that needs it
     * @param graph the import it belongs to
     * @param value the value
     * @param onnxExtents its new extents in ONNX
     * @param batchAxis which of them is the batch, of extent 1, or {@link Operand#NO_BATCH}
     * @throws MixedBatchException if the value depends on a batch that was cut and would lose it
     */
    static Operand.Computed reshaped(
            OnnxNode source, GraphImport graph, Operand.Computed value, int[] onnxExtents, int batchAxis) {
        if (value.batchAxis() != Operand.NO_BATCH
                && batchAxis == Operand.NO_BATCH
                && graph.batches().isCut(value.value())) {
            throw graph.mixed(source, value, MixedBatchException.NO_SUGGESTION);
        }
        int[] extents = batchAxis == Operand.NO_BATCH ? onnxExtents : Operand.without(onnxExtents, batchAxis);
        Shape shape = Shape.of(extents);
        if (shape.equals(value.shape())) {
            return new Operand.Computed(value.value(), shape, batchAxis);
        }
        Operand.Computed reshaped =
                graph.append(new Node.Reshape(graph.part(source, "shape"), value.value(), shape), batchAxis);
        return new Operand.Computed(reshaped.value(), shape, batchAxis);
    }

    /**
     * Returns a value whose batch axis, if any, is an axis of the sample: what an operator needs that works along that axis.
     *
     * @throws MixedBatchException if the batch was cut to one sample
     */
    static Operand.Computed unbatched(OnnxNode source, GraphImport graph, Operand.Computed value) {
        return reshaped(source, graph, value, value.onnxExtents(), Operand.NO_BATCH);
    }

    /**
     * Returns a value of which no axis in a list is the batch: what an operator needs that works along these axes. Every
     * operator that has an axis asks for its operand here.
     *
     * @param source the ONNX node
     * @param graph the import it belongs to
     * @param value the value
     * @param axes axes in ONNX, counted from the first
     * @throws MixedBatchException if one of them is a batch that was cut to one sample
     */
    static Operand.Computed along(OnnxNode source, GraphImport graph, Operand.Computed value, int... axes) {
        return Arrays.stream(axes).anyMatch(axis -> axis == value.batchAxis())
                ? unbatched(source, graph, value)
                : value;
    }

    /**
     * Returns a value whose batch is a certain axis: what an operator needs that works on each sample of a batch.
     *
     * @param source the ONNX node
     * @param graph the import it belongs to
     * @param value the value
     * @param axis the axis in ONNX
     * @throws FormatException if the value has no batch and an extent other than 1 there
     * @throws MixedBatchException if another axis is a batch that was cut to one sample
     */
    static Operand.Computed batched(OnnxNode source, GraphImport graph, Operand.Computed value, int axis)
            throws FormatException {
        if (value.batchAxis() == axis) {
            return value;
        }
        int[] extents = value.onnxExtents();
        if (graph.batches().isCut(value.value())) {
            throw graph.mixed(source, value, axis);
        }
        if (axis >= extents.length || extents[axis] != 1) {
            throw source.error(
                    "its input of extents " + Arrays.toString(extents) + " must have a batch of 1 on axis " + axis);
        }
        return reshaped(source, graph, value, extents, axis);
    }
}
