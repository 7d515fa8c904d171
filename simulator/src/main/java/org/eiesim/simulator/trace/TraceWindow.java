package org.eiesim.simulator.trace;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which cycles of a product and which PEs a trace shows.
 *
 * @param firstCycle first cycle shown, from 0
 * @param numCycles cycles shown at most; fewer where the product ends
 * @param pes the PEs shown, ascending, or null for all
 */
public record TraceWindow(
        long firstCycle, int numCycles, @Nullable List<Integer> pes) {
    /** Cycles times PEs a trace holds at most. Bounds memory to 32 MB, a VCD to about 40 MB, trace events to 200 MB. */
    public static final int MAX_SAMPLES = 1 << 20;

    /** The first 1000 cycles of all PEs. */
    public static final TraceWindow START = new TraceWindow(0, 1000, null);

    /** Checks the ranges. */
    public TraceWindow {
        if (firstCycle < 0) {
            throw new IllegalArgumentException("a trace from cycle " + firstCycle + "; cycles start at 0");
        }
        if (numCycles < 1) {
            throw new IllegalArgumentException("a trace of " + numCycles + " cycles; at least 1");
        }
        if (pes != null) {
            pes = pes.stream().sorted().distinct().toList();
            if (pes.isEmpty() || pes.get(0) < 0) {
                throw new IllegalArgumentException("a trace of PEs " + pes + "; PEs are numbered from 0");
            }
        }
    }

    /**
     * Returns the PEs shown of a machine.
     *
     * @param numPes its PEs
     * @return numbers, ascending; a new array
     * @throws IllegalArgumentException if the machine lacks one of the PEs, or cycles times PEs exceed
     *     {@link #MAX_SAMPLES}
     */
    int[] pesOf(int numPes) {
        int[] shown = pes == null
                ? IntStream.range(0, numPes).toArray()
                : pes.stream().mapToInt(Integer::intValue).toArray();
        if (shown[shown.length - 1] >= numPes) {
            throw new IllegalArgumentException(
                    "a trace of PE " + shown[shown.length - 1] + "; the machine has PEs 0 to " + (numPes - 1));
        }
        if ((long) shown.length * numCycles > MAX_SAMPLES) {
            throw new IllegalArgumentException("a trace of " + numCycles + " cycles and " + shown.length
                    + " PEs exceeds " + MAX_SAMPLES + " PE cycles; take at most " + MAX_SAMPLES / shown.length
                    + " cycles, or fewer PEs");
        }
        return shown;
    }
}
