package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.eiesim.models.network.Tensor;

/** Copies tensors into PyTorch's memory and back. */
public final class TensorArrays {
    private TensorArrays() {}

    /**
     * Copies a tensor into an array.
     *
     * @param manager owns the array
     * @param tensor the tensor
     * @return a new float32 array of the tensor's shape
     */
    public static NDArray toArray(NDManager manager, Tensor tensor) {
        return copy(manager, tensor.values(), toShape(tensor.shape()));
    }

    /**
     * Copies values into an array of PyTorch's own memory. An array made of Java's values alone is a view of a buffer
     * that lies anywhere; PyTorch's products add in another order where their operands are not aligned, so that the same
     * seed would not give the same bytes.
     *
     * @param manager owns the array
     * @param values the values in C order; only read
     * @param shape the array's shape
     * @return a new float32 array
     */
    public static NDArray copy(NDManager manager, float[] values, Shape shape) {
        try (NDArray view = manager.create(values, shape)) {
            return view.duplicate();
        }
    }

    /**
     * Copies an array into a tensor.
     *
     * @param array a float32 array
     * @return a new tensor of the array's shape
     */
    public static Tensor toTensor(NDArray array) {
        long[] shape = array.getShape().getShape();
        int[] extents = new int[shape.length];
        for (int axis = 0; axis < shape.length; axis++) {
            extents[axis] = Math.toIntExact(shape[axis]);
        }
        return new Tensor(org.eiesim.models.network.Shape.of(extents), array.toFloatArray());
    }

    /**
     * Converts a shape.
     *
     * @param shape this project's shape
     * @return DJL's
     */
    public static Shape toShape(org.eiesim.models.network.Shape shape) {
        long[] extents = new long[shape.rank()];
        for (int axis = 0; axis < extents.length; axis++) {
            extents[axis] = shape.extent(axis);
        }
        return new Shape(extents);
    }

    /**
     * Converts the shape of one sample to that of a batch.
     *
     * @param shape this project's shape of one sample
     * @param batch samples in the batch
     * @return DJL's shape with the batch as first axis
     */
    static Shape toShape(org.eiesim.models.network.Shape shape, long batch) {
        return new Shape(batch).addAll(toShape(shape));
    }
}
