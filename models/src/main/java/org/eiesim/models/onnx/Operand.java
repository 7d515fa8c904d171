package org.eiesim.models.onnx;

import org.eiesim.models.network.Shape;

/** What an ONNX value is while a graph is imported. */
sealed interface Operand permits Operand.Computed, ConstantTensor {
    /**
     * A value computed from the network's inputs.
     *
     * @param value its name in the network
     * @param shape its shape without the batch axis
     */
    record Computed(String value, Shape shape) implements Operand {
        /** The number of axes in ONNX, batch included. */
        int onnxRank() {
            return shape.rank() + 1;
        }
    }
}
