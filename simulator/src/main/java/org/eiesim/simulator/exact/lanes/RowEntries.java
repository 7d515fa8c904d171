package org.eiesim.simulator.exact.lanes;

/**
 * A sparse matrix of shared weights row by row, columns ascending: 4 bytes an entry. Immutable; the arrays are owned by this
 * object.
 *
 * @param starts {@code [rows + 1]}: first entry of each row, then the end
 * @param entries column of each entry, times 256, plus its code
 */
public record RowEntries(int[] starts, int[] entries) {
    /** Columns there may be, so that column and code fit 32 bits. */
    public static final int MAX_COLUMNS = 1 << 23;

    private static final int CODE_BITS = 8;
    private static final int CODE_MASK = (1 << CODE_BITS) - 1;

    /**
     * Packs an entry.
     *
     * @param column its column, below {@link #MAX_COLUMNS}
     * @param code its code, 0..255
     * @return both
     */
    public static int pack(int column, int code) {
        return column << CODE_BITS | code;
    }

    /**
     * Returns an entry's column.
     *
     * @param entry the packed entry
     * @return the column
     */
    public static int column(int entry) {
        return entry >> CODE_BITS;
    }

    /**
     * Returns an entry's code.
     *
     * @param entry the packed entry
     * @return the code
     */
    public static int code(int entry) {
        return entry & CODE_MASK;
    }

    /**
     * Returns the number of rows.
     *
     * @return rows
     */
    public int numRows() {
        return starts.length - 1;
    }
}
