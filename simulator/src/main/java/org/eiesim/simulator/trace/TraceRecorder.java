package org.eiesim.simulator.trace;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.eiesim.simulator.clocked.ArrayState;
import org.eiesim.simulator.clocked.CycleObserver;

/** Keeps the signals of a window of one product's cycles. Its arrays grow with the cycles seen. */
final class TraceRecorder implements CycleObserver {
    private final TraceWindow window;
    private final int[] pes;
    private final Map<PeSignal, int[]> peSamples = new EnumMap<>(PeSignal.class);
    private final Map<ArraySignal, int[]> arraySamples = new EnumMap<>(ArraySignal.class);
    private final long[] rowReads;
    private final long[] queueFulls;
    private long broadcasts;
    private long numSeen;
    private int numRecorded;
    private int capacityCycles;

    TraceRecorder(TraceWindow window, int numPes) {
        this.window = window;
        pes = window.pesOf(numPes);
        rowReads = new long[pes.length];
        queueFulls = new long[pes.length];
        capacityCycles = Math.min(window.numCycles(), 1024);
        for (PeSignal signal : PeSignal.values()) {
            peSamples.put(signal, new int[capacityCycles * pes.length]);
        }
        for (ArraySignal signal : ArraySignal.values()) {
            arraySamples.put(signal, new int[capacityCycles]);
        }
    }

    private void resize(int numCycles) {
        peSamples.replaceAll((signal, samples) -> Arrays.copyOf(samples, numCycles * pes.length));
        arraySamples.replaceAll((signal, samples) -> Arrays.copyOf(samples, numCycles));
        capacityCycles = numCycles;
    }

    @Override
    public void observe(long cycle, ArrayState array) {
        numSeen = cycle + 1;
        long inWindow = cycle - window.firstCycle();
        if (inWindow >= 0 && inWindow < window.numCycles() && cycle > 0) {
            record(array);
        } else if (cycle == 0 || inWindow == -1) {
            // Nothing is read or broadcast in a product's first cycle, so the counts are those it starts from.
            noteCounts(array);
            if (inWindow == 0) {
                record(array);
            }
        }
    }

    private void record(ArrayState array) {
        int cycle = numRecorded++;
        if (cycle == capacityCycles) {
            resize((int) Math.min(window.numCycles(), 2L * cycle));
        }
        put(ArraySignal.BROADCAST, cycle, (int) (array.broadcasts() - broadcasts));
        put(ArraySignal.COLUMN, cycle, array.broadcastColumn());
        put(ArraySignal.FULL_STALL, cycle, array.isStalled() ? 1 : 0);
        for (int place = 0; place < pes.length; place++) {
            int pe = pes[place];
            int at = cycle * pes.length + place;
            int address = array.sumAddress(pe);
            put(PeSignal.STATE, at, array.peState(pe).code());
            put(PeSignal.QUEUE_DEPTH, at, array.queueDepth(pe));
            put(PeSignal.QUEUE_FULL, at, (int) (array.queueFullCycles(pe) - queueFulls[place]));
            put(PeSignal.ROW_READ, at, (int) (array.spmatRowReads(pe) - rowReads[place]));
            put(PeSignal.ROW, at, array.spmatRow(pe));
            put(PeSignal.ADD, at, address < 0 ? 0 : 1);
            put(PeSignal.ADDRESS, at, address);
            put(PeSignal.BYPASS, at, array.isBypassed(pe) ? 1 : 0);
        }
        noteCounts(array);
    }

    private void put(PeSignal signal, int at, int value) {
        Objects.requireNonNull(peSamples.get(signal))[at] = value;
    }

    private void put(ArraySignal signal, int at, int value) {
        Objects.requireNonNull(arraySamples.get(signal))[at] = value;
    }

    private void noteCounts(ArrayState array) {
        broadcasts = array.broadcasts();
        for (int place = 0; place < pes.length; place++) {
            rowReads[place] = array.spmatRowReads(pes[place]);
            queueFulls[place] = array.queueFullCycles(pes[place]);
        }
    }

    /**
     * Returns what was recorded.
     *
     * @throws IllegalArgumentException if the product ended before the window
     */
    Trace trace(String title, double clockMhz) {
        if (numRecorded == 0) {
            throw new IllegalArgumentException(
                    numSeen == 0
                            ? "nothing to trace in " + title + ": no input of the product is live"
                            : "a trace from cycle " + window.firstCycle() + " of " + title + ", which takes " + numSeen
                                    + " cycles");
        }
        resize(numRecorded);
        return new Trace(title, clockMhz, window.firstCycle(), numRecorded, pes, peSamples, arraySamples);
    }
}
