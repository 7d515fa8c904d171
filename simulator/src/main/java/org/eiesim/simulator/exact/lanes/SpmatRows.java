package org.eiesim.simulator.exact.lanes;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of the weight memory every column of every PE occupies, for one row width U. A column with entries s..e
 * occupies the rows {@code floor(s/U)} to {@code floor(e/U)}; stored are {@code before = floor(s/U)} and
 * {@code through = floor(e/U) + 1}, and 0 for both where the column is empty. Rows only grow from column to column, so
 * with {@code last} the {@code through} of the row read last (at first 0)
 *
 * <pre>
 *   rows read = max(last, through) - max(last, before),    last = max(last, through)
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
    private final short @Nullable [] narrowThrough;
    private final int @Nullable [] wideBefore;
    private final int @Nullable [] wideThrough;

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
        if (maxStream(entries) / rowEntries < MAX_NARROW) {
            narrowBefore = new short[length];
            narrowThrough = new short[length];
            wideBefore = null;
            wideThrough = null;
        } else {
            narrowBefore = null;
            narrowThrough = null;
            wideBefore = new int[length];
            wideThrough = new int[length];
        }
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
                set(index, before, through);
            }
        }
    }

    private void set(int index, int before, int through) {
        if (narrowBefore != null && narrowThrough != null) {
            narrowBefore[index] = (short) (before + Short.MIN_VALUE);
            narrowThrough[index] = (short) (through + Short.MIN_VALUE);
        } else if (wideBefore != null && wideThrough != null) {
            wideBefore[index] = before;
            wideThrough[index] = through;
        }
    }

    /**
     * Returns {@code before} of a column.
     *
     * @param index {@code column * stride + pe}
     * @return the rows wholly before the column
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
     * Returns {@code through} of a column.
     *
     * @param index {@code column * stride + pe}
     * @return the rows up to the column's last
     */
    public int through(int index) {
        short[] shorts = narrowThrough;
        if (shorts != null) {
            return shorts[index] - Short.MIN_VALUE;
        }
        int[] ints = wideThrough;
        return ints == null ? 0 : ints[index];
    }

    /**
     * Returns {@code before} of all columns, each less 32768.
     *
     * @return {@code [column * stride + pe]}, owned by this object, or null if a PE has more than 65,535 rows
     */
    public short @Nullable [] narrowBefore() {
        return narrowBefore;
    }

    /**
     * Returns {@code through} of all columns, each less 32768.
     *
     * @return {@code [column * stride + pe]}, owned by this object, or null if a PE has more than 65,535 rows
     */
    public short @Nullable [] narrowThrough() {
        return narrowThrough;
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
