package org.eiesim.kernels.sparse;

import java.util.Arrays;
import org.eiesim.kernels.check.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a dense matrix of codebook indices as {@link InterleavedCsc}. Both passes over the matrix (count, then fill)
 * walk it in row order, as it lies in memory.
 *
 * <p>Source: EIE III-B.
 */
public final class InterleavedCscBuilder {
    /** The largest number of processing elements. */
    public static final int MAX_PES = 4096;

    /** The widest relative index. */
    public static final int MAX_INDEX_BITS = 16;

    private final byte[] codes;
    private final byte @Nullable [] biasCodes;
    private final int numRows;
    private final int numColumns;
    private final int totalColumns;
    private final int numPes;
    private final int indexBits;

    /** Scratch: where the non-zeros of the row at hand are, and the first row of the PE not yet reached in each column. */
    private final int[] positions;

    private final int[] nextRow;

    private InterleavedCscBuilder(
            byte[] codes,
            int numRows,
            int numColumns,
            int totalColumns,
            int numPes,
            int indexBits,
            byte @Nullable [] biasCodes) {
        Ranges.requireWithin("the number of rows", numRows, 0, Integer.MAX_VALUE);
        Ranges.requireWithin("the number of columns", numColumns, 0, Integer.MAX_VALUE);
        Ranges.requireWithin("the number of PEs", numPes, 1, MAX_PES);
        Ranges.requireWithin("the number of index bits", indexBits, 1, MAX_INDEX_BITS);
        Ranges.requireWithin("totalColumns", totalColumns, numColumns, Integer.MAX_VALUE - 1);
        Ranges.requireLength("codes", codes.length, (long) numRows * numColumns);
        if (biasCodes != null) {
            Ranges.requireLength("biasCodes", biasCodes.length, numRows);
        }
        this.codes = codes;
        this.biasCodes = biasCodes;
        this.numRows = numRows;
        this.numColumns = numColumns;
        this.totalColumns = totalColumns;
        this.numPes = numPes;
        this.indexBits = indexBits;
        this.positions = new int[numRows == 0 ? 0 : numColumns + NonzeroScan.SLACK];
        this.nextRow = new int[totalColumns];
    }

    /**
     * Encodes a matrix.
     *
     * @param codes {@code [numRows, numColumns]}, row-major: unsigned codebook indices, 0 for a zero; not changed
     * @param numRows rows, &ge; 0
     * @param numColumns columns, &ge; 0
     * @param numPes processing elements, 1..4096
     * @param indexBits bits of a relative index, 1..16
     * @return the encoded matrix
     * @throws IllegalArgumentException if an argument is out of range or the array's length does not fit
     */
    public static InterleavedCsc build(byte[] codes, int numRows, int numColumns, int numPes, int indexBits) {
        return new InterleavedCscBuilder(codes, numRows, numColumns, numColumns, numPes, indexBits, null).build();
    }

    /**
     * Encodes a matrix followed by empty columns.
     *
     * @param codes {@code [numRows, numColumns]}, row-major: unsigned codebook indices, 0 for a zero; not changed
     * @param numRows rows, &ge; 0
     * @param numColumns columns of {@code codes}, &ge; 0
     * @param totalColumns columns of the result, &ge; numColumns
     * @param numPes processing elements, 1..4096
     * @param indexBits bits of a relative index, 1..16
     * @return the encoded matrix
     * @throws IllegalArgumentException if an argument is out of range or the array's length does not fit
     */
    public static InterleavedCsc buildPadded(
            byte[] codes, int numRows, int numColumns, int totalColumns, int numPes, int indexBits) {
        return new InterleavedCscBuilder(codes, numRows, numColumns, totalColumns, numPes, indexBits, null).build();
    }

    /**
     * Encodes a matrix and its bias. The bias is the last column, at column {@code ceil(numColumns / numPes) * numPes};
     * the columns between are empty.
     *
     * @param codes {@code [numRows, numColumns]}, row-major: unsigned codebook indices, 0 for a zero; not changed
     * @param numRows rows, &ge; 0
     * @param numColumns columns of {@code codes}, &ge; 0
     * @param numPes processing elements, 1..4096
     * @param indexBits bits of a relative index, 1..16
     * @param biasCodes {@code [numRows]}: codebook index of each row's bias, or null for a bias column without entries
     * @return the encoded matrix
     * @throws IllegalArgumentException if an argument is out of range or an array's length does not fit
     */
    public static InterleavedCsc build(
            byte[] codes, int numRows, int numColumns, int numPes, int indexBits, byte @Nullable [] biasCodes) {
        Ranges.requireWithin("the number of columns", numColumns, 0, Integer.MAX_VALUE);
        Ranges.requireWithin("the number of PEs", numPes, 1, MAX_PES);
        long biasColumn = ((long) numColumns + numPes - 1) / numPes * numPes;
        Ranges.requireWithin("bias column", biasColumn, 0, Integer.MAX_VALUE - 2);
        int totalColumns = (int) biasColumn + 1;
        return new InterleavedCscBuilder(codes, numRows, numColumns, totalColumns, numPes, indexBits, biasCodes)
                .build();
    }

    private InterleavedCsc build() {
        int[][] columnStarts = new int[numPes][];
        byte[][] streams = new byte[numPes][];
        short[][] relativeIndices = new short[numPes][];
        for (int pe = 0; pe < numPes; pe++) {
            int[] starts = new int[totalColumns + 1];
            countEntries(pe, starts);
            int total = 0;
            for (int column = 0; column <= totalColumns; column++) {
                int count = starts[column];
                starts[column] = total;
                total += count;
            }
            streams[pe] = new byte[total];
            relativeIndices[pe] = new short[total];
            fill(pe, starts, streams[pe], relativeIndices[pe]);
            // Filling has moved every start to its column's end, which is the next column's start.
            System.arraycopy(starts, 0, starts, 1, totalColumns);
            starts[0] = 0;
            columnStarts[pe] = starts;
        }
        return new InterleavedCsc(numRows, totalColumns, numPes, indexBits, columnStarts, streams, relativeIndices);
    }

    /** Adds the entries of one PE to each column's count. */
    private void countEntries(int pe, int[] counts) {
        Arrays.fill(nextRow, 0);
        int localRow = 0;
        for (int row = pe; row < numRows; row += numPes, localRow++) {
            int base = row * numColumns;
            int found = NonzeroScan.find(codes, base, base + numColumns, positions);
            for (int i = 0; i < found; i++) {
                int column = positions[i] - base;
                counts[column] += ((localRow - nextRow[column]) >> indexBits) + 1;
                nextRow[column] = localRow + 1;
            }
            if (biasCodes != null && biasCodes[row] != 0) {
                int column = totalColumns - 1;
                counts[column] += ((localRow - nextRow[column]) >> indexBits) + 1;
                nextRow[column] = localRow + 1;
            }
        }
    }

    /** Stores the entries of one PE; {@code next} moves from each column's start to its end. */
    private void fill(int pe, int[] next, byte[] stream, short[] relativeIndices) {
        Arrays.fill(nextRow, 0);
        int localRow = 0;
        for (int row = pe; row < numRows; row += numPes, localRow++) {
            int base = row * numColumns;
            int found = NonzeroScan.find(codes, base, base + numColumns, positions);
            for (int i = 0; i < found; i++) {
                int column = positions[i] - base;
                int zeros = localRow - nextRow[column];
                next[column] = append(codes[positions[i]], zeros, next[column], stream, relativeIndices);
                nextRow[column] = localRow + 1;
            }
            if (biasCodes != null && biasCodes[row] != 0) {
                int column = totalColumns - 1;
                int zeros = localRow - nextRow[column];
                next[column] = append(biasCodes[row], zeros, next[column], stream, relativeIndices);
                nextRow[column] = localRow + 1;
            }
        }
    }

    private int append(byte code, int zeros, int position, byte[] stream, short[] relativeIndices) {
        int at = position;
        int maxIndex = (1 << indexBits) - 1;
        // The array holds 0 already, the code of a padding entry.
        for (int paddings = zeros >> indexBits; paddings > 0; paddings--) {
            relativeIndices[at++] = (short) maxIndex;
        }
        stream[at] = code;
        relativeIndices[at] = (short) (zeros & maxIndex);
        return at + 1;
    }
}
