package org.eiesim.simulator.clocked;

/** What a processing element's cycle was spent on. Every cycle of every PE is exactly one of these. */
public enum PeState {
    /** Waiting for its first column. */
    FILLING,
    /** A slot of a column: an entry, a padding entry, or the one cycle of an empty column. */
    BUSY,
    /** Between two columns, the queue being empty. */
    STARVED,
    /** Behind its last column, while its pipeline or other PEs finish. */
    DRAINING
}
