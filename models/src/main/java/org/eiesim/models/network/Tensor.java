package org.eiesim.models.network;

import java.util.Arrays;

/**
 * A dense float32 tensor in C order.
 *
 * @param shape the extents
 * @param values {@code shape.size()} values; owned by the tensor, not copied, not to be changed afterwards
 */
public record Tensor(Shape shape, float[] values) {
    /** Checks that the array fits the shape. */
    public Tensor {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(values.length + " values for shape " + shape);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor && shape.equals(tensor.shape) && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Tensor[" + shape + "]";
    }
}
