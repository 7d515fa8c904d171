package org.eiesim.kernels.linalg;

import org.eiesim.kernels.check.Ranges;
import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * The reference product of a sparse matrix of codebook indices and a vector, in float32 and in the order of the
 * machine: live inputs ascending, within a column the entries of each processing element in stream order. As each row
 * belongs to one processing element, every output adds its terms in ascending order of the columns.
 *
 * <p>Source: EIE III-A, equation 3: {@code b_i = sum over live j of S[I_ij] a_j}.
 */
public final class SparseProduct {
    private SparseProduct() {}

    /**
     * Adds {@code codebook[code] * inputs[column]} to each entry's row, product and sum rounded, for all columns whose
     * input is not 0. Entries of code 0 add nothing.
     *
     * @param matrix a matrix that {@link org.eiesim.kernels.sparse.InterleavedCscValidator} accepts; not changed
     * @param codebook shared weights, as many as the largest code needs; not changed
     * @param inputs {@code [numColumns]}, with the value 1 for a bias column; not changed
     * @param accumulators {@code [numRows]}, added to; owned by the caller
     * @throws IllegalArgumentException if a length does not fit, or a code is outside the codebook
     */
    public static void multiplyAdd(InterleavedCsc matrix, float[] codebook, float[] inputs, float[] accumulators) {
        Ranges.requireLength("inputs", inputs.length, matrix.numColumns());
        Ranges.requireLength("accumulators", accumulators.length, matrix.numRows());
        for (int column = 0; column < inputs.length; column++) {
            if (inputs[column] != 0) {
                for (int pe = 0; pe < matrix.numPes(); pe++) {
                    addColumn(matrix, pe, column, codebook, inputs[column], accumulators);
                }
            }
        }
    }

    private static void addColumn(
            InterleavedCsc matrix, int pe, int column, float[] codebook, float input, float[] accumulators) {
        byte[] codes = matrix.codes()[pe];
        short[] relativeIndices = matrix.relativeIndices()[pe];
        int[] starts = matrix.columnStarts()[pe];
        int row = pe - matrix.numPes();
        for (int entry = starts[column]; entry < starts[column + 1]; entry++) {
            row += ((relativeIndices[entry] & 0xFFFF) + 1) * matrix.numPes();
            int code = codes[entry] & 0xFF;
            if (code == 0) {
                continue;
            }
            if (code >= codebook.length) {
                throw new IllegalArgumentException("PE " + pe + ", column " + column + ", entry " + entry + ": code "
                        + code + " is outside a codebook of " + codebook.length);
            }
            accumulators[row] += codebook[code] * input;
        }
    }
}
