package org.eiesim.simulator.exact;

import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Numbers;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.machine.EventRecord;

/**
 * The event record of a product whose live inputs are known, without its outputs. Needs no weights. Of one thread;
 * {@link #fork} makes another for the same machine.
 *
 * <p>It is the sum of {@link ColumnTraffic} and {@link ColumnTiming}, which fill different fields of the record: a sweep
 * over queues and row widths may run each of them once per width or queue and add the records up.
 */
public final class ExactTiming {
    private final LiveInputs rule;
    private final LiveColumns live;
    private final ColumnTraffic traffic;
    private final ColumnTiming timing;

    /**
     * Prepares a product for a machine.
     *
     * @param counts the product's entries; shared
     * @param config the machine; it has as many PEs as the counts
     * @param lanes how to step the PEs
     * @throws IllegalArgumentException if the numbers of PEs differ
     */
    public ExactTiming(EntryCounts counts, MachineConfig config, Lanes lanes) {
        this(
                config.liveInputs(),
                new LiveColumns(requireSamePes(counts, config)),
                new ColumnTraffic(counts, config.spmatRowEntries(), lanes),
                new ColumnTiming(counts, config.queueSlots(), config.broadcastWidth(), lanes));
    }

    private ExactTiming(LiveInputs rule, LiveColumns live, ColumnTraffic traffic, ColumnTiming timing) {
        this.rule = rule;
        this.live = live;
        this.traffic = traffic;
        this.timing = timing;
    }

    private static EntryCounts requireSamePes(EntryCounts counts, MachineConfig config) {
        if (counts.numPes() != config.pes()) {
            throw new IllegalArgumentException(
                    "counts for " + counts.numPes() + " PEs on a machine of " + config.pes());
        }
        return counts;
    }

    /**
     * Makes the same for another thread.
     *
     * @return shares the counts and the rows of the weight memory
     */
    public ExactTiming fork() {
        return new ExactTiming(rule, live.fork(), traffic.fork(), timing.fork());
    }

    /**
     * Runs a list of live inputs, then the bias column if there is one.
     *
     * @param liveInputs ascending indices of inputs
     * @param events what happened is added to it
     * @throws IllegalArgumentException naming an index out of range or order
     */
    public void run(int[] liveInputs, EventRecord events) {
        live.set(liveInputs);
        run(events);
    }

    /**
     * Runs a bitmap of live inputs, then the bias column if there is one.
     *
     * @param bitmap bit {@code i mod 64} of word {@code i / 64} is set where input i is live
     * @param events what happened is added to it
     * @throws IllegalArgumentException if a bit past the inputs is set
     */
    public void runBitmap(long[] bitmap, EventRecord events) {
        live.setBitmap(bitmap);
        run(events);
    }

    /**
     * Runs the live ones of an input vector, then the bias column if there is one.
     *
     * @param inputs finite values, one per input from {@code offset}
     * @param offset first input
     * @param events what happened is added to it
     * @throws IllegalArgumentException naming the input that is NaN or infinite
     */
    public void run(float[] inputs, int offset, EventRecord events) {
        live.set(inputs, offset, rule);
        run(events);
    }

    /**
     * Runs the live ones of a fixed-point input vector, then the bias column if there is one.
     *
     * @param inputs raw values, one per input from {@code offset}
     * @param offset first input
     * @param events what happened is added to it
     */
    public void run(int[] inputs, int offset, EventRecord events) {
        live.set(inputs, offset, rule);
        run(events);
    }

    /** Runs the live ones of an input vector of any numbers. */
    void run(Numbers inputs, int offset, EventRecord events) {
        if (inputs instanceof Numbers.Floats floats) {
            run(floats.values(), offset, events);
        } else {
            run(inputs.raws(), offset, events);
        }
    }

    /** Runs one vector of a block; bit v of word i of {@code liveVectors} is set where input i of vector v is live. */
    void runVector(long[] liveVectors, int vector, EventRecord events) {
        live.setVector(liveVectors, vector);
        run(events);
    }

    private void run(EventRecord events) {
        traffic.count(live, events);
        timing.count(live, events);
    }

    LiveInputs rule() {
        return rule;
    }

    /** Returns what the last run broadcast. */
    LiveColumns live() {
        return live;
    }
}
