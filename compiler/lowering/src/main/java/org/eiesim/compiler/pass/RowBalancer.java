package org.eiesim.compiler.pass;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.eiesim.compiler.ir.ColumnTile;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.compiler.ir.RowTile;
import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.target.LiveProfile;
import org.eiesim.compiler.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * Balances the rows of a product over PEs: heaviest row first, each to the PE that carries least and still has room. A row
 * weighs its non-zero weights, or the sum of the shares in which their inputs are live. Within a PE rows keep their order.
 * A tile that would then no longer fit a weight memory stays interleaved.
 *
 * <p>Source: the longest-processing-time rule, within 4/3 of the best (R. L. Graham, Bounds on multiprocessing timing
 * anomalies, 1969).
 */
final class RowBalancer {
    private final Operation.Product product;
    private final Target target;
    private final int numPes;
    private final double @Nullable [] shares;

    RowBalancer(Operation.Product product, Target target, @Nullable LiveProfile profile) {
        this.product = product;
        this.target = target;
        numPes = target.numPes();
        shares = profile == null ? null : profile.of(product.layer());
    }

    Operation.Product balanced() {
        return product.withRowTiles(product.rowTiles().stream()
                .map(tile -> tile.withOrder(order(tile)))
                .toList());
    }

    private int[] order(RowTile tile) {
        double[] weights = rowWeights(tile);
        int[] order = order(weights, numPes);
        return fits(tile, order) ? order : IntStream.range(0, tile.numRows()).toArray();
    }

    /**
     * Returns the row each machine row computes.
     *
     * @param weights one per row
     * @param numPes PEs; machine row m belongs to PE m mod numPes
     */
    static int[] order(double[] weights, int numPes) {
        int numRows = weights.length;
        Integer[] heaviestFirst = IntStream.range(0, numRows).boxed().toArray(Integer[]::new);
        Arrays.sort(heaviestFirst, Comparator.comparingDouble(row -> -weights[row]));
        double[] load = new double[numPes];
        int[] peOf = new int[numRows];
        int[] free = new int[numPes];
        for (int pe = 0; pe < numPes; pe++) {
            free[pe] = (numRows - pe + numPes - 1) / numPes;
        }
        for (int row : heaviestFirst) {
            int best = -1;
            for (int pe = 0; pe < numPes; pe++) {
                if (free[pe] > 0 && (best < 0 || load[pe] < load[best])) {
                    best = pe;
                }
            }
            peOf[row] = best;
            load[best] += weights[row];
            free[best]--;
        }
        int[] order = new int[numRows];
        int[] next = IntStream.range(0, numPes).toArray();
        for (int row = 0; row < numRows; row++) {
            order[next[peOf[row]]] = row;
            next[peOf[row]] += numPes;
        }
        return order;
    }

    private double[] rowWeights(RowTile tile) {
        SharedWeights weights = product.weights();
        int numColumns = weights.columns();
        int firstInput = tile.group() * numColumns;
        double[] sums = new double[tile.numRows()];
        for (int row = 0; row < sums.length; row++) {
            int at = (tile.firstRow() + row) * numColumns;
            for (int column = 0; column < numColumns; column++) {
                if (weights.codes()[at + column] != 0) {
                    sums[row] += shares == null ? 1 : shares[firstInput + column];
                }
            }
        }
        return sums;
    }

    /** Says whether every column tile still fits the weight memory of every PE, padding included. */
    private boolean fits(RowTile tile, int[] order) {
        SharedWeights weights = product.weights();
        for (ColumnTile columns : tile.columnTiles()) {
            long[] entries = new long[numPes];
            // The bias may take an entry in every row.
            Arrays.fill(entries, columns.biasColumn() ? (tile.numRows() + numPes - 1) / numPes : 0);
            for (int c = columns.firstColumn(); c < columns.firstColumn() + columns.numInputs(); c++) {
                int[] next = new int[numPes];
                for (int row = 0; row < order.length; row++) {
                    if (weights.codes()[(tile.firstRow() + order[row]) * weights.columns() + c] != 0) {
                        int pe = row % numPes;
                        int local = row / numPes;
                        entries[pe] += 1 + ((local - next[pe]) >> target.indexBits());
                        next[pe] = local + 1;
                    }
                }
            }
            if (Arrays.stream(entries).max().orElse(0) > target.spmatCapacityEntries()) {
                return false;
            }
        }
        return true;
    }
}
