package org.eiesim.simulator.exact.vector;

import java.util.Arrays;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eiesim.simulator.exact.lanes.BroadcastBlock;
import org.eiesim.simulator.exact.lanes.PopLanes;

/**
 * Pops with one 16-bit time per PE. A PE's work never outlasts the latest broadcast by more than the backlog, so times
 * counted from the base of a block stay below {@code MAX_SPAN_CYCLES + backlog}. Sums are kept in 16 bits as well and
 * carried over to 64 before they can overflow: a column adds at most 127 to {@code busy}, and what a block adds to
 * {@code queueFull} is at most the block's stall cycles.
 */
final class VectorPops implements PopLanes {
    private static final int MAX_SPAN_CYCLES = 8000;
    static final int MAX_BACKLOG_CYCLES = Short.MAX_VALUE - MAX_SPAN_CYCLES;
    private static final int MAX_UNCARRIED_COLUMNS = Short.MAX_VALUE / Byte.MAX_VALUE;
    private static final VectorSpecies<Short> SHORTS = Species.SHORTS;

    private final byte[] counts;
    private final int numPes;
    private final int stride;
    private final short[] ring;
    private final short[] ready;
    private final short[] busy;
    private final short[] queueFull;
    private short[] latest = {};
    private final long[] busyCarried;
    private final long[] queueFullCarried;
    private int uncarriedColumns;
    private long uncarriedStalls;

    VectorPops(byte[] counts, int numPes, int stride, int ringSlots) {
        this.counts = counts;
        this.numPes = numPes;
        this.stride = stride;
        ring = new short[ringSlots * stride];
        ready = new short[stride];
        busy = new short[stride];
        queueFull = new short[stride];
        busyCarried = new long[numPes];
        queueFullCarried = new long[numPes];
    }

    @Override
    public int maxSpanCycles() {
        return MAX_SPAN_CYCLES;
    }

    @Override
    public int maxTimeCycles() {
        return Short.MAX_VALUE;
    }

    @Override
    public void start() {
        Arrays.fill(ready, (short) 0);
        Arrays.fill(busy, (short) 0);
        Arrays.fill(queueFull, (short) 0);
        Arrays.fill(busyCarried, 0);
        Arrays.fill(queueFullCarried, 0);
        uncarriedColumns = 0;
        uncarriedStalls = 0;
    }

    @Override
    public void run(BroadcastBlock block) {
        if (uncarriedColumns + block.length > MAX_UNCARRIED_COLUMNS
                || uncarriedStalls + block.stallCycles > Short.MAX_VALUE) {
            carry();
        }
        if (latest.length < block.capacity() * Species.LANES) {
            latest = new short[block.capacity() * Species.LANES];
        }
        uncarriedColumns += block.length;
        uncarriedStalls += block.stallCycles;
        pop(block);
        findLatest(block);
    }

    private void pop(BroadcastBlock block) {
        for (int lane = 0; lane < stride; lane += 2 * Species.LANES) {
            // Two vectors at a time, to have more loads under way. Of an odd number the last is done twice, to the same
            // end: everything is loaded before anything is stored.
            popPair(block, lane, Math.min(lane + Species.LANES, stride - Species.LANES));
        }
    }

    private void popPair(BroadcastBlock block, int lane, int other) {
        int[] offsets = block.offsets;
        int[] earliest = block.earliestPop;
        int[] punctual = block.punctualPop;
        int from = block.from;
        int length = block.length;
        // A PE ready before the new base is as good as ready at it: nothing is popped before.
        short shift = (short) Math.min(block.baseShift, Short.MAX_VALUE);
        ShortVector readyA = ShortVector.fromArray(SHORTS, ready, lane).sub(shift);
        ShortVector readyB = ShortVector.fromArray(SHORTS, ready, other).sub(shift);
        ShortVector busyA = ShortVector.fromArray(SHORTS, busy, lane);
        ShortVector busyB = ShortVector.fromArray(SHORTS, busy, other);
        ShortVector fullA = ShortVector.fromArray(SHORTS, queueFull, lane);
        ShortVector fullB = ShortVector.fromArray(SHORTS, queueFull, other);
        int slot = block.firstSlot * stride;
        for (int i = 0; i < length; i++) {
            int offset = offsets[from + i];
            ShortVector workA = Species.load(counts, offset + lane).max((short) 1);
            ShortVector workB = Species.load(counts, offset + other).max((short) 1);
            ShortVector bound = ShortVector.broadcast(SHORTS, (short) punctual[i]);
            ShortVector lateA = ShortVector.fromArray(SHORTS, ring, slot + lane).sub(bound);
            ShortVector lateB =
                    ShortVector.fromArray(SHORTS, ring, slot + other).sub(bound);
            fullA = fullA.add(lateA.max((short) 0));
            fullB = fullB.add(lateB.max((short) 0));
            ShortVector popA = readyA.max((short) earliest[i]);
            ShortVector popB = readyB.max((short) earliest[i]);
            popA.intoArray(ring, slot + lane);
            popB.intoArray(ring, slot + other);
            readyA = popA.add(workA);
            readyB = popB.add(workB);
            busyA = busyA.add(workA);
            busyB = busyB.add(workB);
            noteLatest(popA.max(popB), lane, i);
            slot += stride;
        }
        readyA.intoArray(ready, lane);
        readyB.intoArray(ready, other);
        busyA.intoArray(busy, lane);
        busyB.intoArray(busy, other);
        fullA.intoArray(queueFull, lane);
        fullB.intoArray(queueFull, other);
    }

    /** Keeps, lane by lane, the latest pop of the block's i-th column. */
    private void noteLatest(ShortVector pop, int lane, int i) {
        int at = i * Species.LANES;
        (lane == 0 ? pop : pop.max(ShortVector.fromArray(SHORTS, latest, at))).intoArray(latest, at);
    }

    private void findLatest(BroadcastBlock block) {
        for (int i = 0; i < block.length; i++) {
            block.latestPop[i] =
                    ShortVector.fromArray(SHORTS, latest, i * Species.LANES).reduceLanes(VectorOperators.MAX);
        }
    }

    private void carry() {
        for (int pe = 0; pe < numPes; pe++) {
            busyCarried[pe] += busy[pe];
            queueFullCarried[pe] += queueFull[pe];
        }
        Arrays.fill(busy, (short) 0);
        Arrays.fill(queueFull, (short) 0);
        uncarriedColumns = 0;
        uncarriedStalls = 0;
    }

    @Override
    public void finish(int[] readyOut, long[] busyOut, long[] queueFullOut) {
        carry();
        for (int pe = 0; pe < numPes; pe++) {
            readyOut[pe] = ready[pe];
        }
        System.arraycopy(busyCarried, 0, busyOut, 0, numPes);
        System.arraycopy(queueFullCarried, 0, queueFullOut, 0, numPes);
    }
}
