package org.eiesim.simulator.clocked;

/**
 * What a processing element's cycle was spent on. Every cycle of every PE is exactly one of these, and each of them is
 * one statistic of the {@link org.eiesim.simulator.machine.EventRecord}.
 */
public enum PeState {
    /** Waiting for its first column. */
    FILLING(0, "fill"),
    /** A slot of a column: an entry that is multiplied and added. */
    ACCUMULATING(1, "accumulate"),
    /** A slot of a column: an entry with code 0, which only moves the address. */
    PADDING(2, "padding"),
    /** The one cycle of a column without entries. */
    EMPTY_COLUMN(3, "empty column"),
    /** Between two columns, the queue being empty. */
    STARVED(4, "starved"),
    /** Behind its last column, while its pipeline or other PEs finish. */
    DRAINING(5, "drain");

    private final int code;
    private final String label;

    PeState(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /**
     * Returns the number that stands for it in traces.
     *
     * @return from 0, in the order of {@link #values}
     */
    public int code() {
        return code;
    }

    /**
     * Returns the word reports use.
     *
     * @return lower case
     */
    public String label() {
        return label;
    }
}
