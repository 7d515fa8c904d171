package org.eiesim.simulator.trace;

/** What a trace shows of the whole array, one number per cycle. */
public enum ArraySignal {
    /** Inputs broadcast in the cycle. */
    BROADCAST("broadcast", "Inputs broadcast in the cycle: 0 or 1, up to `broadcast_width`."),
    /** Column broadcast last. */
    COLUMN("column", "Column broadcast last, the bias being the one behind the inputs; undefined before the first."),
    /** Whether a full queue held up a broadcast. */
    FULL_STALL("full_stall", "1 while a live input is ready and a full queue keeps it from being broadcast.");

    private final String key;
    private final String text;

    ArraySignal(String key, String text) {
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
