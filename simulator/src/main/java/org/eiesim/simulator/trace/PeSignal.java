package org.eiesim.simulator.trace;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.eiesim.simulator.clocked.PeState;

/** What a trace shows of each processing element, one number per cycle. */
public enum PeSignal {
    /** Code of a {@link PeState}. */
    STATE(
            "state",
            "What the cycle was to the PE: "
                    + Arrays.stream(PeState.values())
                            .map(state -> state.code() + " " + state.label())
                            .collect(Collectors.joining(", "))
                    + "."),
    /** Activations in the queue. */
    QUEUE_DEPTH("queue_depth", "Activations in the queue at the start of the cycle."),
    /** Whether its queue held up a broadcast. */
    QUEUE_FULL("queue_full", "1 while the PE's full queue holds up a broadcast."),
    /** Whether it read the weight memory. */
    ROW_READ("row_read", "1 in the cycle of a read of the weight memory."),
    /** Row latched. */
    ROW("row", "Row of the weight memory that is latched; undefined before the first read."),
    /** Whether the adder works. */
    ADD("add", "1 in the cycle in which the adder puts out a sum."),
    /** Accumulator of the sum. */
    ADDRESS("address", "Accumulator within the PE that the sum is for; undefined without a sum."),
    /** Whether the bypass is in use. */
    BYPASS("bypass", "1 where the adder takes its last sum instead of the accumulator read.");

    private final String key;
    private final String text;

    PeSignal(String key, String text) {
        this.key = key;
        this.text = text;
    }

    /**
     * Returns its name in VCD.
     *
     * @return lower case with underscores
     */
    public String key() {
        return key;
    }

    /**
     * Returns what it means.
     *
     * @return a sentence
     */
    public String text() {
        return text;
    }
}
