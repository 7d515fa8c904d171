package org.eiesim.compiler.compress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checked values of a method's parameters; what is not given has its default. Immutable. */
public final class Settings {
    private final Method.Description method;
    private final Map<String, Object> given;

    private Settings(Method.Description method, Map<String, Object> given) {
        this.method = method;
        this.given = given;
    }

    /**
     * Returns settings in which everything has its default.
     *
     * @param method the method
     * @return the settings
     */
    public static Settings defaults(Method.Description method) {
        return new Settings(method, Map.of());
    }

    /**
     * Returns these settings with some values overridden. A value given for a parameter takes back its alternatives.
     *
     * @param values values by parameter name
     * @return new settings
     * @throws IllegalArgumentException if a parameter is unknown, a value is out of range, or two alternatives are given
     */
    public Settings with(Map<String, ?> values) {
        Map<String, Object> merged = new LinkedHashMap<>(given);
        values.forEach((name, value) -> {
            ParameterSpec parameter = method.parameter(name);
            for (String alternative : parameter.alternatives()) {
                if (values.containsKey(alternative)) {
                    throw new IllegalArgumentException(
                            "give " + method.name() + " either " + name + " or " + alternative + ", not both");
                }
                merged.remove(alternative);
            }
            merged.put(name, parameter.check(value));
        });
        return new Settings(method, merged);
    }

    /**
     * Tells whether a value was given.
     *
     * @param name the parameter
     * @return whether it was, the default not counting
     */
    public boolean has(String name) {
        return given.containsKey(name);
    }

    /**
     * Returns a number.
     *
     * @param name the parameter
     * @return its value
     */
    public double number(String name) {
        return ((Number) value(name)).doubleValue();
    }

    /**
     * Returns a whole number.
     *
     * @param name the parameter
     * @return its value
     */
    public int integer(String name) {
        return Math.toIntExact((Long) value(name));
    }

    /**
     * Returns a word.
     *
     * @param name the parameter
     * @return its value
     */
    public String word(String name) {
        return (String) value(name);
    }

    /**
     * Returns a flag.
     *
     * @param name the parameter
     * @return its value
     */
    public boolean flag(String name) {
        return (Boolean) value(name);
    }

    private Object value(String name) {
        Object value = given.get(name);
        if (value == null) {
            value = method.parameter(name).defaultValue();
        }
        if (value == null) {
            List<String> ways = new ArrayList<>(List.of(name));
            ways.addAll(method.parameter(name).alternatives());
            throw new IllegalArgumentException("method " + method.name() + " needs " + String.join(" or ", ways));
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && method.equals(settings.method) && given.equals(settings.given);
    }

    @Override
    public int hashCode() {
        return given.hashCode();
    }

    @Override
    public String toString() {
        return method.name() + given;
    }
}
