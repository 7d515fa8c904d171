package org.eiesim.compiler.parameter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing a user may set: a row of a {@link ParameterTable}.
 *
 * @param key its name in YAML, on the command line and in tables
 * @param domain the values it takes
 * @param defaultValue the value where nothing is said; null where there is none
 * @param unit unit of the value, empty for words and plain numbers
 * @param reach the first thing it changes, or where a value holds; null where the table makes no difference
 * @param alternatives keys of parameters of which this is one way to say the same thing: giving one takes back the others
 * @param help one or two sentences for the user
 * @param <T> type of a value
 */
public record Parameter<T>(
        String key,
        Domain<T> domain,
        @Nullable T defaultValue,
        String unit,
        @Nullable Reach reach,
        List<String> alternatives,
        String help) {
    /** Copies the list. */
    public Parameter {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * Declares a parameter that has no alternative.
     *
     * @param key its name
     * @param domain the values it takes
     * @param defaultValue the value where nothing is said; null where there is none
     * @param unit unit of the value
     * @param reach the first thing it changes, or where a value holds
     * @param help one or two sentences for the user
     */
    public Parameter(
            String key, Domain<T> domain, @Nullable T defaultValue, String unit, @Nullable Reach reach, String help) {
        this(key, domain, defaultValue, unit, reach, List.of(), help);
    }

    /**
     * The same parameter as one way of several to say the same thing.
     *
     * @param others the keys of the other ways
     * @return a copy that takes the others back when it is given
     */
    public Parameter<T> insteadOf(String... others) {
        return new Parameter<>(key, domain, defaultValue, unit, reach, List.of(others), help);
    }

    /**
     * The same parameter with another default.
     *
     * @param other the value where nothing is said
     * @return a copy
     */
    public Parameter<T> withDefault(T other) {
        return new Parameter<>(key, domain, other, unit, reach, alternatives, help);
    }

    /**
     * Reads a value of this parameter.
     *
     * @param written the value as a user writes it or as {@link Domain#read} takes it
     * @return the value
     * @throws IllegalArgumentException if it is no such value; the message names key, what it takes and what was written
     */
    public T parse(Object written) {
        return domain.read(key, written);
    }

    /**
     * The default as tables show it.
     *
     * @return its text, empty where there is none
     */
    public String defaultText() {
        return defaultValue == null ? "" : domain.print(defaultValue);
    }

    /**
     * Its reach as tables show it.
     *
     * @return the word, empty where the table makes no difference
     */
    public String reachWord() {
        return reach == null ? "" : reach.word();
    }

    /**
     * This parameter in JSON Schema.
     *
     * @return the keywords of its domain, with description and default
     */
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>(domain.schema());
        schema.put("description", unit.isEmpty() ? help : help + " Unit: " + unit + ".");
        if (defaultValue != null) {
            boolean plain = defaultValue instanceof Number || defaultValue instanceof Boolean;
            schema.put("default", plain ? defaultValue : domain.print(defaultValue));
        }
        return schema;
    }
}
