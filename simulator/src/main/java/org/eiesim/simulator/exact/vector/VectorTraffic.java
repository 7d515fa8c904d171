package org.eiesim.simulator.exact.vector;

import java.util.Arrays;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;
import org.eiesim.simulator.exact.lanes.SpmatRows;
import org.eiesim.simulator.exact.lanes.TrafficCounts;
import org.eiesim.simulator.exact.lanes.TrafficLanes;
import org.jspecify.annotations.Nullable;

/**
 * Counts in 16-bit lanes, carried over to the record after so few columns that no sum overflows: a column adds at most
 * 127 to each.
 */
final class VectorTraffic implements TrafficLanes {
    private static final int BATCH_COLUMNS = Short.MAX_VALUE / Byte.MAX_VALUE;
    private static final VectorSpecies<Short> SHORTS = Species.SHORTS;

    private final byte[] entries;
    private final byte @Nullable [] padding;
    private final short[] before;
    private final byte[] occupied;
    private final SpmatRows rows;
    private final int numPes;
    private final int stride;
    private final int[] offsets = new int[BATCH_COLUMNS];
    private final short[] last;
    private final short[] entrySum;
    private final short[] workSum;
    private final short[] readSum;
    private final short[] paddingSum;

    /** Makes counters for tables that are narrow; {@code padding} is null where no entry is padding. */
    VectorTraffic(byte[] entries, byte @Nullable [] padding, short[] before, byte[] occupied, SpmatRows rows) {
        this.entries = entries;
        this.padding = padding;
        this.before = before;
        this.occupied = occupied;
        this.rows = rows;
        numPes = rows.numPes();
        stride = rows.stride();
        last = new short[stride];
        entrySum = new short[stride];
        workSum = new short[stride];
        readSum = new short[stride];
        paddingSum = new short[stride];
    }

    @Override
    public void count(int[] columns, int numColumns, TrafficCounts counts) {
        Arrays.fill(last, Short.MIN_VALUE);
        int segment = 0;
        int from = 0;
        while (from < numColumns) {
            while (columns[from] >= rows.segmentEnd(segment)) {
                enter(++segment);
            }
            int length = take(columns, from, numColumns, rows.segmentEnd(segment));
            sum(length);
            if (padding != null) {
                sumPadding(padding, length);
            }
            carry(counts);
            from += length;
        }
    }

    private void enter(int segment) {
        for (int pe = 0; pe < numPes; pe++) {
            int rowsRead = last[pe] - Short.MIN_VALUE;
            last[pe] = (short) (Math.max(0, rowsRead - rows.rowsBetween(segment, pe)) + Short.MIN_VALUE);
        }
    }

    /** Takes the next batch of columns, not past the end of a segment; returns how many. */
    private int take(int[] columns, int from, int numColumns, int segmentEnd) {
        int limit = Math.min(BATCH_COLUMNS, numColumns - from);
        int length = 0;
        while (length < limit && columns[from + length] < segmentEnd) {
            offsets[length] = columns[from + length] * stride;
            length++;
        }
        return length;
    }

    /** Two vectors at a time, to have more loads under way. Of an odd number the last is done twice, to the same end. */
    private void sum(int length) {
        ShortVector zero = ShortVector.zero(SHORTS);
        for (int lane = 0; lane < stride; lane += 2 * Species.LANES) {
            int other = Math.min(lane + Species.LANES, stride - Species.LANES);
            ShortVector lastA = ShortVector.fromArray(SHORTS, last, lane);
            ShortVector lastB = ShortVector.fromArray(SHORTS, last, other);
            ShortVector readsA = zero;
            ShortVector readsB = zero;
            ShortVector storedA = zero;
            ShortVector storedB = zero;
            ShortVector workA = zero;
            ShortVector workB = zero;
            for (int i = 0; i < length; i++) {
                int a = offsets[i] + lane;
                int b = offsets[i] + other;
                ShortVector countA = Species.load(entries, a);
                ShortVector countB = Species.load(entries, b);
                storedA = storedA.add(countA);
                storedB = storedB.add(countB);
                workA = workA.add(countA.max((short) 1));
                workB = workB.add(countB.max((short) 1));
                ShortVector beforeA = ShortVector.fromArray(SHORTS, before, a);
                ShortVector beforeB = ShortVector.fromArray(SHORTS, before, b);
                ShortVector throughA = lastA.max(beforeA.add(Species.load(occupied, a)));
                ShortVector throughB = lastB.max(beforeB.add(Species.load(occupied, b)));
                readsA = readsA.add(throughA.sub(lastA.max(beforeA)));
                readsB = readsB.add(throughB.sub(lastB.max(beforeB)));
                lastA = throughA;
                lastB = throughB;
            }
            lastA.intoArray(last, lane);
            lastB.intoArray(last, other);
            readsA.intoArray(readSum, lane);
            readsB.intoArray(readSum, other);
            storedA.intoArray(entrySum, lane);
            storedB.intoArray(entrySum, other);
            workA.intoArray(workSum, lane);
            workB.intoArray(workSum, other);
        }
    }

    private void sumPadding(byte[] counts, int length) {
        for (int lane = 0; lane < stride; lane += Species.LANES) {
            ShortVector sum = ShortVector.zero(SHORTS);
            for (int i = 0; i < length; i++) {
                sum = sum.add(Species.load(counts, offsets[i] + lane));
            }
            sum.intoArray(paddingSum, lane);
        }
    }

    private void carry(TrafficCounts counts) {
        for (int pe = 0; pe < numPes; pe++) {
            counts.spmatRowReads()[pe] += readSum[pe];
            counts.accumulates()[pe] += entrySum[pe] - paddingSum[pe];
            counts.paddingEntries()[pe] += paddingSum[pe];
            // An empty column works one cycle and stores nothing.
            counts.emptyColumns()[pe] += workSum[pe] - entrySum[pe];
        }
    }
}
