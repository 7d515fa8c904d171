package org.eiesim.simulator.exact;

/**
 * Where a matrix has non-zero weights, column by column: all that timing depends on. Immutable; the arrays are owned by
 * this object and not copied.
 *
 * @param numRows rows of the matrix
 * @param columnStarts {@code [columns + 1]}: the first of each column's rows in {@code rows}, then the end
 * @param rows the rows with a non-zero, ascending in each column
 */
public record SparsePattern(int numRows, int[] columnStarts, int[] rows) {
    /**
     * Checks that the arrays describe a matrix.
     *
     * @throws IllegalArgumentException naming the column that does not
     */
    public SparsePattern {
        if (columnStarts.length == 0 || columnStarts[0] != 0 || columnStarts[columnStarts.length - 1] != rows.length) {
            throw new IllegalArgumentException("column starts must run from 0 to " + rows.length);
        }
        for (int column = 0; column + 1 < columnStarts.length; column++) {
            requireColumn(numRows, columnStarts, rows, column);
        }
    }

    private static void requireColumn(int numRows, int[] columnStarts, int[] rows, int column) {
        int end = columnStarts[column + 1];
        if (end < columnStarts[column] || end > rows.length) {
            throw new IllegalArgumentException(
                    "column " + column + " runs from " + columnStarts[column] + " to " + end);
        }
        int previous = -1;
        for (int i = columnStarts[column]; i < end; i++) {
            if (rows[i] <= previous || rows[i] >= numRows) {
                throw new IllegalArgumentException(
                        "column " + column + ": row " + rows[i] + " after row " + previous + " of " + numRows);
            }
            previous = rows[i];
        }
    }

    /**
     * Returns the number of columns.
     *
     * @return columns
     */
    public int numColumns() {
        return columnStarts.length - 1;
    }
}
