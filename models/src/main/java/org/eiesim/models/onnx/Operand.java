package org.eiesim.models.onnx;

import java.util.Arrays;
import org.eiesim.models.network.Shape;

/** What an ONNX value is while a graph is imported. */
sealed interface Operand permits Operand.Computed, ConstantTensor {
    /** The batch axis of a value that has none because its single sample was reshaped. */
    int NO_BATCH = -1;

    /**
     * A value computed from the network's inputs. Batches have one sample, so that an ONNX value has the elements of the
     * sample in the same order.
     *
     * @param value its name in the network
     * @param shape its shape without the batch axis
     * @param batchAxis where ONNX's shape has the batch axis, of extent 1, or {@link #NO_BATCH}
     */
    record Computed(String value, Shape shape, int batchAxis) implements Operand {
        /** The number of axes in ONNX, batch included. */
        int onnxRank() {
            return shape.rank() + (batchAxis == NO_BATCH ? 0 : 1);
        }

        /** The extents in ONNX, batch included. */
        int[] onnxExtents() {
            int[] extents = shape.toArray();
            if (batchAxis == NO_BATCH) {
                return extents;
            }
            int[] full = Arrays.copyOf(extents, extents.length + 1);
            System.arraycopy(extents, batchAxis, full, batchAxis + 1, extents.length - batchAxis);
            full[batchAxis] = 1;
            return full;
        }

        /** The axis of the sample that an axis of ONNX is; that must not be the batch axis. */
        int sampleAxis(int onnxAxis) {
            return batchAxis != NO_BATCH && onnxAxis > batchAxis ? onnxAxis - 1 : onnxAxis;
        }
    }

    /** Returns extents without one axis. */
    static int[] without(int[] extents, int axis) {
        int[] rest = Arrays.copyOf(extents, extents.length - 1);
        System.arraycopy(extents, axis + 1, rest, axis, rest.length - axis);
        return rest;
    }
}
