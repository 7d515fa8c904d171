package org.eiesim.simulator.figures;

import java.util.List;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.compiler.yaml.YamlTree.Mapping;
import org.eiesim.compiler.yaml.YamlTree.Scalar;
import org.eiesim.compiler.yaml.YamlTree.Sequence;
import org.eiesim.compiler.yaml.YamlTree.Value;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.EditDistance;
import org.jspecify.annotations.Nullable;

/** A map of a file of figures, with values taken out of it by type; errors name file, line, key and what is wrong. */
record FigureValues(Mapping map, String what, String where) {
    static FigureValues of(Value value, String what, List<String> known, String where) throws FormatException {
        return new FigureValues(YamlTree.mapping(value, what, known, where), what, where);
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

    /** Takes a finite number that is not negative. */
    double number(String key) throws FormatException {
        Value value = require(key);
        if (value instanceof Scalar scalar && scalar.value() instanceof Number number) {
            double found = number.doubleValue();
            if (Double.isFinite(found) && found >= 0) {
                return found;
            }
        }
        throw error(value.line(), key + " of " + what + " takes a number, 0 or more");
    }

    double positive(String key) throws FormatException {
        double found = number(key);
        if (found == 0) {
            throw error(require(key).line(), key + " of " + what + " takes a number above 0");
        }
        return found;
    }

    String text(String key) throws FormatException {
        Value value = require(key);
        if (value instanceof Scalar scalar && !scalar.value().toString().isBlank()) {
            return scalar.value().toString();
        }
        throw error(value.line(), key + " of " + what + " takes a text");
    }

    String word(String key, List<String> known) throws FormatException {
        String word = text(key);
        requireKnown(word, key, known, require(key).line(), where);
        return word;
    }

    static void requireKnown(String word, String what, List<String> known, int line, String where)
            throws FormatException {
        if (!known.contains(word)) {
            throw new FormatException(
                    where + " line " + line,
                    what + " \"" + word + "\" is not one of " + String.join(", ", known)
                            + EditDistance.hint(" (did you mean %s?)", word, known));
        }
    }

    List<Value> items(String key) throws FormatException {
        Value value = require(key);
        if (value instanceof Sequence sequence) {
            return sequence.items();
        }
        throw error(value.line(), key + " of " + what + " takes a list");
    }

    FormatException error(int line, String reason) {
        return new FormatException(where + " line " + line, reason);
    }
}
