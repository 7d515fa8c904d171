package org.eiesim.simulator.exact;

import java.util.Arrays;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.exact.lanes.CountTable;
import org.eiesim.simulator.exact.lanes.SpmatRows;
import org.eiesim.simulator.machine.ProductImage;

/**
 * How many entries each PE stores for each column of a product, and how many of them are padding: what timing needs to
 * know of the weights. Built once per layer and number of PEs and shared by all machines that differ in queue, row width
 * or clock, and by all threads. Immutable.
 */
public final class EntryCounts {
    private final CountTable entries;
    private final CountTable padding;
    private final int numInputs;
    private final boolean biasColumn;
    private final int[] inputRow;

    private EntryCounts(CountTable entries, CountTable padding, int numInputs, boolean biasColumn) {
        this.entries = entries;
        this.padding = padding;
        this.numInputs = numInputs;
        this.biasColumn = biasColumn;
        inputRow = new int[entries.numColumns() + 1];
        Arrays.setAll(inputRow, column -> column / entries.numPes());
    }

    /**
     * Counts the entries of an encoded product.
     *
     * @param image the weights
     * @return the counts
     * @throws IllegalArgumentException if columns times PEs exceed 2^31
     */
    public static EntryCounts of(ProductImage image) {
        InterleavedCsc matrix = image.matrix();
        CountTable entries = new CountTable(matrix.numColumns(), matrix.numPes());
        CountTable padding = new CountTable(matrix.numColumns(), matrix.numPes());
        int[] stored = new int[matrix.numPes()];
        int[] padded = new int[matrix.numPes()];
        for (int column = 0; column < matrix.numColumns(); column++) {
            for (int pe = 0; pe < stored.length; pe++) {
                int start = matrix.columnStarts()[pe][column];
                int end = matrix.columnStarts()[pe][column + 1];
                stored[pe] = end - start;
                padded[pe] = countPadding(matrix.codes()[pe], start, end);
            }
            entries.setColumn(column, stored);
            padding.setColumn(column, padded);
        }
        return new EntryCounts(entries, padding, image.numInputs(), image.biasColumn());
    }

    private static int countPadding(byte[] codes, int start, int end) {
        int count = 0;
        for (int entry = start; entry < end; entry++) {
            count += codes[entry] == 0 ? 1 : 0;
        }
        return count;
    }

    /**
     * Counts the entries a pattern of non-zeros would be encoded in, without encoding it: a non-zero after z zeros of its
     * PE's rows takes {@code floor(z / 2^indexBits)} padding entries and one of its own.
     *
     * @param weights the non-zero weights, one column per input
     * @param bias the non-zero biases as a single column, or a pattern without columns if there is no bias column
     * @param numPes processing elements, row i belonging to PE {@code i mod numPes}
     * @param indexBits bits of a relative index, 1..16
     * @return the counts
     * @throws IllegalArgumentException if an argument is out of range or columns times PEs exceed 2^31
     */
    public static EntryCounts of(SparsePattern weights, SparsePattern bias, int numPes, int indexBits) {
        if (numPes < 1 || numPes > 4096 || indexBits < 1 || indexBits > 16) {
            throw new IllegalArgumentException(numPes + " PEs (1..4096), " + indexBits + " index bits (1..16)");
        }
        if (bias.numColumns() > 1) {
            throw new IllegalArgumentException("a bias of " + bias.numColumns() + " columns");
        }
        boolean biasColumn = bias.numColumns() == 1;
        int numInputs = weights.numColumns();
        int biasIndex = (numInputs + numPes - 1) / numPes * numPes;
        int numColumns = biasColumn ? Math.addExact(biasIndex, 1) : numInputs;
        CountTable entries = new CountTable(numColumns, numPes);
        CountTable padding = new CountTable(numColumns, numPes);
        ColumnEncoding encoding = new ColumnEncoding(numPes, indexBits);
        for (int column = 0; column < numInputs; column++) {
            encoding.count(weights, column);
            entries.setColumn(column, encoding.stored);
            padding.setColumn(column, encoding.padded);
        }
        if (biasColumn) {
            encoding.count(bias, 0);
            entries.setColumn(biasIndex, encoding.stored);
            padding.setColumn(biasIndex, encoding.padded);
        }
        return new EntryCounts(entries, padding, numInputs, biasColumn);
    }

    /** Counts the entries of one column per PE. */
    private static final class ColumnEncoding {
        private final int numPes;
        private final int indexBits;
        private final int[] nextLocalRow;
        final int[] stored;
        final int[] padded;

        ColumnEncoding(int numPes, int indexBits) {
            this.numPes = numPes;
            this.indexBits = indexBits;
            nextLocalRow = new int[numPes];
            stored = new int[numPes];
            padded = new int[numPes];
        }

        void count(SparsePattern pattern, int column) {
            Arrays.fill(nextLocalRow, 0);
            Arrays.fill(stored, 0);
            Arrays.fill(padded, 0);
            int[] rows = pattern.rows();
            int end = pattern.columnStarts()[column + 1];
            for (int i = pattern.columnStarts()[column]; i < end; i++) {
                int localRow = rows[i] / numPes;
                int pe = rows[i] - localRow * numPes;
                int padding = (localRow - nextLocalRow[pe]) >> indexBits;
                padded[pe] += padding;
                stored[pe] += padding + 1;
                nextLocalRow[pe] = localRow + 1;
            }
        }
    }

    /**
     * Finds the rows of the weight memory every column occupies.
     *
     * @param rowEntries entries in a row, &ge; 1
     * @return the rows
     */
    SpmatRows spmatRows(int rowEntries) {
        return new SpmatRows(entries, rowEntries);
    }

    CountTable entries() {
        return entries;
    }

    CountTable padding() {
        return padding;
    }

    /** Returns, per column and once past the last, the row of inputs it stands in. */
    int[] inputRow() {
        return inputRow;
    }

    /**
     * Returns the number of processing elements.
     *
     * @return PEs
     */
    public int numPes() {
        return entries.numPes();
    }

    /**
     * Returns the number of inputs.
     *
     * @return the columns, without the bias and those between the inputs and it
     */
    public int numInputs() {
        return numInputs;
    }

    /**
     * Tells whether the last column is the bias, broadcast after the last input.
     *
     * @return whether there is a bias column
     */
    public boolean biasColumn() {
        return biasColumn;
    }

    int numColumns() {
        return entries.numColumns();
    }

    /** Returns the most columns one product broadcasts. */
    int maxBroadcasts() {
        return numInputs + (biasColumn ? 1 : 0);
    }
}
