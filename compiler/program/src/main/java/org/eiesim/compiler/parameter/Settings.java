package org.eiesim.compiler.parameter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.compiler.yaml.YamlTree.Mapping;
import org.eiesim.compiler.yaml.YamlTree.Scalar;
import org.eiesim.compiler.yaml.YamlTree.Sequence;
import org.eiesim.compiler.yaml.YamlTree.Value;
import org.eiesim.kernels.bits.FormatException;

/**
 * Checked values of the parameters of one table; what is not given has its default. Immutable; equal when all values are.
 */
public final class Settings {
    private final ParameterTable table;
    private final Map<String, Object> values;

    private Settings(ParameterTable table, Map<String, Object> values) {
        this.table = table;
        this.values = values;
    }

    /**
     * Settings in which everything has its default.
     *
     * @param table the parameters
     * @return the settings
     */
    public static Settings defaults(ParameterTable table) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter<?> parameter : table.parameters()) {
            Object value = parameter.defaultValue();
            if (value != null) {
                values.put(parameter.key(), value);
            }
        }
        return new Settings(table, values);
    }

    /**
     * These settings with some values overridden. A value given for a parameter takes back its alternatives.
     *
     * @param given values by key, as {@link Domain#read} takes them
     * @return new settings
     * @throws IllegalArgumentException if a parameter is unknown, a value is not taken, or two alternatives are given
     */
    public Settings with(Map<String, ?> given) {
        Map<String, Object> merged = new LinkedHashMap<>(values);
        given.forEach((key, written) -> {
            Parameter<?> parameter = table.byKey(key);
            for (String alternative : parameter.alternatives()) {
                if (given.containsKey(alternative)) {
                    throw new IllegalArgumentException(
                            "give " + table.owner() + " either " + key + " or " + alternative + ", not both");
                }
                merged.remove(alternative);
            }
            merged.put(key, parameter.parse(written));
        });
        return new Settings(table, merged);
    }

    /**
     * These settings with what a map of a document says. Files it names are looked for beside the document, then in the
     * working folder.
     *
     * @param map the map
     * @param where the document, for messages
     * @param folder where it lies
     * @return new settings
     * @throws FormatException naming the line, if a key is unknown (with the nearest known one), a value is not taken or
     *     two alternatives are given
     */
    public Settings with(Mapping map, String where, Path folder) throws FormatException {
        try {
            return with(read(table, map, where, folder));
        } catch (IllegalArgumentException e) {
            throw new FormatException(where + " line " + map.line(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads what a map of a document says of the parameters of a table.
     *
     * @param table the parameters
     * @param map the map
     * @param where the document, for messages
     * @param folder where it lies, for files it names
     * @return the values given, by key in the document's order
     * @throws FormatException naming the line, if a key is unknown (with the nearest known one) or a value is not taken
     */
    public static Map<String, Object> read(ParameterTable table, Mapping map, String where, Path folder)
            throws FormatException {
        Map<String, Object> read = new LinkedHashMap<>();
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            int line = map.keyLines().getOrDefault(entry.getKey(), map.line());
            try {
                Parameter<?> parameter = table.byKey(entry.getKey());
                Object written = plain(parameter.key(), entry.getValue());
                read.put(parameter.key(), parameter.parse(beside(parameter.domain(), written, folder)));
            } catch (IllegalArgumentException e) {
                throw new FormatException(where + " line " + line, String.valueOf(e.getMessage()));
            }
        }
        return read;
    }

    private static Object plain(String key, Value value) {
        if (value instanceof Scalar scalar) {
            return scalar.value();
        }
        if (value instanceof Sequence sequence) {
            return sequence.items().stream().map(item -> plain(key, item)).toList();
        }
        throw new IllegalArgumentException(key + " takes a value, not a map");
    }

    /**
     * Finds the file that a document names.
     *
     * @param domain what the parameter takes
     * @param written what the document says
     * @param folder where the document lies
     * @return the path beside the document where there is such a file; anything else as it was written
     */
    public static Object beside(Domain<?> domain, Object written, Path folder) {
        return domain instanceof Domain.Files<?> files
                        && written instanceof String text
                        && !files.names().contains(text)
                ? YamlTree.beside(folder, text)
                : written;
    }

    /**
     * Tells whether there is a value.
     *
     * @param parameter the parameter
     * @return whether one was given or is the default
     */
    public boolean has(Parameter<?> parameter) {
        return values.containsKey(parameter.key());
    }

    /**
     * Looks a value up.
     *
     * @param parameter the parameter
     * @param <T> type of its values
     * @return its value
     * @throws IllegalArgumentException if none was given and there is no default
     */
    public <T> T get(Parameter<T> parameter) {
        Object value = values.get(parameter.key());
        if (value == null) {
            List<String> ways = new ArrayList<>(List.of(parameter.key()));
            ways.addAll(table.byKey(parameter.key()).alternatives());
            throw new IllegalArgumentException(table.owner() + " needs " + String.join(" or ", ways));
        }
        return parameter.domain().cast(value);
    }

    /**
     * A value as a user would write it.
     *
     * @param parameter the parameter
     * @param <T> type of its values
     * @return its text, read back by {@link Parameter#parse}
     */
    public <T> String text(Parameter<T> parameter) {
        return parameter.domain().print(get(parameter));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && table.equals(settings.table) && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return table.owner() + values;
    }
}
