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
        uncarriedColumns += block.length;
        uncarriedStalls += block.stallCycles;
        pop(block);
        findLatest(block);
    }

    private void pop(BroadcastBlock block) {
        int length = block.length;
        int[] offsets = block.offset;
        int[] slots = block.slot;
        int[] earliest = block.earliestPop;
        int[] punctual = block.punctualPop;
        // A PE ready before the new base is as good as ready at it: nothing is popped before.
        short shift = (short) Math.min(block.baseShift, Short.MAX_VALUE);
        for (int lane = 0; lane < stride; lane += Species.LANES) {
            ShortVector readyLanes = ShortVector.fromArray(SHORTS, ready, lane).sub(shift);
            ShortVector busyLanes = ShortVector.fromArray(SHORTS, busy, lane);
            ShortVector fullLanes = ShortVector.fromArray(SHORTS, queueFull, lane);
            for (int i = 0; i < length; i++) {
                ShortVector work = Species.load(counts, offsets[i] + lane).max((short) 1);
                int slot = slots[i] * stride + lane;
                ShortVector late =
                        ShortVector.fromArray(SHORTS, ring, slot).sub((short) Math.min(punctual[i], Short.MAX_VALUE));
                fullLanes = fullLanes.add(late.max((short) 0));
                ShortVector pop = readyLanes.max((short) earliest[i]);
                pop.intoArray(ring, slot);
                readyLanes = pop.add(work);
                busyLanes = busyLanes.add(work);
            }
            readyLanes.intoArray(ready, lane);
            busyLanes.intoArray(busy, lane);
            fullLanes.intoArray(queueFull, lane);
        }
    }

    private void findLatest(BroadcastBlock block) {
        for (int i = 0; i < block.length; i++) {
            int slot = block.slot[i] * stride;
            ShortVector latest = ShortVector.fromArray(SHORTS, ring, slot);
            for (int lane = Species.LANES; lane < stride; lane += Species.LANES) {
                latest = latest.max(ShortVector.fromArray(SHORTS, ring, slot + lane));
            }
            block.latestPop[i] = latest.reduceLanes(VectorOperators.MAX);
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
