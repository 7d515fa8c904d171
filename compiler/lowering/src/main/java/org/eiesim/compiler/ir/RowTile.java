package org.eiesim.compiler.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Outputs of one group that are computed together, in the register file.
 *
 * @param group the group they belong to
 * @param firstRow first output, counted over all groups
 * @param numRows outputs
 * @param rowOrder once placed: machine row {@code m} (of PE {@code m mod numPes}) computes output
 *     {@code firstRow + rowOrder[m]}; not copied
 * @param columnTiles the products, in the order in which they run
 */
public record RowTile(int group, int firstRow, int numRows, int @Nullable [] rowOrder, List<ColumnTile> columnTiles) {
    /** Copies the list. */
    public RowTile {
        columnTiles = List.copyOf(columnTiles);
    }

    /**
     * Returns the tile with its rows placed.
     *
     * @param order which output each machine row computes; not copied
     * @return the placed tile
     */
    public RowTile withOrder(int[] order) {
        return new RowTile(group, firstRow, numRows, order, columnTiles);
    }
}
