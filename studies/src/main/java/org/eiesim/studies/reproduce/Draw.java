package org.eiesim.studies.reproduce;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.studies.workload.LayerWorkload;
import org.eiesim.studies.workload.WorkloadTrace;

/** One layer's events on the machines the figures vary. Not changed once measured. */
final class Draw {
    /** Slots of the queue's ring in Figure 8. */
    static final int[] QUEUE_SLOTS = {2, 3, 4, 5, 8, 9, 16, 32, 64, 128, 256, 512};
    /** Entries per row of the weight memory in Figure 9: 16 to 512 bits. */
    static final int[] ROW_ENTRIES = {2, 4, 8, 16, 32, 64};
    /** PEs in Figures 11 to 13. */
    static final int[] PES = {1, 2, 4, 8, 16, 32, 64, 128, 256};

    private final Map<Integer, EventRecord> byQueueSlots = new HashMap<>();
    private final Map<Integer, EventRecord> byRowEntries = new HashMap<>();
    private final Map<Integer, EventRecord> byPes = new HashMap<>();

    private Draw() {}

    /** Runs a layer on all machines. */
    static Draw measure(LayerWorkload layer, MachineConfig base) {
        Draw draw = measureBase(layer, base);
        WorkloadTrace trace = layer.trace(base);
        for (int slots : QUEUE_SLOTS) {
            draw.byQueueSlots.put(slots, events(trace, slots, base.spmatRowEntries()));
        }
        for (int entries : ROW_ENTRIES) {
            draw.byRowEntries.put(entries, trace.traffic(entries));
        }
        for (int pes : PES) {
            WorkloadTrace onPes = layer.trace(base.with(Parameters.PES, pes));
            draw.byPes.put(pes, events(onPes, base.queueSlots(), base.spmatRowEntries()));
        }
        return draw;
    }

    /** Runs a layer on the machine of the paper only. */
    static Draw measureBase(LayerWorkload layer, MachineConfig base) {
        Draw draw = new Draw();
        draw.byPes.put(base.pes(), events(layer.trace(base), base.queueSlots(), base.spmatRowEntries()));
        return draw;
    }

    private static EventRecord events(WorkloadTrace trace, int queueSlots, int rowEntries) {
        EventRecord events = trace.traffic(rowEntries);
        events.add(trace.timing(queueSlots, 1));
        return events;
    }

    EventRecord onQueue(int slots) {
        return Objects.requireNonNull(byQueueSlots.get(slots));
    }

    EventRecord onRows(int entries) {
        return Objects.requireNonNull(byRowEntries.get(entries));
    }

    EventRecord onPes(int pes) {
        return Objects.requireNonNull(byPes.get(pes));
    }
}
