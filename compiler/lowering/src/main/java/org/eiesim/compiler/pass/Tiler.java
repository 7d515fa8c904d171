package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eiesim.compiler.ir.ColumnTile;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.compiler.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one product into tiles. Row tiles are as high as the register file allows and lower only where even the narrowest
 * column tile would not fit a PE's weight memory. Within a row tile, columns are taken greedily in blocks of one input
 * row (one input per PE), so that every tile starts at PE 0, until the entries of a PE, the pointers or the register file
 * are exhausted; only where a whole block cannot fit are columns taken one by one. Entries are counted as they will be
 * encoded, padding included.
 */
final class Tiler {
    /** Rows transposed at a time: as many bytes as a cache line holds. */
    private static final int TRANSPOSED_ROWS = 64;

    private final Operation.Product product;
    private final Target target;
    private final int numPes;
    private final int numColumns;
    private final int rowsPerGroup;
    /** Column-major: {@code transposed[column * outputs + row]}. */
    private final byte[] transposed;
    /** The bias as a column, or null where it does not go through the codebook. */
    private final byte @Nullable [] biasCodes;

    Tiler(Operation.Product product, Target target) {
        this.product = product;
        this.target = target;
        SharedWeights weights = product.weights();
        numPes = target.numPes();
        numColumns = weights.columns();
        rowsPerGroup = weights.outputs() / product.groups();
        transposed = transpose(weights.codes(), weights.outputs(), numColumns);
        float[] bias = product.bias();
        biasCodes =
                bias != null && target.biasMode() == Target.BiasMode.COLUMN ? BiasCodes.nearest(bias, weights) : null;
    }

    private static byte[] transpose(byte[] codes, int numRows, int numColumns) {
        byte[] transposed = new byte[codes.length];
        for (int first = 0; first < numRows; first += TRANSPOSED_ROWS) {
            int end = Math.min(numRows, first + TRANSPOSED_ROWS);
            for (int column = 0; column < numColumns; column++) {
                for (int row = first; row < end; row++) {
                    transposed[column * numRows + row] = codes[row * numColumns + column];
                }
            }
        }
        return transposed;
    }

    /**
     * Cuts the product.
     *
     * @param maxRows rows of a tile at most
     */
    List<RowTile> tiles(int maxRows) {
        List<RowTile> tiles = new ArrayList<>();
        for (int group = 0; group < product.groups(); group++) {
            int row = group * rowsPerGroup;
            int end = row + rowsPerGroup;
            do {
                RowTile tile = rowTile(group, row, Math.min(end, row + Math.max(1, maxRows)));
                tiles.add(tile);
                row += tile.numRows();
            } while (row < end);
        }
        return tiles;
    }

    private RowTile rowTile(int group, int firstRow, int endRow) {
        int block = target.pointerCapacityColumns() >= numPes ? numPes : 1;
        int numRows = Math.min(endRow - firstRow, target.registerFileCapacity());
        while (true) {
            List<ColumnTile> columns = columnTiles(firstRow, numRows, block);
            boolean lower = columns != null && numRows > numPes && !together(columns, firstRow, numRows);
            if (columns != null && !lower) {
                return new RowTile(group, firstRow, numRows, null, columns);
            }
            if (numRows > numPes) {
                int halfRows = (numRows + 1) / 2;
                numRows = (halfRows + numPes - 1) / numPes * numPes;
            } else if (block > 1) {
                block = 1;
            } else {
                throw new IllegalStateException("one row per PE and one column do not fit " + target);
            }
        }
    }

    /**
     * Says whether the column tiles of a row tile that serves many vectors fit the memories side by side; if not, they
     * would have to be loaded again for every vector, and fewer rows are better.
     */
    private boolean together(List<ColumnTile> columns, int firstRow, int numRows) {
        if (product.numVectors() == 1 || columns.size() == 1) {
            return true;
        }
        int[] sum = new int[numPes];
        int[] entries = new int[numPes];
        countEntries(0, numColumns, firstRow, numRows, sum);
        if (biasCodes != null) {
            countColumn(biasCodes, firstRow, numRows, entries);
            add(sum, entries);
        }
        long pointers = 0;
        for (ColumnTile tile : columns) {
            pointers += WeightImage.numColumns(tile.numInputs(), tile.biasColumn(), numPes) + 1;
        }
        int slack = MemoryPlan.alignmentEntries(target) * (columns.size() - 1);
        return Arrays.stream(sum).max().orElse(0) <= (long) target.spmatCapacityEntries() - slack
                && pointers <= target.pointerCapacityColumns() + 1L;
    }

    /** Cuts the columns of a row tile, or returns null where one block of columns does not fit. */
    private @Nullable List<ColumnTile> columnTiles(int firstRow, int numRows, int block) {
        List<Integer> cuts = new ArrayList<>(List.of(0));
        int[] used = new int[numPes];
        int[] entries = new int[numPes];
        int start = 0;
        for (int column = 0; column < numColumns; column += block) {
            int end = Math.min(numColumns, column + block);
            countEntries(column, end, firstRow, numRows, entries);
            if (!fits(null, entries) || !fitsColumns(end - column, false)) {
                return null;
            }
            if (column > start && (!fits(used, entries) || !fitsColumns(end - start, false))) {
                cuts.add(column);
                start = column;
                Arrays.fill(used, 0);
            }
            add(used, entries);
        }
        return biasCodes == null ? tiles(cuts, false) : withBias(cuts, biasCodes, used, firstRow, numRows, block);
    }

    /** Makes room for the bias column in the last tile: as it is, or one block narrower, or without inputs. */
    private @Nullable List<ColumnTile> withBias(
            List<Integer> cuts, byte[] bias, int[] used, int firstRow, int numRows, int block) {
        int[] biasEntries = new int[numPes];
        countColumn(bias, firstRow, numRows, biasEntries);
        int start = cuts.get(cuts.size() - 1);
        if (fits(used, biasEntries) && fitsColumns(numColumns - start, true)) {
            return tiles(cuts, true);
        }
        int lastBlock = Math.max(0, (numColumns - 1) / block * block);
        if (lastBlock > start) {
            int[] entries = new int[numPes];
            countEntries(lastBlock, numColumns, firstRow, numRows, entries);
            if (fits(entries, biasEntries) && fitsColumns(numColumns - lastBlock, true)) {
                cuts.add(lastBlock);
                return tiles(cuts, true);
            }
        }
        if (!fits(null, biasEntries)) {
            return null;
        }
        cuts.add(numColumns);
        return tiles(cuts, true);
    }

    private List<ColumnTile> tiles(List<Integer> cuts, boolean biasColumn) {
        List<ColumnTile> tiles = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            boolean last = i == cuts.size() - 1;
            int end = last ? numColumns : cuts.get(i + 1);
            tiles.add(new ColumnTile(cuts.get(i), end - cuts.get(i), biasColumn && last, null));
        }
        return tiles;
    }

    private boolean fitsColumns(int numInputs, boolean biasColumn) {
        return numInputs <= target.registerFileCapacity()
                && WeightImage.numColumns(numInputs, biasColumn, numPes) <= target.pointerCapacityColumns();
    }

    private boolean fits(int @Nullable [] used, int[] more) {
        for (int pe = 0; pe < numPes; pe++) {
            if ((used == null ? 0L : used[pe]) + more[pe] > target.spmatCapacityEntries()) {
                return false;
            }
        }
        return true;
    }

    private static void add(int[] used, int[] more) {
        for (int pe = 0; pe < used.length; pe++) {
            used[pe] += more[pe];
        }
    }

    private void countEntries(int firstColumn, int endColumn, int firstRow, int numRows, int[] entries) {
        Arrays.fill(entries, 0);
        int[] column = new int[numPes];
        for (int c = firstColumn; c < endColumn; c++) {
            countColumn(transposed, c * product.weights().outputs() + firstRow, numRows, column);
            add(entries, column);
        }
    }

    /** Counts the entries of one column per PE: {@code 1 + floor(zeros before it / 2^indexBits)} for each non-zero. */
    private void countColumn(byte[] codes, int first, int numRows, int[] entries) {
        Arrays.fill(entries, 0);
        int[] next = new int[numPes];
        for (int row = 0; row < numRows; row++) {
            if (codes[first + row] != 0) {
                int pe = row % numPes;
                int local = row / numPes;
                entries[pe] += 1 + ((local - next[pe]) >> target.indexBits());
                next[pe] = local + 1;
            }
        }
    }
}
