package org.eiesim.simulator.exact.lanes;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of the weight memory every column of every PE occupies, for one row width U. A column with entries s..e
 * occupies the rows {@code floor(s/U)} to {@code floor(e/U)}; stored are {@code before = floor(s/U)} and
 * {@code occupied = floor(e/U) + 1 - before}, and 0 for both where the column is empty. Rows only grow from column to
 * column, so with {@code last} the number of rows up to the one read last (at first 0)
 *
 * <pre>
 *   through = max(last, before + occupied)
 *   rows read = through - max(last, before),    then last = through
 * </pre>
 *
 * needs no test for empty columns nor for a row shared by two columns. Immutable.
 *
 * <p>Source: EIE IV "Sparse Matrix Read Unit".
 */
public final class SpmatRows {
    private static final int MAX_NARROW = 0xFFFF;

    private final int numPes;
    private final int stride;
    private final short @Nullable [] narrowBefore;
    private final byte @Nullable [] narrowOccupied;
    private final int @Nullable [] wideBefore;
    private final int @Nullable [] wideOccupied;

    /**
     * Lays the entries of each PE out one after another.
     *
     * @param entries entries of every column in every PE
     * @param rowEntries entries in a row of the weight memory, U
     */
    public SpmatRows(CountTable entries, int rowEntries) {
        numPes = entries.numPes();
        stride = entries.stride();
        int length = entries.numColumns() * stride;
        boolean narrow = entries.narrow() != null && maxStream(entries) / rowEntries < MAX_NARROW;
        narrowBefore = narrow ? new short[length] : null;
        narrowOccupied = narrow ? new byte[length] : null;
        wideBefore = narrow ? null : new int[length];
        wideOccupied = narrow ? null : new int[length];
        place(entries, rowEntries);
    }

    private static int maxStream(CountTable entries) {
        int[] lengths = new int[entries.numPes()];
        int max = 0;
        for (int column = 0; column < entries.numColumns(); column++) {
            for (int pe = 0; pe < lengths.length; pe++) {
                lengths[pe] = Math.addExact(lengths[pe], entries.get(column * entries.stride() + pe));
                max = Math.max(max, lengths[pe]);
            }
        }
        return max;
    }

    private void place(CountTable entries, int rowEntries) {
        int[] position = new int[stride];
        for (int column = 0; column < entries.numColumns(); column++) {
            for (int pe = 0; pe < stride; pe++) {
                int index = column * stride + pe;
                int count = entries.get(index);
                int before = count == 0 ? 0 : position[pe] / rowEntries;
                int through = count == 0 ? 0 : (position[pe] + count - 1) / rowEntries + 1;
                position[pe] += count;
                set(index, before, through - before);
            }
        }
    }

    private void set(int index, int before, int occupied) {
        if (narrowBefore != null && narrowOccupied != null) {
            narrowBefore[index] = (short) (before + Short.MIN_VALUE);
            narrowOccupied[index] = (byte) occupied;
        } else if (wideBefore != null && wideOccupied != null) {
            wideBefore[index] = before;
            wideOccupied[index] = occupied;
        }
    }

    /**
     * Returns the rows wholly before a column.
     *
     * @param index {@code column * stride + pe}
     * @return {@code before}
     */
    public int before(int index) {
        short[] shorts = narrowBefore;
        if (shorts != null) {
            return shorts[index] - Short.MIN_VALUE;
        }
        int[] ints = wideBefore;
        return ints == null ? 0 : ints[index];
    }

    /**
     * Returns how many rows hold entries of a column.
     *
     * @param index {@code column * stride + pe}
     * @return {@code occupied}
     */
    public int occupied(int index) {
        byte[] bytes = narrowOccupied;
        if (bytes != null) {
            return bytes[index];
        }
        int[] ints = wideOccupied;
        return ints == null ? 0 : ints[index];
    }

    /**
     * Returns {@code before} of all columns, each less 32768.
     *
     * @return {@code [column * stride + pe]}, owned by this object, or null if a PE has more than 65,535 rows or a column
     *     more than 127 entries
     */
    public short @Nullable [] narrowBefore() {
        return narrowBefore;
    }

    /**
     * Returns {@code occupied} of all columns.
     *
     * @return {@code [column * stride + pe]}, owned by this object, or null if {@link #narrowBefore} is
     */
    public byte @Nullable [] narrowOccupied() {
        return narrowOccupied;
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
     * @return that of the counts this was made from
     */
    public int stride() {
        return stride;
    }
}
