package org.eiesim.simulator.clocked;

import java.util.Arrays;
import org.eiesim.simulator.machine.EventRecord;

/**
 * Reads the weight memory. One access delivers a row of several entries, which stays latched: the memory is only read
 * again when an entry lies in another row, also from one column to the next.
 *
 * <p>Source: EIE IV "Sparse Matrix Read Unit".
 */
final class SpmatRead {
    private final byte[][] codes;
    private final short[][] relativeIndices;
    private final int rowEntries;
    private final Latch.Output<Slots.Position> in;
    private final Latch.Input<Slots.Entry> out;
    /** Position of the first entry of the row latched. */
    private final int[] rowStarts;

    SpmatRead(
            byte[][] codes,
            short[][] relativeIndices,
            int rowEntries,
            Latch.Output<Slots.Position> in,
            Latch.Input<Slots.Entry> out) {
        this.codes = codes;
        this.relativeIndices = relativeIndices;
        this.rowEntries = rowEntries;
        this.in = in;
        this.out = out;
        rowStarts = new int[codes.length];
    }

    void reset() {
        Arrays.fill(rowStarts, -rowEntries);
    }

    /** Returns whether any PE sent something on. */
    boolean evaluate(EventRecord events) {
        Slots.Position position = in.slots();
        Slots.Entry entry = out.slots();
        boolean active = false;
        for (int pe = 0; pe < rowStarts.length; pe++) {
            byte kind = position.kinds()[pe];
            entry.kinds()[pe] = kind;
            active |= kind != Slot.NONE;
            if (kind == Slot.ENTRY) {
                int place = position.positions()[pe];
                readRow(pe, place, events);
                int code = codes[pe][place] & 0xFF;
                entry.kinds()[pe] = code == 0 ? Slot.PADDING : Slot.ENTRY;
                entry.codes()[pe] = code;
                entry.relativeIndices()[pe] = relativeIndices[pe][place] & 0xFFFF;
                entry.columnStarts()[pe] = position.columnStarts()[pe];
                entry.activations()[pe] = position.activations()[pe];
            }
        }
        return active;
    }

    private void readRow(int pe, int place, EventRecord events) {
        int inRow = place - rowStarts[pe];
        if (inRow < 0 || inRow >= rowEntries) {
            rowStarts[pe] = place - place % rowEntries;
            events.spmatRowReads[pe]++;
        }
    }

    /** Returns the number of the row latched, or -1. */
    int row(int pe) {
        return Math.floorDiv(rowStarts[pe], rowEntries);
    }
}
