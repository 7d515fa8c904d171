package org.eiesim.kernels.nn;

import java.util.Arrays;
import org.eiesim.kernels.check.Ranges;

/** Arithmetic on the extents of tensors in C order. */
final class Extents {
    private Extents() {}

    /** Returns the number of elements. */
    static long size(int[] extents) {
        long size = 1;
        for (int extent : extents) {
            Ranges.requireWithin("extent", extent, 0, Integer.MAX_VALUE);
            size = Math.multiplyExact(size, extent);
        }
        return size;
    }

    /** Returns the product of the extents from one axis up to another, that one excluded. */
    static int size(int[] extents, int fromAxis, int toAxis) {
        return Math.toIntExact(size(Arrays.copyOfRange(extents, fromAxis, toAxis)));
    }

    /** Returns how far elements that are neighbours along each axis lie apart. */
    static int[] strides(int[] extents) {
        int[] strides = new int[extents.length];
        int stride = 1;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= extents[axis];
        }
        return strides;
    }

    /** Checks that an axis exists. */
    static void requireAxis(int axis, int[] extents) {
        Ranges.requireWithin("axis", axis, 0, extents.length - 1L);
    }

    /**
     * Copies the elements of {@code input} at {@code offset + sum of position[axis] * strides[axis]} in C order of the
     * positions.
     */
    static void gather(float[] input, int offset, int[] extents, int[] strides, float[] output) {
        if (output.length == 0) {
            return;
        }
        int last = extents.length - 1;
        int runLength = last < 0 ? 1 : extents[last];
        int runStride = last < 0 ? 0 : strides[last];
        int[] position = new int[extents.length];
        int from = offset;
        for (int at = 0; at < output.length; at += runLength) {
            if (runStride == 1) {
                System.arraycopy(input, from, output, at, runLength);
            } else {
                for (int i = 0; i < runLength; i++) {
                    output[at + i] = input[from + i * runStride];
                }
            }
            for (int axis = last - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++position[axis] < extents[axis]) {
                    break;
                }
                from -= extents[axis] * strides[axis];
                position[axis] = 0;
            }
        }
    }
}
