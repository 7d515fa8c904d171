package org.eiesim.simulator.exact.lanes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A small number for every column and PE, columns apart by {@link #stride()}, PEs side by side. Stored in bytes where all
 * are at most {@value #MAX_NARROW}. Immutable once filled.
 */
public final class CountTable {
    /** The largest number a narrow table holds. */
    public static final int MAX_NARROW = Byte.MAX_VALUE;
    /** PEs a column is padded to, so that whole vectors can be loaded; the padding counts 0. */
    public static final int LANE_MULTIPLE = 32;

    private final int numPes;
    private final int stride;
    private final int numColumns;
    private byte @Nullable [] narrow;
    private int @Nullable [] wide;
    private int max;

    /**
     * Makes a table of zeros.
     *
     * @param numColumns columns
     * @param numPes processing elements
     * @throws IllegalArgumentException if columns times PEs exceed an array
     */
    public CountTable(int numColumns, int numPes) {
        this.numColumns = numColumns;
        this.numPes = numPes;
        stride = (numPes + LANE_MULTIPLE - 1) / LANE_MULTIPLE * LANE_MULTIPLE;
        long length = (long) numColumns * stride;
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    numColumns + " columns on " + numPes + " PEs are more than 2^31 counts for one product");
        }
        narrow = new byte[(int) length];
    }

    /**
     * Sets a column. To be called before the table is shared.
     *
     * @param column the column
     * @param counts one number per PE, &ge; 0
     */
    public void setColumn(int column, int[] counts) {
        int offset = column * stride;
        for (int pe = 0; pe < numPes; pe++) {
            max = Math.max(max, counts[pe]);
        }
        if (max > MAX_NARROW && narrow != null) {
            widen(narrow);
        }
        if (narrow != null) {
            for (int pe = 0; pe < numPes; pe++) {
                narrow[offset + pe] = (byte) counts[pe];
            }
        } else if (wide != null) {
            System.arraycopy(counts, 0, wide, offset, numPes);
        }
    }

    private void widen(byte[] bytes) {
        int[] ints = new int[bytes.length];
        Arrays.setAll(ints, i -> bytes[i]);
        wide = ints;
        narrow = null;
    }

    /**
     * Returns a number.
     *
     * @param index {@code column * stride + pe}
     * @return the number
     */
    public int get(int index) {
        byte[] bytes = narrow;
        if (bytes != null) {
            return bytes[index];
        }
        int[] ints = wide;
        return ints == null ? 0 : ints[index];
    }

    /**
     * Returns the numbers as bytes.
     *
     * @return {@code [column * stride + pe]}, owned by the table, or null if one exceeds {@link #MAX_NARROW}
     */
    public byte @Nullable [] narrow() {
        return narrow;
    }

    /**
     * Returns the largest number.
     *
     * @return the maximum, 0 in an empty table
     */
    public int max() {
        return max;
    }

    /**
     * Returns the number of columns.
     *
     * @return columns
     */
    public int numColumns() {
        return numColumns;
    }

    /**
     * Returns the number of processing elements.
     *
     * @return lanes that count
     */
    public int numPes() {
        return numPes;
    }

    /**
     * Returns the distance of two columns.
     *
     * @return {@code numPes} rounded up to {@link #LANE_MULTIPLE}
     */
    public int stride() {
        return stride;
    }
}
