package org.eiesim.studies.sweep;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.parameter.ParameterTable;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.compiler.yaml.YamlTree.Mapping;
import org.eiesim.compiler.yaml.YamlTree.Scalar;
import org.eiesim.compiler.yaml.YamlTree.Value;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * A map of the specification with values taken out of it by type; errors name the file and the line.
 *
 * @param map the map
 * @param what what it describes, such as "a range"
 * @param where the specification's file
 */
record SpecValues(Mapping map, String what, String where) {
    /** Takes a value for a map with known keys. */
    static SpecValues of(Value value, String what, List<String> known, String where) throws FormatException {
        return new SpecValues(YamlTree.mapping(value, what, known, where), what, where);
    }

    /** Takes the values of a table's parameters. */
    Settings settings(ParameterTable table, Path folder) throws FormatException {
        return Settings.defaults(table).with(map.only(table.keys()), where, folder);
    }

    @Nullable
    Value get(String key) {
        return map.entries().get(key);
    }

    Value require(String key) throws FormatException {
        Value value = get(key);
        if (value == null) {
            throw error(map.line(), what + " needs " + key);
        }
        return value;
    }

    /** Returns the one of some keys that is given. */
    String requireOneOf(List<String> keys) throws FormatException {
        List<String> given = keys.stream().filter(map.entries()::containsKey).toList();
        if (given.size() != 1) {
            throw error(map.line(), what + " takes one of " + String.join(", ", keys) + ", not " + given.size());
        }
        return given.get(0);
    }

    String text(String key) throws FormatException {
        Value value = require(key);
        if (value instanceof Scalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        throw error(value.line(), key + " takes a text");
    }

    @Nullable
    String optionalText(String key) throws FormatException {
        return get(key) == null ? null : text(key);
    }

    int count(String key, long otherwise, int most) throws FormatException {
        Value value = get(key);
        if (value != null && !(value instanceof Scalar scalar && scalar.value() instanceof Long)) {
            throw error(value.line(), key + " takes a whole number");
        }
        long number = value instanceof Scalar scalar ? (Long) scalar.value() : otherwise;
        if (number < 1 || number > most) {
            throw error(line(key), key + " takes a whole number, 1 to " + most + ", not " + number);
        }
        return (int) number;
    }

    BigDecimal number(String key) throws FormatException {
        Value value = require(key);
        if (value instanceof Scalar scalar) {
            if (scalar.value() instanceof Long number) {
                return BigDecimal.valueOf(number);
            }
            if (scalar.value() instanceof Double number && Double.isFinite(number)) {
                return BigDecimal.valueOf(number);
            }
        }
        throw error(value.line(), key + " takes a number");
    }

    double density(String key, double otherwise) throws FormatException {
        if (get(key) == null) {
            return otherwise;
        }
        double density = number(key).doubleValue();
        if (density < 0 || density > 1) {
            throw error(line(key), key + " takes a number, 0 to 1, not " + number(key));
        }
        return density;
    }

    /** Takes a path, looked for beside the specification and else in the working folder. */
    Path path(String key, Path folder) throws FormatException {
        return resolve(text(key), folder);
    }

    static Path resolve(String path, Path folder) {
        Path beside = folder.resolve(path);
        return Files.exists(beside) ? beside : Path.of(path);
    }

    int line(String key) {
        return map.keyLines().getOrDefault(key, map.line());
    }

    FormatException error(int line, @Nullable String reason) {
        return new FormatException(where + " line " + line, String.valueOf(reason));
    }

    /** Returns a scalar as a user would write it. */
    static String print(Scalar scalar) {
        return scalar.value() instanceof Double number
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : scalar.value().toString();
    }

    /** Returns the values by key. */
    Map<String, Value> entries() {
        return map.entries();
    }
}
