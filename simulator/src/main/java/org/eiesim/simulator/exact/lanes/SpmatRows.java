package org.eiesim.simulator.exact.lanes;

import java.util.ArrayList;
import java.util.List;
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
 * needs no test for empty columns nor for a row shared by two columns.
 *
 * <p>Where a PE has more rows than 16 bits number, the columns are cut into segments, in each of which rows are counted
 * from the one the segment starts in. Who passes from one to the next lowers {@code last} by {@link #rowsBetween}, to no
 * less than 0. Immutable.
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
    /** Per segment the column after its last. */
    private final int[] segmentEnds;
    /** Per segment and PE the row rows are counted from. */
    private final int[][] segmentBases;

    /**
     * Lays the entries of each PE out one after another.
     *
     * @param entries entries of every column in every PE
     * @param rowEntries entries in a row of the weight memory, U
     * @throws ArithmeticException if a PE has 2^31 entries or more
     */
    public SpmatRows(CountTable entries, int rowEntries) {
        numPes = entries.numPes();
        stride = entries.stride();
        int length = entries.numColumns() * stride;
        boolean narrow = entries.narrow() != null;
        narrowBefore = narrow ? new short[length] : null;
        narrowOccupied = narrow ? new byte[length] : null;
        wideBefore = narrow ? null : new int[length];
        wideOccupied = narrow ? null : new int[length];
        List<Integer> ends = new ArrayList<>();
        List<int[]> bases = new ArrayList<>();
        place(entries, rowEntries, narrow ? MAX_NARROW : Integer.MAX_VALUE, ends, bases);
        segmentEnds = ends.stream().mapToInt(Integer::intValue).toArray();
        segmentBases = bases.toArray(int[][]::new);
    }

    private void place(CountTable entries, int rowEntries, int maxRows, List<Integer> ends, List<int[]> bases) {
        int[] position = new int[numPes];
        int[] base = new int[numPes];
        bases.add(base);
        for (int column = 0; column < entries.numColumns(); column++) {
            int offset = column * stride;
            if (!fits(entries, offset, rowEntries, maxRows, position, base)) {
                base = new int[numPes];
                for (int pe = 0; pe < numPes; pe++) {
                    base[pe] = position[pe] / rowEntries;
                }
                ends.add(column);
                bases.add(base);
            }
            for (int pe = 0; pe < numPes; pe++) {
                int count = entries.get(offset + pe);
                if (count > 0) {
                    int before = position[pe] / rowEntries;
                    position[pe] = Math.addExact(position[pe], count);
                    set(offset + pe, before - base[pe], (position[pe] - 1) / rowEntries + 1 - before);
                } else {
                    set(offset + pe, 0, 0);
                }
            }
        }
        ends.add(entries.numColumns());
    }

    private static boolean fits(
            CountTable entries, int offset, int rowEntries, int maxRows, int[] position, int[] base) {
        for (int pe = 0; pe < base.length; pe++) {
            int count = entries.get(offset + pe);
            if ((position[pe] + (long) count) / rowEntries + 1 - base[pe] > maxRows) {
                return false;
            }
        }
        return true;
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
     * Returns where a segment ends. There is at least one; the last ends after the last column.
     *
     * @param segment the segment, from 0
     * @return the column after its last
     */
    public int segmentEnd(int segment) {
        return segmentEnds[segment];
    }

    /**
     * Returns by how much {@code last} is lowered on the way into a segment from the one before it.
     *
     * @param segment the segment, from 1
     * @param pe the PE
     * @return rows from where the one before counts to where this one does, &ge; 0
     */
    public int rowsBetween(int segment, int pe) {
        return segmentBases[segment][pe] - segmentBases[segment - 1][pe];
    }

    /**
     * Returns the rows wholly before a column, from where its segment counts.
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
     * @return {@code [column * stride + pe]}, owned by this object, or null if a column has more than 127 entries
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
