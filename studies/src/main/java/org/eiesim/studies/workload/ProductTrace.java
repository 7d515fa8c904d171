package org.eiesim.studies.workload;

import java.util.function.Consumer;
import org.eiesim.simulator.exact.ColumnTiming;
import org.eiesim.simulator.exact.ColumnTraffic;
import org.eiesim.simulator.exact.EntryCounts;
import org.eiesim.simulator.exact.LiveColumns;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.machine.EventRecord;

/**
 * One product of a workload on a given number of PEs and every set of live inputs it runs on: all that its events depend
 * on but for queue, broadcast width and row width.
 *
 * @param counts entries per column and PE
 * @param liveSets the live inputs of each run
 * @param place its instruction's place in the program's body
 */
record ProductTrace(EntryCounts counts, LiveSets liveSets, int place) {
    /** Takes a product that is in no program. */
    ProductTrace(EntryCounts counts, LiveSets liveSets) {
        this(counts, liveSets, 0);
    }

    /** Adds the events that depend on the row width, but not on time. */
    void addTraffic(int spmatRowEntries, EventRecord events) {
        ColumnTraffic traffic = new ColumnTraffic(counts, spmatRowEntries, Lanes.fastest());
        forEachRun(live -> traffic.count(live, events));
    }

    /** Adds the events that are counted in cycles. */
    void addTiming(int queueSlots, int broadcastWidth, EventRecord events) {
        ColumnTiming timing = new ColumnTiming(counts, queueSlots, broadcastWidth, Lanes.fastest());
        forEachRun(live -> timing.count(live, events));
    }

    private void forEachRun(Consumer<LiveColumns> run) {
        LiveColumns live = new LiveColumns(counts);
        for (int set = 0; set < liveSets.size(); set++) {
            live.setBitmap(liveSets.bitmap(set));
            run.accept(live);
        }
    }
}
