package org.eiesim.simulator.exact;

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

    /** Adds {@code weight * input} to the accumulators of a column's rows, product and sum rounded apart. */
    void add(int column, float input, float[] accumulators) {
        int[] rowOf = rows;
        float[] weightOf = weights;
        int end = starts[column + 1];
        for (int entry = starts[column]; entry < end; entry++) {
            accumulators[rowOf[entry]] += weightOf[entry] * input;
        }
    }
}
