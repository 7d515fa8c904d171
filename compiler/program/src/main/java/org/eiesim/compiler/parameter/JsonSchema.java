package org.eiesim.compiler.parameter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes JSON Schema (2020-12) from tables of parameters. A schema is a map of keywords in the order they are written.
 */
public final class JsonSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private JsonSchema() {}

    /**
     * Describes a file.
     *
     * @param title what the file is
     * @param description one sentence
     * @param body the schema of its content
     * @param definitions schemas the content refers to, by name
     * @return the schema
     */
    public static Map<String, Object> document(
            String title, String description, Map<String, Object> body, Map<String, Object> definitions) {
        Map<String, Object> schema = keywords("$schema", DIALECT, "title", title, "description", description);
        schema.putAll(body);
        if (!definitions.isEmpty()) {
            schema.put("$defs", definitions);
        }
        return schema;
    }

    /**
     * Describes a map with the parameters of a table and no others, of alternatives one at most.
     *
     * @param table the parameters
     * @param required the keys that must be there
     * @return the schema
     */
    public static Map<String, Object> object(ParameterTable table, String... required) {
        Map<String, Object> schema = object(table.properties(), required);
        List<Object> exclusions = new ArrayList<>();
        for (Parameter<?> parameter : table.parameters()) {
            for (String other : new TreeSet<>(parameter.alternatives())) {
                if (parameter.key().compareTo(other) < 0) {
                    exclusions.add(Map.of("not", Map.of("required", List.of(parameter.key(), other))));
                }
            }
        }
        if (!exclusions.isEmpty()) {
            schema.put("allOf", exclusions);
        }
        return schema;
    }

    /**
     * Describes a map with some keys and no others.
     *
     * @param properties a schema by key
     * @param required the keys that must be there
     * @return the schema
     */
    public static Map<String, Object> object(Map<String, Object> properties, String... required) {
        Map<String, Object> schema = keywords("type", "object", "properties", properties);
        if (required.length > 0) {
            schema.put("required", List.of(required));
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /**
     * Describes a list.
     *
     * @param items the schema of its items
     * @return the schema
     */
    public static Map<String, Object> list(Object items) {
        return keywords("type", "array", "items", items);
    }

    /**
     * Refers to a definition of the document.
     *
     * @param name its name
     * @return the schema
     */
    public static Map<String, Object> reference(String name) {
        return keywords("$ref", "#/$defs/" + name);
    }

    /**
     * Makes a schema.
     *
     * @param pairs keywords, each followed by its value
     * @return them, in this order; may be changed
     */
    public static Map<String, Object> keywords(Object... pairs) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            schema.put((String) pairs[i], pairs[i + 1]);
        }
        return schema;
    }

    /**
     * Writes a schema.
     *
     * @param schema maps, lists, texts, numbers and truth values
     * @return indented JSON, ending with a line break
     */
    public static String text(Map<String, Object> schema) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema is made of what JSON knows", e);
        }
    }
}
