package org.eiesim.studies.reproduce;

import java.util.Arrays;
import org.eiesim.simulator.machine.EventRecord;

/** Ratios of a record's counts. */
final class Events {
    /** Each weight and pointer SRAM is read once in as many cycles. Source: EIE VI. */
    private static final int CYCLES_PER_READ = 8;

    private static final long READS = 1_000_000;

    private Events() {}

    /** Returns the activity behind the paper's power: every PE accumulates in each cycle, and reads every 8th. */
    static EventRecord steadyState(int pes) {
        EventRecord events = new EventRecord(pes);
        events.cycles = CYCLES_PER_READ * READS;
        events.broadcasts = READS;
        Arrays.fill(events.spmatRowReads, READS);
        Arrays.fill(events.accumulates, CYCLES_PER_READ * READS);
        return events;
    }

    static long accumulates(EventRecord events) {
        return Arrays.stream(events.accumulates).sum();
    }

    static long paddingEntries(EventRecord events) {
        return Arrays.stream(events.paddingEntries).sum();
    }

    static long rowReads(EventRecord events) {
        return Arrays.stream(events.spmatRowReads).sum();
    }

    /** Returns the share of entries worked on that are no padding. */
    static double realWork(EventRecord events) {
        long real = accumulates(events);
        return (double) real / (real + paddingEntries(events));
    }

    /** Returns the share of all PEs' cycles in which they were not waiting for a column: EIE's load balance. */
    static double busy(EventRecord events) {
        double idle = Arrays.stream(events.starvedCycles).sum()
                + Arrays.stream(events.fillCycles).sum()
                + Arrays.stream(events.drainCycles).sum();
        return 1 - idle / ((double) events.numPes() * events.cycles);
    }

    /** Returns the share of all PEs' cycles spent on entries that are no padding. */
    static double efficiency(EventRecord events) {
        return accumulates(events) / ((double) events.numPes() * events.cycles);
    }
}
