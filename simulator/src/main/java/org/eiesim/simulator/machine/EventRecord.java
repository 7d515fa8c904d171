package org.eiesim.simulator.machine;

/**
 * Everything a run reports, and all that energy, statistics and reports see of it. Counts of several products add up.
 * The arrays are per PE and grow by {@link #add}; the engines write them directly.
 *
 * <p>Identity: {@code numPes * cycles = sum over PEs of (accumulates + paddingEntries + emptyColumns + starvedCycles +
 * fillCycles + drainCycles)}.
 */
public final class EventRecord {
    /** Products run. */
    public long products;
    /** Clock cycles from the first to the last of each product, drained. */
    public long cycles;
    /** Live inputs broadcast, the bias included. */
    public long broadcasts;
    /** Cycles in which a full queue kept the next live input from being broadcast, whole array. */
    public long fullStallCycles;
    /** Fixed-point results that did not fit and were clipped. */
    public long saturations;
    /** Rows read from the weight memory, per PE. */
    public final long[] spmatRowReads;
    /** Entries with a code other than 0 in the columns broadcast, per PE. */
    public final long[] accumulates;
    /** Entries with code 0 in the columns broadcast, per PE. */
    public final long[] paddingEntries;
    /** Broadcast columns without an entry, per PE. */
    public final long[] emptyColumns;
    /** Cycles between two columns in which the PE had nothing in its queue. */
    public final long[] starvedCycles;
    /** Cycles this PE's own queue alone would have held up the broadcast. */
    public final long[] queueFullCycles;
    /** Cycles before the PE's first column. */
    public final long[] fillCycles;
    /** Cycles after the PE's last column. */
    public final long[] drainCycles;

    /**
     * Makes a record of zeros.
     *
     * @param numPes processing elements
     */
    public EventRecord(int numPes) {
        spmatRowReads = new long[numPes];
        accumulates = new long[numPes];
        paddingEntries = new long[numPes];
        emptyColumns = new long[numPes];
        starvedCycles = new long[numPes];
        queueFullCycles = new long[numPes];
        fillCycles = new long[numPes];
        drainCycles = new long[numPes];
    }

    /**
     * Returns the number of processing elements.
     *
     * @return the length of the per-PE arrays
     */
    public int numPes() {
        return spmatRowReads.length;
    }

    /**
     * Returns the pointer reads: each PE reads the even/odd pair of every column broadcast.
     *
     * @return {@code numPes * broadcasts}
     */
    public long pointerReads() {
        return numPes() * broadcasts;
    }

    /**
     * Adds another record's counts to this one's.
     *
     * @param other a record of as many PEs
     * @throws IllegalArgumentException if the PE counts differ
     */
    public void add(EventRecord other) {
        if (other.numPes() != numPes()) {
            throw new IllegalArgumentException(other.numPes() + " PEs added to " + numPes());
        }
        products += other.products;
        cycles += other.cycles;
        broadcasts += other.broadcasts;
        fullStallCycles += other.fullStallCycles;
        saturations += other.saturations;
        for (int pe = 0; pe < numPes(); pe++) {
            spmatRowReads[pe] += other.spmatRowReads[pe];
            accumulates[pe] += other.accumulates[pe];
            paddingEntries[pe] += other.paddingEntries[pe];
            emptyColumns[pe] += other.emptyColumns[pe];
            starvedCycles[pe] += other.starvedCycles[pe];
            queueFullCycles[pe] += other.queueFullCycles[pe];
            fillCycles[pe] += other.fillCycles[pe];
            drainCycles[pe] += other.drainCycles[pe];
        }
    }
}
