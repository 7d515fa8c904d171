package org.eiesim.simulator.exact.lanes;

/**
 * Consecutive broadcasts whose times are known before any PE pops them: there are at most as many as a queue holds, so
 * each waits only for pops of earlier blocks. Times are cycles from the block's base, the time of its first broadcast.
 * Written by the scheduler and read by the lanes, except {@link #latestPop}.
 */
public final class BroadcastBlock {
    /** How many columns the block has. */
    public int length;
    /** The block's first column in {@link #offsets}. */
    public int from;
    /** Where each column of the product has its counts in the {@link CountTable}. */
    public final int[] offsets;
    /** The slot of the ring in which the first column's pops are remembered; the others' follow. */
    public int firstSlot;
    /** Cycles from the previous block's base to this one's. */
    public int baseShift;
    /** Cycles for which full queues hold up the block's broadcasts. */
    public int stallCycles;
    /** The cycle after each broadcast, in which a PE at rest pops it. */
    public final int[] earliestPop;
    /**
     * The latest pop in the same slot, counted from the base of the block it was written in, that lets the broadcast go
     * out as soon as its input is found; {@link PopLanes#maxTimeCycles()} where no pop is waited for.
     */
    public final int[] punctualPop;
    /** When the last PE popped each column. */
    public final int[] latestPop;

    /**
     * Makes an empty block.
     *
     * @param capacity the most columns
     * @param maxColumns the most columns of the product
     */
    public BroadcastBlock(int capacity, int maxColumns) {
        offsets = new int[maxColumns];
        earliestPop = new int[capacity];
        punctualPop = new int[capacity];
        latestPop = new int[capacity];
    }

    /**
     * Returns the most columns the block takes.
     *
     * @return the capacity
     */
    public int capacity() {
        return earliestPop.length;
    }
}
