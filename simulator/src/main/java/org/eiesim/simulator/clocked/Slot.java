package org.eiesim.simulator.clocked;

/** What one place of the pipeline holds in one cycle. Bytes, not an enum, because the latches hold arrays of them. */
final class Slot {
    /** Nothing. */
    static final byte NONE = 0;
    /** The one cycle of a column without entries. */
    static final byte BUBBLE = 1;
    /** An entry with code 0: it moves the address and writes nothing. */
    static final byte PADDING = 2;
    /** An entry to be accumulated (before the weight memory is read: any entry). */
    static final byte ENTRY = 3;

    private Slot() {}
}
