package org.eiesim.kernels.sparse;

/**
 * The entries of all PEs column by column, rows made explicit and ascending, padding left out. Each row occurs at most
 * once in a column, so adding one column after the other keeps the stream order of every accumulator; ascending rows are
 * a third faster than one PE after the other, whose rows lie far apart. Immutable; the arrays are owned by this object.
 *
 * @param starts {@code [columns + 1]}: first entry of each column, then the end
 * @param rows the row of each entry
 * @param codes the codebook index of each entry
 */
public record ColumnEntries(int[] starts, int[] rows, byte[] codes) {
    /**
     * Lays a matrix out.
     *
     * @param matrix a matrix of sound structure ({@link InterleavedCscValidator}); not changed
     * @return its entries but the padding
     * @throws IllegalArgumentException if it has 2^31 entries or more
     */
    public static ColumnEntries of(InterleavedCsc matrix) {
        int[] starts = starts(matrix);
        int[] rows = new int[starts[starts.length - 1]];
        byte[] codes = new byte[rows.length];
        // One column at a time: which rows have an entry, and their codes (of other rows: what was there before).
        long[] occupied = new long[(matrix.numRows() + Long.SIZE - 1) / Long.SIZE];
        byte[] codeOfRow = new byte[matrix.numRows()];
        for (int column = 0; column < matrix.numColumns(); column++) {
            for (int pe = 0; pe < matrix.numPes(); pe++) {
                spread(matrix, pe, column, occupied, codeOfRow);
            }
            int to = starts[column];
            for (int word = 0; word < occupied.length && to < starts[column + 1]; word++) {
                for (long bits = occupied[word]; bits != 0; bits &= bits - 1) {
                    int row = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                    rows[to] = row;
                    codes[to] = codeOfRow[row];
                    to++;
                }
                occupied[word] = 0;
            }
        }
        return new ColumnEntries(starts, rows, codes);
    }

    private static void spread(InterleavedCsc matrix, int pe, int column, long[] occupied, byte[] codeOfRow) {
        byte[] codes = matrix.codes()[pe];
        short[] relativeIndices = matrix.relativeIndices()[pe];
        int[] columnStarts = matrix.columnStarts()[pe];
        int row = pe - matrix.numPes();
        for (int entry = columnStarts[column]; entry < columnStarts[column + 1]; entry++) {
            row += ((relativeIndices[entry] & 0xFFFF) + 1) * matrix.numPes();
            if (codes[entry] != 0) {
                occupied[row / Long.SIZE] |= 1L << row;
                codeOfRow[row] = codes[entry];
            }
        }
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
