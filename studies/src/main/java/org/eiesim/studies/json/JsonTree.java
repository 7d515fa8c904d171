package org.eiesim.studies.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes results as JSON: maps in their own order, those that have none ({@code Map.of}, {@code HashMap}, whose order
 * differs from process to process) in that of their keys, lists and arrays, texts, numbers, truth values, nulls. A number that
 * is not finite becomes null. Written with the streaming generator alone, because binding objects would cost a short
 * run a third of its time.
 */
public final class JsonTree {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonTree() {}

    /**
     * Writes a tree.
     *
     * @param tree a map, list, array of long, int or double, text, number, truth value or null, nested as one likes
     * @return indented JSON in ASCII, ending with a line feed
     * @throws IllegalArgumentException if something in it is of another type
     */
    public static String write(@Nullable Object tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter));
            value(json, tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : ordered(map).entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                value(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                value(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof long[] array) {
            json.writeArray(array, 0, array.length);
        } else if (value instanceof int[] array) {
            json.writeArray(array, 0, array.length);
        } else if (value instanceof double[] array) {
            json.writeStartArray();
            for (double item : array) {
                number(json, item);
            }
            json.writeEndArray();
        } else {
            scalar(json, value);
        }
    }

    private static Map<?, ?> ordered(Map<?, ?> map) {
        boolean isUnordered = map.getClass() == HashMap.class
                || map.getClass().getName().startsWith("java.util.ImmutableCollections");
        if (!isUnordered) {
            return map;
        }
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }

    private static void scalar(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Integer || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            number(json, ((Number) value).doubleValue());
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
