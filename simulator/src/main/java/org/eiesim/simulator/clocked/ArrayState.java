package org.eiesim.simulator.clocked;

/** The machine in one cycle, read-only. Counters grow from product to product; a trace takes their differences. */
public interface ArrayState {
    /**
     * Returns the number of processing elements.
     *
     * @return at least 1
     */
    int numPes();

    /**
     * Returns how many activations a queue held at the start of the cycle.
     *
     * @param pe the PE
     * @return 0..queue_slots-1
     */
    int queueDepth(int pe);

    /**
     * Returns how many cycles a PE's full queue has held up a broadcast.
     *
     * @param pe the PE
     * @return the count up to and including this cycle
     */
    long queueFullCycles(int pe);

    /**
     * Returns what the cycle was to a PE, seen where columns are taken from the queue and walked. The hardware learns
     * two cycles later, from the weight memory, whether a slot is padding; an observer is told at once.
     *
     * @param pe the PE
     * @return its state
     */
    PeState peState(int pe);

    /**
     * Returns which row of the weight memory a PE holds latched.
     *
     * @param pe the PE
     * @return the row's number, or -1 before the first read of the product
     */
    int spmatRow(int pe);

    /**
     * Returns how many rows a PE has read from its weight memory.
     *
     * @param pe the PE
     * @return the count up to and including this cycle
     */
    long spmatRowReads(int pe);

    /**
     * Returns which accumulator's new sum a PE's adder puts out in this cycle.
     *
     * @param pe the PE
     * @return the accumulator's number within the PE, or -1 if the adder does nothing
     */
    int sumAddress(int pe);

    /**
     * Returns whether a PE's adder takes its last sum instead of the accumulator read, the entry ahead having updated the
     * same one.
     *
     * @param pe the PE
     * @return whether the bypass is in use in this cycle
     */
    boolean isBypassed(int pe);

    /**
     * Returns how many inputs have been broadcast.
     *
     * @return the count up to and including this cycle
     */
    long broadcasts();

    /**
     * Returns the input broadcast last.
     *
     * @return its column, or -1 before the first of the product
     */
    int broadcastColumn();

    /**
     * Returns whether a full queue held up a broadcast in this cycle.
     *
     * @return whether the array stalled
     */
    boolean isStalled();
}
