package org.eiesim.simulator.trace;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.eiesim.simulator.clocked.PeState;

/** The signals of a trace as docs/reports.md shows them. */
public final class SignalTables {
    private static final String HEADING = "| signal | meaning |\n| --- | --- |\n";

    private SignalTables() {}

    /**
     * Returns the table of the array's signals.
     *
     * @return Markdown, ending with a line break
     */
    public static String arraySignals() {
        return Arrays.stream(ArraySignal.values())
                .map(signal -> row(signal.key(), signal.text()))
                .collect(Collectors.joining("", HEADING, ""));
    }

    /**
     * Returns the table of a PE's signals.
     *
     * @return Markdown, ending with a line break
     */
    public static String peSignals() {
        return Arrays.stream(PeSignal.values())
                .map(signal -> row(signal.key(), signal.text()))
                .collect(Collectors.joining("", HEADING, ""));
    }

    private static String row(String key, String text) {
        return "| `" + key + "` | " + text + " |\n";
    }

    /**
     * Returns a filter file of GTKWave that names the values of {@link PeSignal#STATE}.
     *
     * @return one line per state: the value as GTKWave prints three bits, and its name
     */
    public static String stateNames() {
        return Arrays.stream(PeState.values())
                .map(state -> state.code() + " " + state.label() + "\n")
                .collect(Collectors.joining());
    }
}
