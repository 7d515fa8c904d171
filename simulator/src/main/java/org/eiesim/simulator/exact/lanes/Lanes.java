package org.eiesim.simulator.exact.lanes;

import org.jspecify.annotations.Nullable;

/**
 * A way to step all PEs through a column at once. Every implementation yields the same numbers. What is given to it is
 * immutable and may be shared; what it makes belongs to one thread.
 */
public interface Lanes {
    /**
     * Returns the lanes in plain Java.
     *
     * @return lanes for every layer
     */
    static Lanes scalar() {
        return ScalarLanes.INSTANCE;
    }

    /**
     * Returns the fastest lanes of this virtual machine, chosen once: vector instructions where the module
     * {@code jdk.incubator.vector} is resolved ({@code --add-modules}), else plain Java.
     *
     * @return lanes for every layer
     */
    static Lanes fastest() {
        return FastestLanes.INSTANCE;
    }

    /**
     * Makes the PEs' side of the pop recurrence.
     *
     * @param counts entries of every column in every PE
     * @param ringSlots columns whose pop times are remembered, &ge; 1
     * @param backlogCycles the most cycles by which a PE's work can outlast the latest broadcast
     * @return the PEs, at rest
     * @throws IllegalArgumentException if the backlog is so long that cycles do not fit this machine's integers
     */
    PopLanes pops(CountTable counts, int ringSlots, long backlogCycles);

    /**
     * Makes the counters of what the columns cost, whenever they are broadcast.
     *
     * @param entries entries of every column in every PE
     * @param padding how many of them are padding
     * @param rows where they lie in the weight memories
     * @return the counters
     */
    TrafficLanes traffic(CountTable entries, CountTable padding, SpmatRows rows);

    /**
     * Returns how blocks of vectors are multiplied.
     *
     * @return the lanes for them, or null if one vector after another, live inputs only, is faster
     */
    @Nullable
    BlockLanes blocks();
}
