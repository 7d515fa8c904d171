package org.eiesim.simulator.exact.lanes;

/**
 * All PEs popping columns from their queues:
 *
 * <pre>
 *   P[k][j]  = max(ready[k], B[j] + 1)      pop
 *   ready[k] = P[k][j] + max(1, n[k][j])    then the PE is ready for the next
 * </pre>
 *
 * Times are counted from the base of the block they are given in.
 */
public interface PopLanes {
    /**
     * Returns the longest a block may last from its first broadcast to its last.
     *
     * @return cycles
     */
    int maxSpanCycles();

    /**
     * Returns the largest time the lanes take.
     *
     * @return cycles from the base of a block
     */
    int maxTimeCycles();

    /** Brings all PEs to rest at time 0. */
    void start();

    /**
     * Pops the columns of a block and stores in it when each was popped last.
     *
     * @param block the columns; its {@code latestPop} is filled
     */
    void run(BroadcastBlock block);

    /**
     * Reports the PEs after the last block.
     *
     * @param ready receives per PE when it is through with its last column, from the base of the last block
     * @param busy receives per PE the cycles it worked, {@code sum of max(1, n)}
     * @param queueFull receives per PE the cycles its queue alone would have held up the broadcasts
     */
    void finish(int[] ready, long[] busy, long[] queueFull);
}
