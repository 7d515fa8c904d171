package org.eiesim.simulator.exact.vector;

import org.eiesim.simulator.exact.lanes.BlockLanes;
import org.eiesim.simulator.exact.lanes.CountTable;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.exact.lanes.PopLanes;
import org.eiesim.simulator.exact.lanes.SpmatRows;
import org.eiesim.simulator.exact.lanes.TrafficLanes;

/**
 * The lanes in 16-bit vectors, up to 32 PEs an instruction. What does not fit 16 bits (a column of more than 127 entries
 * in one PE, a queue that may hold more than {@link VectorPops#MAX_BACKLOG_CYCLES} cycles of work) has few PEs or long
 * columns, where the lanes cost little beside the entries: the scalar lanes step it.
 */
public final class VectorLanes implements Lanes {
    private static final BlockLanes BLOCKS = new VectorBlock();

    /** Makes the lanes; called by name. */
    public VectorLanes() {}

    @Override
    public PopLanes pops(CountTable counts, int ringSlots, long backlogCycles) {
        byte[] narrow = counts.narrow();
        boolean fits = backlogCycles <= VectorPops.MAX_BACKLOG_CYCLES
                && (long) ringSlots * counts.stride() <= Integer.MAX_VALUE - 8;
        return narrow != null && fits
                ? new VectorPops(narrow, counts.numPes(), counts.stride(), ringSlots)
                : Lanes.scalar().pops(counts, ringSlots, backlogCycles);
    }

    @Override
    public TrafficLanes traffic(CountTable entries, CountTable padding, SpmatRows rows) {
        byte[] narrowEntries = entries.narrow();
        byte[] narrowPadding = padding.narrow();
        short[] before = rows.narrowBefore();
        byte[] occupied = rows.narrowOccupied();
        if (narrowEntries == null || narrowPadding == null || before == null || occupied == null) {
            return Lanes.scalar().traffic(entries, padding, rows);
        }
        return new VectorTraffic(narrowEntries, padding.max() == 0 ? null : narrowPadding, before, occupied, rows);
    }

    @Override
    public BlockLanes blocks() {
        return BLOCKS;
    }

    @Override
    public String toString() {
        return "vector";
    }
}
