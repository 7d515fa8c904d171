package org.eiesim.simulator.exact.lanes;

/**
 * Consecutive broadcasts whose times are known before any PE pops them: there are at most as many as a queue holds, so
 * each waits only for pops of earlier blocks. The fields are written by the scheduler and read by the lanes, except
 * {@link #latestPop}. Times are cycles from the block's base, the time of its first broadcast.
 */
public final class BroadcastBlock {
    /** How many columns the block has. */
    public int length;
    /** Cycles from the previous block's base to this one's. */
    public long baseShift;
    /** Cycles for which full queues hold up the block's broadcasts. */
    public long stallCycles;
    /** Where each column's counts start in the {@link CountTable}. */
    public final int[] offset;
    /** In which slot of the ring each column's pops are remembered. */
    public final int[] slot;
    /** The cycle after each broadcast, in which a PE at rest pops it. */
    public final int[] earliestPop;
    /**
     * The latest pop in the same slot, counted from the base of the block it was written in, that lets the broadcast go
     * out as soon as its input is found; {@code Integer.MAX_VALUE} where no pop is waited for.
     */
    public final int[] punctualPop;
    /** When the last PE popped each column. */
    public final int[] latestPop;

    /**
     * Makes an empty block.
     *
     * @param capacity the most columns
     */
    public BroadcastBlock(int capacity) {
        offset = new int[capacity];
        slot = new int[capacity];
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
        return offset.length;
    }
}
