package org.eiesim.simulator.exact.lanes;

import java.util.Arrays;

/** Pops with one 32-bit time per PE. */
final class ScalarPops implements PopLanes {
    private static final int MAX_SPAN_CYCLES = 1 << 29;
    private static final int MAX_BACKLOG_CYCLES = 1 << 30;

    private final CountTable counts;
    private final int[] ready;
    private final long[] busy;
    private final long[] queueFull;
    /** {@code [slot][PE]}: pop times, from the base of the block they were written in. */
    private final int[] ring;

    ScalarPops(CountTable counts, int ringSlots, long backlogCycles) {
        if (backlogCycles > MAX_BACKLOG_CYCLES) {
            throw new IllegalArgumentException(
                    "a queue may hold " + backlogCycles + " cycles of work, more than " + MAX_BACKLOG_CYCLES);
        }
        long ringLength = (long) ringSlots * counts.numPes();
        if (ringLength > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    ringSlots + " queue slots on " + counts.numPes() + " PEs are more than 2^31");
        }
        this.counts = counts;
        ready = new int[counts.numPes()];
        busy = new long[counts.numPes()];
        queueFull = new long[counts.numPes()];
        ring = new int[(int) ringLength];
    }

    @Override
    public int maxSpanCycles() {
        return MAX_SPAN_CYCLES;
    }

    @Override
    public int maxTimeCycles() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void start() {
        Arrays.fill(ready, 0);
        Arrays.fill(busy, 0);
        Arrays.fill(queueFull, 0);
    }

    @Override
    public void run(BroadcastBlock block) {
        for (int pe = 0; pe < ready.length; pe++) {
            ready[pe] -= block.baseShift;
        }
        for (int i = 0; i < block.length; i++) {
            int ringOffset = (block.firstSlot + i) * ready.length;
            block.latestPop[i] =
                    popColumn(block.offsets[block.from + i], ringOffset, block.earliestPop[i], block.punctualPop[i]);
        }
    }

    private int popColumn(int offset, int ringOffset, int earliestPop, int punctualPop) {
        int latest = 0;
        for (int pe = 0; pe < ready.length; pe++) {
            queueFull[pe] += Math.max(0, ring[ringOffset + pe] - punctualPop);
            int pop = Math.max(ready[pe], earliestPop);
            ring[ringOffset + pe] = pop;
            latest = Math.max(latest, pop);
            int work = Math.max(1, counts.get(offset + pe));
            busy[pe] += work;
            ready[pe] = pop + work;
        }
        return latest;
    }

    @Override
    public void finish(int[] readyOut, long[] busyOut, long[] queueFullOut) {
        System.arraycopy(ready, 0, readyOut, 0, ready.length);
        System.arraycopy(busy, 0, busyOut, 0, busy.length);
        System.arraycopy(queueFull, 0, queueFullOut, 0, queueFull.length);
    }
}
