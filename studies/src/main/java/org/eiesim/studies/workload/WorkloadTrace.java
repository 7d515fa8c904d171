package org.eiesim.studies.workload;

import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.exact.EntryCounts;
import org.eiesim.simulator.exact.SparsePattern;
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
     * Lays a single layer out as one product without a bias column.
     *
     * @param weights the non-zero weights, one column per input
     * @param liveInputs the live inputs of each run, ascending
     * @param config the machine
     * @return the layer's trace; inputs are moved in and outputs out for every run
     * @throws IllegalArgumentException if the layer is too large for one product
     */
    public static WorkloadTrace ofLayer(SparsePattern weights, int[][] liveInputs, MachineConfig config) {
        SparsePattern noBias = new SparsePattern(weights.numRows(), new int[1], new int[0]);
        EntryCounts counts = EntryCounts.of(weights, noBias, config.pes(), config.get(Parameters.INDEX_BITS));
        LiveSets sets = new LiveSets(weights.numColumns());
        for (int[] live : liveInputs) {
            sets.append(live);
        }
        TransferCounts moved = new TransferCounts(0, 0, 0, 0, weights.numColumns(), weights.numRows());
        return new WorkloadTrace(
                config.pes(),
                liveInputs.length,
                List.of(new ProductTrace(counts, sets)),
                moved.times(liveInputs.length),
                0);
    }

    /**
     * Counts all events on one machine.
     *
     * @param config the machine it was laid out for, or one that shares the trace
     * @return a new record
     */
    public EventRecord events(MachineConfig config) {
        EventRecord events = traffic(config.spmatRowEntries());
        events.add(timing(config.queueSlots(), config.broadcastWidth()));
        return events;
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
