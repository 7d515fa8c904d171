package org.eiesim.kernels.linalg;

import java.util.Arrays;
import org.eiesim.kernels.check.Ranges;

/** Products of stacks of matrices in float32, terms added in ascending order of the inner index. */
public final class BatchedProduct {
    private BatchedProduct() {}

    /**
     * Computes {@code output[b, i, j] = sum over k of left[b, i, k] * right[b, k, j]} for each matrix of two stacks.
     *
     * @param left {@code [numLeft, numRows, numInner]}; not changed
     * @param leftMatrices for each matrix of the result, which matrix of {@code left} it is made of
     * @param right {@code [numRight, numInner, numColumns]}; not changed
     * @param rightMatrices for each matrix of the result, which matrix of {@code right} it is made of
     * @param numRows rows of a result, &ge; 0
     * @param numInner terms of each sum, &ge; 0
     * @param numColumns columns of a result, &ge; 0
     * @param output {@code [leftMatrices.length, numRows, numColumns]}, overwritten; owned by the caller, not an operand
     * @throws IllegalArgumentException if a length does not fit or a matrix is outside its stack
     */
    public static void multiply(
            float[] left,
            int[] leftMatrices,
            float[] right,
            int[] rightMatrices,
            int numRows,
            int numInner,
            int numColumns,
            float[] output) {
        Ranges.requireLength("rightMatrices", rightMatrices.length, leftMatrices.length);
        Ranges.requireLength("output", output.length, (long) leftMatrices.length * numRows * numColumns);
        Arrays.fill(output, 0f);
        for (int i = 0; i < leftMatrices.length; i++) {
            DenseProduct.multiplyMatrixAdd(
                    left,
                    Math.multiplyExact(leftMatrices[i], numRows * numInner),
                    numRows,
                    numInner,
                    right,
                    Math.multiplyExact(rightMatrices[i], numInner * numColumns),
                    numColumns,
                    output,
                    i * numRows * numColumns);
        }
    }
}
