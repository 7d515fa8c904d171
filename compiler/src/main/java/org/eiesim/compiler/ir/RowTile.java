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
}
