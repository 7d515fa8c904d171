package org.eiesim.kernels.nn;

import org.eiesim.kernels.check.Ranges;

/** Copies that change the order or the number of a tensor's elements, never their values. All tensors are in C order. */
public final class Rearrangement {
    private Rearrangement() {}

    /**
     * Reorders the axes: axis {@code i} of the result is axis {@code permutation[i]} of the input.
     *
     * @param input the input; not changed
     * @param extents its extents
     * @param permutation each axis once
     * @param output as many elements, overwritten; owned by the caller, not {@code input}
     * @throws IllegalArgumentException if a length does not fit or an axis is missing or repeated
     */
    public static void transpose(float[] input, int[] extents, int[] permutation, float[] output) {
        Ranges.requireLength("input", input.length, Extents.size(extents));
        Ranges.requireLength("output", output.length, input.length);
        Ranges.requireLength("permutation", permutation.length, extents.length);
        int[] inputStrides = Extents.strides(extents);
        int[] outputExtents = new int[extents.length];
        int[] strides = new int[extents.length];
        boolean[] seen = new boolean[extents.length];
        for (int axis = 0; axis < permutation.length; axis++) {
            int from = permutation[axis];
            Extents.requireAxis(from, extents);
            if (seen[from]) {
                throw new IllegalArgumentException("axis " + from + " appears twice in the permutation");
            }
            seen[from] = true;
            outputExtents[axis] = extents[from];
            strides[axis] = inputStrides[from];
        }
        Extents.gather(input, 0, outputExtents, strides, output);
    }

    /**
     * Takes the elements {@code start, start + step, ...} along an axis.
     *
     * @param input the input; not changed
     * @param extents its extents
     * @param axis the axis
     * @param start the first element
     * @param count how many, &ge; 1
     * @param step their distance, not 0
     * @param output the input's extents with {@code count} on the axis, overwritten; owned by the caller, not
     *     {@code input}
     * @throws IllegalArgumentException if a length does not fit or an element is outside the input
     */
    public static void slice(float[] input, int[] extents, int axis, int start, int count, int step, float[] output) {
        Extents.requireAxis(axis, extents);
        Ranges.requireLength("input", input.length, Extents.size(extents));
        Ranges.requireWithin("count", count, 1, Integer.MAX_VALUE);
        Ranges.requireWithin("first element of the slice", start, 0, extents[axis] - 1L);
        Ranges.requireWithin("last element of the slice", start + (count - 1L) * step, 0, extents[axis] - 1L);
        int[] outputExtents = extents.clone();
        outputExtents[axis] = count;
        Ranges.requireLength("output", output.length, Extents.size(outputExtents));
        int[] strides = Extents.strides(extents);
        int offset = start * strides[axis];
        strides[axis] *= step;
        Extents.gather(input, offset, outputExtents, strides, output);
    }

    /**
     * Copies a tensor into its place along an axis of a larger one.
     *
     * @param input the input; not changed
     * @param extents its extents
     * @param axis the axis
     * @param output the output, of the input's extents but for that axis; the place is overwritten; owned by the caller
     * @param outputExtent the output's extent along the axis
     * @param start where along the axis the input goes
     * @throws IllegalArgumentException if a length does not fit or the place is not inside the output
     */
    public static void place(float[] input, int[] extents, int axis, float[] output, int outputExtent, int start) {
        Extents.requireAxis(axis, extents);
        Ranges.requireLength("input", input.length, Extents.size(extents));
        Ranges.requireSection("output axis", outputExtent, start, extents[axis]);
        int numBlocks = Extents.size(extents, 0, axis);
        int innerSize = Extents.size(extents, axis + 1, extents.length);
        Ranges.requireLength("output", output.length, (long) numBlocks * outputExtent * innerSize);
        int length = extents[axis] * innerSize;
        for (int block = 0; block < numBlocks; block++) {
            System.arraycopy(input, block * length, output, (block * outputExtent + start) * innerSize, length);
        }
    }

    /**
     * Takes elements of an axis in any order, any number of times.
     *
     * @param input the input; not changed
     * @param extents its extents
     * @param axis the axis
     * @param indices which elements, each 0..extent-1; not changed
     * @param output the input's extents with {@code indices.length} on the axis, overwritten; owned by the caller, not
     *     {@code input}
     * @throws IllegalArgumentException if a length does not fit or an index is outside the input
     */
    public static void gather(float[] input, int[] extents, int axis, int[] indices, float[] output) {
        Extents.requireAxis(axis, extents);
        Ranges.requireLength("input", input.length, Extents.size(extents));
        int numBlocks = Extents.size(extents, 0, axis);
        int innerSize = Extents.size(extents, axis + 1, extents.length);
        Ranges.requireLength("output", output.length, (long) numBlocks * indices.length * innerSize);
        for (int index : indices) {
            Ranges.requireWithin("index", index, 0, extents[axis] - 1L);
        }
        int to = 0;
        for (int block = 0; block < numBlocks; block++) {
            for (int index : indices) {
                System.arraycopy(input, (block * extents[axis] + index) * innerSize, output, to, innerSize);
                to += innerSize;
            }
        }
    }

    /**
     * Takes rows of a table: {@code output[i] = table[indices[i]]}.
     *
     * @param table {@code [rows, width]}; not changed
     * @param width elements of a row, &ge; 1
     * @param indices whole numbers 0..rows-1, or -rows..-1 counted from the end; not changed
     * @param output {@code [indices.length, width]}, overwritten; owned by the caller
     * @throws IllegalArgumentException if a length does not fit or an index is not a row
     */
    public static void rows(float[] table, int width, float[] indices, float[] output) {
        Ranges.requireWithin("width", width, 1, Integer.MAX_VALUE);
        Ranges.requireLength("output", output.length, (long) indices.length * width);
        int numRows = table.length / width;
        for (int i = 0; i < indices.length; i++) {
            int row = (int) indices[i];
            if (row != indices[i] || row < -numRows || row >= numRows) {
                throw new IllegalArgumentException("index " + indices[i] + " at position " + i
                        + " is not a row of the table, which has rows 0.." + (numRows - 1));
            }
            System.arraycopy(table, (row < 0 ? row + numRows : row) * width, output, i * width, width);
        }
    }
}
