package org.eiesim.simulator.clocked;

import java.util.Arrays;
import org.eiesim.simulator.machine.EventRecord;

/**
 * Takes columns from the queue and walks their entries. In the cycle of a pop the addresses of both column pointers go
 * to the two banks (even and odd); in the next one the pointers are there, the first position goes out, and a column of
 * at most one entry already makes room for the next pop. So a column occupies {@code max(1, entries)} cycles from its
 * pop on.
 *
 * <p>Source: EIE IV "Pointer Read Unit".
 */
final class PointerRead {
    /** The PE has no column. */
    static final int NO_COLUMN = -1;
    /** The PE's column has no entry. */
    static final int NO_ENTRY = -2;

    private static final byte IDLE = 0;
    private static final byte POINTERS_ADDRESSED = 1;
    private static final byte WALKING = 2;

    private final int[][] pointerBanks;
    private final ActivationQueue.PopEnd queues;
    private final Latch.Input<Slots.Position> out;
    private final byte[] states;
    private final int[] numPopped;
    private final int[] columns;
    private final int[] activations;
    private final int[] positions;
    private final int[] ends;
    private int numLive;

    PointerRead(int[][] pointers, ActivationQueue.PopEnd queues, Latch.Input<Slots.Position> out) {
        pointerBanks = pointers;
        this.queues = queues;
        this.out = out;
        int numPes = pointers.length;
        states = new byte[numPes];
        numPopped = new int[numPes];
        columns = new int[numPes];
        activations = new int[numPes];
        positions = new int[numPes];
        ends = new int[numPes];
    }

    void reset(int numLive) {
        this.numLive = numLive;
        Arrays.fill(states, IDLE);
        Arrays.fill(numPopped, 0);
    }

    /** Returns whether a PE still has a column to take or to walk, or sent a position in this cycle. */
    boolean evaluate(EventRecord events) {
        Slots.Position slots = out.slots();
        boolean active = false;
        for (int pe = 0; pe < states.length; pe++) {
            boolean columnEnds = present(pe, slots);
            if (columnEnds) {
                takeNext(pe, events);
            }
            active |= slots.kinds()[pe] != Slot.NONE || states[pe] != IDLE || numPopped[pe] < numLive;
        }
        return active;
    }

    /** Sends the position of the slot begun in the last cycle; returns whether the PE is free for another column. */
    private boolean present(int pe, Slots.Position slots) {
        byte state = states[pe];
        if (state == IDLE) {
            slots.kinds()[pe] = Slot.NONE;
            return true;
        }
        if (state == POINTERS_ADDRESSED) {
            positions[pe] = pointerBanks[pe][columns[pe]];
            ends[pe] = pointerBanks[pe][columns[pe] + 1];
        }
        int position = positions[pe];
        int end = ends[pe];
        slots.kinds()[pe] = position == end ? Slot.BUBBLE : Slot.ENTRY;
        slots.positions()[pe] = position;
        slots.columnStarts()[pe] = state == POINTERS_ADDRESSED;
        slots.activations()[pe] = activations[pe];
        positions[pe] = position + 1;
        states[pe] = WALKING;
        return position + 1 >= end;
    }

    private void takeNext(int pe, EventRecord events) {
        if (!queues.isEmpty(pe)) {
            columns[pe] = queues.headColumn(pe);
            activations[pe] = queues.headActivation(pe);
            queues.pop(pe);
            numPopped[pe]++;
            states[pe] = POINTERS_ADDRESSED;
            return;
        }
        states[pe] = IDLE;
        if (numPopped[pe] == 0) {
            events.fillCycles[pe]++;
        } else if (numPopped[pe] < numLive) {
            events.starvedCycles[pe]++;
        } else {
            events.drainCycles[pe]++;
        }
    }

    /**
     * Returns the position of the entry whose slot this cycle is, {@link #NO_ENTRY} in the cycle of an empty column, or
     * {@link #NO_COLUMN}.
     */
    int nextPosition(int pe) {
        if (states[pe] == IDLE) {
            return NO_COLUMN;
        }
        if (states[pe] == WALKING) {
            return positions[pe];
        }
        int position = pointerBanks[pe][columns[pe]];
        return position == pointerBanks[pe][columns[pe] + 1] ? NO_ENTRY : position;
    }

    /** Returns why a PE has no column. */
    PeState waitState(int pe) {
        if (numPopped[pe] == 0) {
            return PeState.FILLING;
        }
        return numPopped[pe] < numLive ? PeState.STARVED : PeState.DRAINING;
    }
}
