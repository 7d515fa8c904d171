package org.eiesim.compiler.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.EditDistance;

/** Reads one YAML document into nodes that know their line. Every YAML file of the tool is read with it. */
public final class YamlTree {
    private static final int MAX_DEPTH = 8;

    /** A number with an exponent and no point, such as 1e-3, which YAML 1.1 takes for text. */
    private static final Pattern SHORT_EXPONENT = Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?[eE][-+]?[0-9]{1,3}");

    /** A value with the line it starts in, counted from 1. */
    public sealed interface Value permits Scalar, Sequence, Mapping {
        /**
         * Returns where it stands.
         *
         * @return the line it starts in
         */
        int line();
    }

    /**
     * One value.
     *
     * @param value a Long, Double, Boolean or String
     * @param line the line it starts in
     */
    public record Scalar(Object value, int line) implements Value {}

    /**
     * A list.
     *
     * @param items its values
     * @param line the line it starts in
     */
    public record Sequence(List<Value> items, int line) implements Value {}

    /**
     * A map.
     *
     * @param entries values by key, in the document's order
     * @param keyLines the line of each key
     * @param line the line it starts in
     */
    public record Mapping(Map<String, Value> entries, Map<String, Integer> keyLines, int line) implements Value {
        /**
         * Returns a part of this map.
         *
         * @param keys the keys that stay
         * @return a map of those of them that there are
         */
        public Mapping only(Collection<String> keys) {
            Map<String, Value> part = new LinkedHashMap<>(entries);
            part.keySet().retainAll(keys);
            return new Mapping(part, keyLines, line);
        }
    }

    private final YAMLParser parser;
    private final String where;

    private YamlTree(YAMLParser parser, String where) {
        this.parser = parser;
        this.where = where;
    }

    /**
     * Reads a document.
     *
     * @param yaml the text
     * @param where its file's name, for messages
     * @return its root
     * @throws FormatException if it is not one YAML document of maps, lists and plain values without aliases
     */
    public static Value read(String yaml, String where) throws FormatException {
        try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
            YamlTree tree = new YamlTree(parser, where);
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new FormatException(where, "is empty");
            }
            Value root = tree.value(first, 0);
            if (parser.nextToken() != null) {
                throw tree.error("a second document starts; only one is read");
            }
            return root;
        } catch (FormatException e) {
            throw e;
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("is not YAML");
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new FormatException(where + " line " + line, "is not YAML: " + reason);
        } catch (IOException e) {
            throw new FormatException(where, "is not YAML: " + e.getMessage());
        }
    }

    /**
     * Takes a value for a map with known keys.
     *
     * @param value the value
     * @param what what it describes, such as "a recipe", for messages
     * @param known the keys it may have
     * @param where its file's name, for messages
     * @return the map
     * @throws FormatException naming the line, if it is no map or has another key (then with the nearest known one)
     */
    public static Mapping mapping(Value value, String what, List<String> known, String where) throws FormatException {
        if (!(value instanceof Mapping map)) {
            throw new FormatException(
                    where + " line " + value.line(), what + " is a map with the keys " + String.join(", ", known));
        }
        for (Map.Entry<String, Integer> key : map.keyLines().entrySet()) {
            if (!known.contains(key.getKey())) {
                throw new FormatException(
                        where + " line " + key.getValue(),
                        "unknown key \"" + key.getKey() + "\" in " + what
                                + EditDistance.hint(", did you mean %s?", key.getKey(), known));
            }
        }
        return map;
    }

    /**
     * Reads a document that is one map, or empty.
     *
     * @param yaml the text
     * @param what what it describes, such as "a machine", for messages
     * @param where its file's name, for messages
     * @return the map
     * @throws FormatException if it is not such a document
     */
    public static Mapping readMapping(String yaml, String what, String where) throws FormatException {
        if (yaml.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
            return new Mapping(Map.of(), Map.of(), 1);
        }
        Value root = read(yaml, where);
        if (root instanceof Mapping map) {
            return map;
        }
        throw new FormatException(where + " line " + root.line(), what + " is a map from keys to values");
    }

    /**
     * Reads a file.
     *
     * @param file its path
     * @param maxBytes the most bytes it may have
     * @return its text
     * @throws FormatException if there is no such file, it is larger, or it is not UTF-8 text
     * @throws IOException if it cannot be read
     */
    public static String text(Path file, long maxBytes) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file.toString(), Files.exists(file) ? "is not a file" : "there is no such file");
        }
        if (Files.size(file) > maxBytes) {
            throw new FormatException(
                    file.toString(), "has " + Files.size(file) + " bytes, expected at most " + maxBytes);
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new FormatException(file.toString(), "is not UTF-8 text");
        }
    }

    /**
     * Finds a file that a document names.
     *
     * @param folder where the document lies
     * @param path what it says
     * @return the path beside the document where there is something, else as it was written
     * @throws IllegalArgumentException if it is no path
     */
    public static String beside(Path folder, String path) {
        Path beside = folder.resolve(path);
        return Files.exists(beside) ? beside.toString() : path;
    }

    private Value value(JsonToken token, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw error("is nested more than " + MAX_DEPTH + " deep");
        }
        if (parser.isCurrentAlias()) {
            throw error("aliases (*name) are not supported; names with * need quotes");
        }
        return switch (token) {
            case START_OBJECT -> mapping(depth);
            case START_ARRAY -> sequence(depth);
            case VALUE_NUMBER_INT -> new Scalar(whole(), line());
            case VALUE_NUMBER_FLOAT -> new Scalar(parser.getDoubleValue(), line());
            case VALUE_TRUE -> new Scalar(true, line());
            case VALUE_FALSE -> new Scalar(false, line());
            case VALUE_STRING -> new Scalar(text(), line());
            default -> throw error("a value is missing");
        };
    }

    private Long whole() throws IOException {
        try {
            return parser.getLongValue();
        } catch (InputCoercionException e) {
            throw error(parser.getText() + " is too large");
        }
    }

    private Object text() throws IOException {
        String text = parser.getText();
        return SHORT_EXPONENT.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    }

    private Sequence sequence(int depth) throws IOException {
        int line = line();
        List<Value> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token, depth + 1));
        }
        return new Sequence(items, line);
    }

    private Mapping mapping(int depth) throws IOException {
        int line = line();
        Map<String, Value> entries = new LinkedHashMap<>();
        Map<String, Integer> keyLines = new LinkedHashMap<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String key = parser.currentName();
            if (keyLines.put(key, line()) != null) {
                throw error("\"" + key + "\" is given twice");
            }
            entries.put(key, value(parser.nextToken(), depth + 1));
        }
        return new Mapping(entries, keyLines, line);
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private FormatException error(String reason) {
        return new FormatException(where + " line " + line(), reason);
    }
}
