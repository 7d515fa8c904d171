package org.eiesim.studies.workload;

import java.util.List;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.TransferCounts;

/**
 * A workload laid out for one number of PEs and index width, with the live inputs of all its products: what machines that
 * differ only in queue, broadcast width, row width or cost have in common. Its events are the sum of {@link #traffic},
 * which depends on the row width, and {@link #timing}, which depends on the rest; each is computed once for all machines
 * that share it. Not changed once made; may be shared between threads.
 */
public final class WorkloadTrace {
    private final int numPes;
    private final int numInputs;
    private final List<ProductTrace> products;
    private final TransferCounts transfers;
    private final long saturations;

    WorkloadTrace(int numPes, int numInputs, List<ProductTrace> products, TransferCounts transfers, long saturations) {
        this.numPes = numPes;
        this.numInputs = numInputs;
        this.products = List.copyOf(products);
        this.transfers = transfers;
        this.saturations = saturations;
    }

    /**
     * Counts the events that take place whatever the time: products, broadcasts, accumulates, padding entries, empty
     * columns and row reads.
     *
     * @param spmatRowEntries entries in a row of the weight memory, &ge; 1
     * @return a new record
     */
    public EventRecord traffic(int spmatRowEntries) {
        EventRecord events = new EventRecord(numPes);
        products.forEach(product -> product.addTraffic(spmatRowEntries, events));
        return events;
    }

    /**
     * Counts the events that are counted in cycles, and saturations.
     *
     * @param queueSlots slots of a queue's ring, &ge; 2
     * @param broadcastWidth inputs broadcast a cycle, &ge; 1
     * @return a new record
     */
    public EventRecord timing(int queueSlots, int broadcastWidth) {
        EventRecord events = new EventRecord(numPes);
        products.forEach(product -> product.addTiming(queueSlots, broadcastWidth, events));
        events.saturations = saturations;
        return events;
    }

    /**
     * Returns what is moved between the host and the array over all inputs; what is moved once before them is not counted.
     *
     * @return the counts
     */
    public TransferCounts transfers() {
        return transfers;
    }

    /**
     * Returns how many inputs the workload runs.
     *
     * @return at least 1
     */
    public int numInputs() {
        return numInputs;
    }
}
