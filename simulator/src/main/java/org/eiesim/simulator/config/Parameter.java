package org.eiesim.simulator.config;

/**
 * One thing that may vary in the machine: a row of the table in {@link Parameters}.
 *
 * @param key the name in YAML, in {@code --set} and in tables
 * @param domain the values allowed
 * @param defaultValue the value where nothing is said
 * @param unit unit of the value, empty for words
 * @param concern the first thing it changes
 * @param help one or two sentences for the user
 * @param <T> type of a value
 */
public record Parameter<T>(String key, Domain<T> domain, T defaultValue, String unit, Concern concern, String help) {

    /**
     * The first thing a parameter changes. What comes later in this order may change with it: another program computes
     * other sums, other values leave other inputs live, other counts cost other energy.
     */
    public enum Concern {
        /** The program a network is lowered to. */
        LOWERING,
        /** The values computed. */
        NUMBERS,
        /** Cycles and event counts. */
        TIMING,
        /** Time in seconds, energy and area, computed from the event counts. */
        COST
    }

    /**
     * Reads a value of this parameter.
     *
     * @param text the value as a user writes it
     * @return the value
     * @throws IllegalArgumentException if it is no such value; the message names key, value and range
     */
    public T parse(String text) {
        try {
            return domain.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the default as tables show it.
     *
     * @return its text
     */
    public String defaultText() {
        return domain.print(defaultValue);
    }
}
