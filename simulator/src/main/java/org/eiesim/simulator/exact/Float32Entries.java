package org.eiesim.simulator.exact;

import org.eiesim.kernels.sparse.ColumnEntries;

/**
 * A matrix ready for single-precision products: 8 bytes an entry, its row and its weight. Immutable.
 *
 * @param starts {@code [columns + 1]}: first entry of each column, then the end
 * @param rows the row of each entry, each at most once a column
 * @param weights the weight of each entry
 */
record Float32Entries(int[] starts, int[] rows, float[] weights) {
    static Float32Entries of(ColumnEntries entries, float[] codebook) {
        byte[] codes = entries.codes();
        float[] weights = new float[codes.length];
        for (int entry = 0; entry < codes.length; entry++) {
            weights[entry] = codebook[codes[entry] & 0xFF];
        }
        return new Float32Entries(entries.starts(), entries.rows(), weights);
    }

    /**
     * Adds {@code weight * input}, product and sum rounded apart, for every entry of some columns, one after another.
     *
     * @param columns the columns
     * @param count how many of them, from the first
     * @param inputs the input of column c at {@code offset + c}
     */
    void add(int[] columns, int count, float[] inputs, int offset, float[] accumulators) {
        int[] startOf = starts;
        int[] rowOf = rows;
        float[] weightOf = weights;
        for (int i = 0; i < count; i++) {
            int column = columns[i];
            float input = inputs[offset + column];
            int end = startOf[column + 1];
            int entry = startOf[column];
            // Sixteen at a time makes this method too long to be inlined. Compiled by itself it has the registers it
            // needs; inlined into a caller it takes 1.4 times as long.
            for (; entry <= end - 16; entry += 16) {
                accumulators[rowOf[entry + 0]] += weightOf[entry + 0] * input;
                accumulators[rowOf[entry + 1]] += weightOf[entry + 1] * input;
                accumulators[rowOf[entry + 2]] += weightOf[entry + 2] * input;
                accumulators[rowOf[entry + 3]] += weightOf[entry + 3] * input;
                accumulators[rowOf[entry + 4]] += weightOf[entry + 4] * input;
                accumulators[rowOf[entry + 5]] += weightOf[entry + 5] * input;
                accumulators[rowOf[entry + 6]] += weightOf[entry + 6] * input;
                accumulators[rowOf[entry + 7]] += weightOf[entry + 7] * input;
                accumulators[rowOf[entry + 8]] += weightOf[entry + 8] * input;
                accumulators[rowOf[entry + 9]] += weightOf[entry + 9] * input;
                accumulators[rowOf[entry + 10]] += weightOf[entry + 10] * input;
                accumulators[rowOf[entry + 11]] += weightOf[entry + 11] * input;
                accumulators[rowOf[entry + 12]] += weightOf[entry + 12] * input;
                accumulators[rowOf[entry + 13]] += weightOf[entry + 13] * input;
                accumulators[rowOf[entry + 14]] += weightOf[entry + 14] * input;
                accumulators[rowOf[entry + 15]] += weightOf[entry + 15] * input;
            }
            for (; entry < end; entry++) {
                accumulators[rowOf[entry]] += weightOf[entry] * input;
            }
        }
    }

    /** Adds the weights of the bias column, whose input is 1. */
    void addBias(int column, float[] accumulators) {
        for (int entry = starts[column]; entry < starts[column + 1]; entry++) {
            accumulators[rows[entry]] += weights[entry];
        }
    }
}
