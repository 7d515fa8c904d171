package org.eiesim.simulator.exact.lanes;

import org.eiesim.kernels.sparse.ColumnEntries;

/**
 * A product's entries row by row, for blocks of vectors; the bias column apart, since no vector holds its input.
 *
 * @param inputs the entries of the inputs' columns
 * @param biasCodes code of each row's entry in the bias column, 0 where there is none; empty without a bias column
 */
public record RowLayout(RowEntries inputs, byte[] biasCodes) {
    /**
     * Lays entries out.
     *
     * @param entries the entries by columns
     * @param numRows rows
     * @param numColumns columns of inputs
     * @param biasColumn whether a bias column follows them
     * @return the same by rows
     */
    public static RowLayout of(ColumnEntries entries, int numRows, int numColumns, boolean biasColumn) {
        int end = entries.starts()[numColumns];
        int[] next = new int[numRows + 1];
        for (int entry = 0; entry < end; entry++) {
            next[entries.rows()[entry] + 1]++;
        }
        for (int row = 0; row < numRows; row++) {
            next[row + 1] += next[row];
        }
        int[] starts = next.clone();
        int[] packed = new int[end];
        for (int column = 0; column < numColumns; column++) {
            for (int entry = entries.starts()[column]; entry < entries.starts()[column + 1]; entry++) {
                packed[next[entries.rows()[entry]]++] = RowEntries.pack(column, entries.codes()[entry] & 0xFF);
            }
        }
        byte[] biasCodes = new byte[biasColumn ? numRows : 0];
        for (int entry = end; biasColumn && entry < entries.rows().length; entry++) {
            biasCodes[entries.rows()[entry]] = entries.codes()[entry];
        }
        return new RowLayout(new RowEntries(starts, packed), biasCodes);
    }
}
