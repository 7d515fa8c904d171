package org.eiesim.simulator.exact.vector;

import java.util.Arrays;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;
import org.eiesim.simulator.exact.lanes.TrafficLanes;
import org.eiesim.simulator.machine.EventRecord;
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
    private final short[] through;
    private final int numPes;
    private final int stride;
    private final int[] offsets = new int[BATCH_COLUMNS];
    private final short[] last;
    private final short[] entrySum;
    private final short[] workSum;
    private final short[] readSum;
    private final short[] paddingSum;

    VectorTraffic(byte[] entries, byte @Nullable [] padding, short[] before, short[] through, int numPes, int stride) {
        this.entries = entries;
        this.padding = padding;
        this.before = before;
        this.through = through;
        this.numPes = numPes;
        this.stride = stride;
        last = new short[stride];
        entrySum = new short[stride];
        workSum = new short[stride];
        readSum = new short[stride];
        paddingSum = new short[stride];
    }

    @Override
    public void count(int[] columns, int numColumns, EventRecord events) {
        Arrays.fill(last, Short.MIN_VALUE);
        for (int from = 0; from < numColumns; from += BATCH_COLUMNS) {
            int length = Math.min(BATCH_COLUMNS, numColumns - from);
            for (int i = 0; i < length; i++) {
                offsets[i] = columns[from + i] * stride;
            }
            sum(length);
            if (padding != null) {
                sumPadding(padding, length);
            }
            carry(events);
        }
    }

    private void sum(int length) {
        for (int lane = 0; lane < stride; lane += Species.LANES) {
            ShortVector lastLanes = ShortVector.fromArray(SHORTS, last, lane);
            ShortVector reads = ShortVector.zero(SHORTS);
            ShortVector stored = ShortVector.zero(SHORTS);
            ShortVector work = ShortVector.zero(SHORTS);
            for (int i = 0; i < length; i++) {
                int offset = offsets[i] + lane;
                ShortVector count = Species.load(entries, offset);
                stored = stored.add(count);
                work = work.add(count.max((short) 1));
                ShortVector from = lastLanes.max(ShortVector.fromArray(SHORTS, before, offset));
                lastLanes = lastLanes.max(ShortVector.fromArray(SHORTS, through, offset));
                reads = reads.add(lastLanes.sub(from));
            }
            lastLanes.intoArray(last, lane);
            reads.intoArray(readSum, lane);
            stored.intoArray(entrySum, lane);
            work.intoArray(workSum, lane);
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

    private void carry(EventRecord events) {
        for (int pe = 0; pe < numPes; pe++) {
            events.spmatRowReads[pe] += readSum[pe];
            events.accumulates[pe] += entrySum[pe] - paddingSum[pe];
            events.paddingEntries[pe] += paddingSum[pe];
            // An empty column works one cycle and stores nothing.
            events.emptyColumns[pe] += workSum[pe] - entrySum[pe];
        }
    }
}
