package org.eiesim.simulator.exact;

import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * The entries of all PEs column by column, rows made explicit, padding left out. Within a column the PEs follow one
 * another; each row occurs at most once there, so adding a whole column after the other keeps the stream order of every
 * accumulator. Immutable.
 *
 * @param starts {@code [columns + 1]}: first entry of each column, then the end
 * @param rows the row of each entry
 * @param codes the codebook index of each entry
 */
record ColumnEntries(int[] starts, int[] rows, byte[] codes) {
    /**
     * Lays a matrix out.
     *
     * @throws IllegalArgumentException if it has 2^31 entries or more
     */
    static ColumnEntries of(InterleavedCsc matrix) {
        int[] starts = starts(matrix);
        int numEntries = starts[starts.length - 1];
        int[] rows = new int[numEntries];
        byte[] codes = new byte[numEntries];
        int[] next = starts.clone();
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            byte[] peCodes = matrix.codes()[pe];
            short[] relativeIndices = matrix.relativeIndices()[pe];
            int[] columnStarts = matrix.columnStarts()[pe];
            for (int column = 0; column < matrix.numColumns(); column++) {
                int to = next[column];
                int row = pe - matrix.numPes();
                for (int entry = columnStarts[column]; entry < columnStarts[column + 1]; entry++) {
                    row += ((relativeIndices[entry] & 0xFFFF) + 1) * matrix.numPes();
                    if (peCodes[entry] != 0) {
                        rows[to] = row;
                        codes[to] = peCodes[entry];
                        to++;
                    }
                }
                next[column] = to;
            }
        }
        return new ColumnEntries(starts, rows, codes);
    }

    private static int[] starts(InterleavedCsc matrix) {
        if (matrix.numEntries() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(matrix.numEntries() + " entries in one product, more than 2^31");
        }
        int[] starts = new int[matrix.numColumns() + 1];
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            byte[] codes = matrix.codes()[pe];
            int[] columnStarts = matrix.columnStarts()[pe];
            for (int column = 0; column < matrix.numColumns(); column++) {
                int count = 0;
                for (int entry = columnStarts[column]; entry < columnStarts[column + 1]; entry++) {
                    count += codes[entry] == 0 ? 0 : 1;
                }
                starts[column + 1] += count;
            }
        }
        for (int column = 0; column < matrix.numColumns(); column++) {
            starts[column + 1] += starts[column];
        }
        return starts;
    }
}
