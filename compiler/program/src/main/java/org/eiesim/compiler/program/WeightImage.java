package org.eiesim.compiler.program;

import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * The weights of one tile as they lie in the PEs' memories.
 *
 * @param layer number of its layer
 * @param firstRow the layer's output that row 0 computes
 * @param firstColumn the layer's input that column 0 multiplies
 * @param numInputs inputs of the tile, the bias not counted
 * @param biasColumn whether the last column is the bias; it then stands at column
 *     {@code ceil(numInputs / numPes) * numPes}, the columns between the inputs and it being empty
 * @param matrix the entries
 */
public record WeightImage(
        int layer, int firstRow, int firstColumn, int numInputs, boolean biasColumn, InterleavedCsc matrix) {
    /** Checks that the columns fit the inputs. */
    public WeightImage {
        long expected = numColumns(numInputs, biasColumn, matrix.numPes());
        if (matrix.numColumns() != expected) {
            throw new IllegalArgumentException(
                    matrix.numColumns() + " columns for " + numInputs + " inputs, expected " + expected);
        }
    }

    /**
     * Returns how many columns a tile has.
     *
     * @param numInputs its inputs, the bias not counted
     * @param biasColumn whether it has a bias column
     * @param numPes processing elements
     * @return {@code numInputs}, or {@code ceil(numInputs / numPes) * numPes + 1}
     */
    public static long numColumns(int numInputs, boolean biasColumn, int numPes) {
        return biasColumn ? ((long) numInputs + numPes - 1) / numPes * numPes + 1 : numInputs;
    }

    /**
     * Returns what the fullest PE holds.
     *
     * @return entries, padding included
     */
    public int maxEntriesPerPe() {
        int max = 0;
        for (byte[] codes : matrix.codes()) {
            max = Math.max(max, codes.length);
        }
        return max;
    }

    /**
     * Returns the largest code.
     *
     * @return 0 where there are no entries
     */
    public int maxCode() {
        int max = 0;
        for (byte[] codes : matrix.codes()) {
            for (byte code : codes) {
                max = Math.max(max, code & 0xFF);
            }
        }
        return max;
    }
}
