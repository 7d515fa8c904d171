package org.eiesim.simulator.exact;

import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.exact.lanes.SpmatRows;
import org.eiesim.simulator.exact.lanes.TrafficCounts;
import org.eiesim.simulator.exact.lanes.TrafficLanes;
import org.eiesim.simulator.machine.EventRecord;

/**
 * The events of a product that take place whatever the time: products, broadcasts, accumulates, padding entries, empty
 * columns and weight-row reads. They depend on the row width, but neither on the queue nor on the broadcast width. Of one
 * thread; {@link #fork} makes another for the same machine.
 */
public final class ColumnTraffic {
    private final EntryCounts counts;
    private final SpmatRows rows;
    private final Lanes lanes;
    private final TrafficLanes traffic;

    /**
     * Places the entries in the weight memories.
     *
     * @param counts the product
     * @param spmatRowEntries entries in a row of the weight memory, &ge; 1
     * @param lanes how to count
     */
    public ColumnTraffic(EntryCounts counts, int spmatRowEntries, Lanes lanes) {
        this(counts, counts.spmatRows(spmatRowEntries), lanes);
    }

    private ColumnTraffic(EntryCounts counts, SpmatRows rows, Lanes lanes) {
        this.counts = counts;
        this.rows = rows;
        this.lanes = lanes;
        traffic = lanes.traffic(counts.entries(), counts.padding(), rows);
    }

    /**
     * Makes the same for another thread.
     *
     * @return shares what does not change
     */
    public ColumnTraffic fork() {
        return new ColumnTraffic(counts, rows, lanes);
    }

    /**
     * Counts one product.
     *
     * @param live what it broadcasts
     * @param events the counts named above are added to it
     */
    public void count(LiveColumns live, EventRecord events) {
        events.products++;
        events.broadcasts += live.length();
        TrafficCounts counts =
                new TrafficCounts(events.accumulates, events.paddingEntries, events.emptyColumns, events.spmatRowReads);
        traffic.count(live.columns(), live.length(), counts);
    }
}
