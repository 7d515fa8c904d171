package org.eiesim.models.edit;

import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Takes elements of one axis of a tensor. */
public final class Selection {
    private Selection() {}

    /**
     * Takes some elements of an axis.
     *
     * @param tensor the tensor; not changed
     * @param axis the axis
     * @param indices which elements, in the order wanted
     * @return the smaller tensor; the same one where all are taken in order
     */
    public static Tensor axis(Tensor tensor, int axis, int[] indices) {
        int[] extents = tensor.shape().toArray();
        if (isWhole(indices, extents[axis])) {
            return tensor;
        }
        int inner = 1;
        for (int i = axis + 1; i < extents.length; i++) {
            inner *= extents[i];
        }
        int extent = extents[axis];
        extents[axis] = indices.length;
        Shape shape = Shape.of(extents);
        float[] values = new float[shape.size()];
        int outer = tensor.shape().size() / (extent * inner);
        for (int block = 0; block < outer; block++) {
            for (int i = 0; i < indices.length; i++) {
                System.arraycopy(
                        tensor.values(),
                        (block * extent + indices[i]) * inner,
                        values,
                        (block * indices.length + i) * inner,
                        inner);
            }
        }
        return new Tensor(shape, values);
    }

    private static boolean isWhole(int[] indices, int extent) {
        boolean whole = indices.length == extent;
        for (int i = 0; whole && i < extent; i++) {
            whole = indices[i] == i;
        }
        return whole;
    }
}
