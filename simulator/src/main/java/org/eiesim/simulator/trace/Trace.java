package org.eiesim.simulator.trace;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** The signals of a window of cycles of one product. Immutable. */
public final class Trace {
    /** Stands for a signal without a value. */
    public static final int UNDEFINED = -1;

    private final String title;
    private final double clockMhz;
    private final long firstCycle;
    private final int numCycles;
    private final int[] pes;
    /** Per signal, cycle by cycle, in each cycle PE by PE. */
    private final Map<PeSignal, int[]> peSamples;
    /** Per signal, cycle by cycle. */
    private final Map<ArraySignal, int[]> arraySamples;

    /** Takes maps and arrays over; the maps have every signal. */
    Trace(
            String title,
            double clockMhz,
            long firstCycle,
            int numCycles,
            int[] pes,
            Map<PeSignal, int[]> peSamples,
            Map<ArraySignal, int[]> arraySamples) {
        this.title = title;
        this.clockMhz = clockMhz;
        this.firstCycle = firstCycle;
        this.numCycles = numCycles;
        this.pes = pes;
        this.peSamples = peSamples;
        this.arraySamples = arraySamples;
    }

    /**
     * Returns what is shown.
     *
     * @return one line
     */
    public String title() {
        return title;
    }

    /**
     * Returns the machine's clock.
     *
     * @return MHz
     */
    public double clockMhz() {
        return clockMhz;
    }

    /**
     * Returns the product's cycle that is the first of the window.
     *
     * @return from 0
     */
    public long firstCycle() {
        return firstCycle;
    }

    /**
     * Returns the length of the window.
     *
     * @return cycles, at least 1
     */
    public int numCycles() {
        return numCycles;
    }

    /**
     * Returns how many PEs are shown.
     *
     * @return at least 1
     */
    public int numPes() {
        return pes.length;
    }

    /**
     * Returns the number of a PE in its machine.
     *
     * @param place place in the trace, below {@link #numPes}
     * @return its number
     */
    public int pe(int place) {
        return pes[place];
    }

    /**
     * Returns a PE's signal.
     *
     * @param signal the signal
     * @param cycle cycle of the window, from 0
     * @param place the PE's place in the trace
     * @return its value, at least 0, or {@link #UNDEFINED}
     */
    public int value(PeSignal signal, int cycle, int place) {
        return samples(peSamples, signal)[cycle * pes.length + place];
    }

    /**
     * Returns a signal of the array.
     *
     * @param signal the signal
     * @param cycle cycle of the window, from 0
     * @return its value, at least 0, or {@link #UNDEFINED}
     */
    public int value(ArraySignal signal, int cycle) {
        return samples(arraySamples, signal)[cycle];
    }

    /** Returns the largest value of a signal over all PEs shown. */
    int max(PeSignal signal) {
        return Arrays.stream(samples(peSamples, signal)).max().orElse(0);
    }

    /** Returns the largest value of a signal. */
    int max(ArraySignal signal) {
        return Arrays.stream(samples(arraySamples, signal)).max().orElse(0);
    }

    private static <S> int[] samples(Map<S, int[]> all, S signal) {
        return Objects.requireNonNull(all.get(signal));
    }
}
