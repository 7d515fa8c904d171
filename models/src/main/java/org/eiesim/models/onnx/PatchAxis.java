package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.eiesim.kernels.bits.FormatException;

/**
 * One axis of the patches of a convolution.
 *
 * @param numOutputs windows on the axis
 * @param numTaps elements of a window
 * @param source the element that a tap of a window sees, from (window, tap); outside of the axis where it sees a zero
 */
record PatchAxis(int numOutputs, int numTaps, IntBinaryOperator source) {
    /** Returns the axes of a window that moves over planes. */
    static List<PatchAxis> of(OnnxNode node, Planes planes, WindowAttributes window) throws FormatException {
        List<PatchAxis> axes = new ArrayList<>();
        for (int axis = 0; axis < planes.rank(); axis++) {
            int stride = window.strides()[axis];
            int dilation = window.dilations()[axis];
            int before = window.before()[axis];
            axes.add(new PatchAxis(
                    window.outputs(node, axis, planes.spatial()[axis]),
                    window.kernel()[axis],
                    (output, tap) -> output * stride - before + tap * dilation));
        }
        return axes;
    }

    /**
     * Lays out what the windows see.
     *
     * @param extent the extent of the axis
     * @param zero the index of a zero, taken for whatever lies outside
     * @return one index per tap, window by window
     */
    int[] indices(int extent, int zero) {
        int[] indices = new int[Math.multiplyExact(numOutputs, numTaps)];
        for (int i = 0; i < indices.length; i++) {
            int element = source.applyAsInt(i / numTaps, i % numTaps);
            indices[i] = element >= 0 && element < extent ? element : zero;
        }
        return indices;
    }
}
