package org.eiesim.compiler.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Method;
import org.eiesim.compiler.compress.Settings;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.compiler.yaml.YamlTree.Mapping;
import org.eiesim.compiler.yaml.YamlTree.Scalar;
import org.eiesim.compiler.yaml.YamlTree.Sequence;
import org.eiesim.compiler.yaml.YamlTree.Value;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/** Checks a YAML document against the schema of recipes. */
final class RecipeReader {
    private static final List<String> RECIPE_KEYS = List.of("seed", "steps");
    private static final List<String> STEP_KEYS = List.of("method", "layers", "parameters");

    private final String where;

    private RecipeReader(String where) {
        this.where = where;
    }

    static Recipe read(String yaml, String where) throws FormatException {
        return new RecipeReader(where).recipe(YamlTree.read(yaml, where));
    }

    private Recipe recipe(Value root) throws FormatException {
        Mapping map = YamlTree.mapping(root, "a recipe", RECIPE_KEYS, where);
        long seed = 0;
        Value written = map.entries().get("seed");
        if (written != null) {
            if (!(written instanceof Scalar scalar && scalar.value() instanceof Long number)) {
                throw error(written.line(), "seed takes a whole number");
            }
            seed = number;
        }
        if (!(map.entries().get("steps") instanceof Sequence sequence)) {
            throw error(map.line(), "a recipe needs steps, a list");
        }
        List<Recipe.Step> steps = new ArrayList<>();
        for (Value item : sequence.items()) {
            steps.add(step(item));
        }
        return new Recipe(seed, steps, where);
    }

    private Recipe.Step step(Value item) throws FormatException {
        Mapping map = YamlTree.mapping(item, "a step", STEP_KEYS, where);
        if (!(map.entries().get("method") instanceof Scalar name && name.value() instanceof String method)) {
            throw error(map.line(), "a step needs a method, a name");
        }
        Method.Description description;
        try {
            description = Methods.named(method).description();
        } catch (IllegalArgumentException e) {
            throw error(name.line(), e.getMessage());
        }
        return new Recipe.Step(
                description.name(),
                layers(map.entries().get("layers")),
                parameters(map.entries().get("parameters"), description),
                map.line());
    }

    private List<String> layers(@Nullable Value written) throws FormatException {
        if (written == null) {
            return List.of();
        }
        List<Value> items = written instanceof Sequence sequence ? sequence.items() : List.of(written);
        List<String> patterns = new ArrayList<>();
        for (Value item : items) {
            if (!(item instanceof Scalar scalar)) {
                throw error(item.line(), "layers takes a name or pattern, or a list of them");
            }
            patterns.add(scalar.value().toString());
        }
        if (patterns.isEmpty()) {
            throw error(written.line(), "layers names no layer; leave it out for all layers");
        }
        return patterns;
    }

    private Map<String, Object> parameters(@Nullable Value written, Method.Description method) throws FormatException {
        Map<String, Object> values = new LinkedHashMap<>();
        if (written == null) {
            return values;
        }
        if (!(written instanceof Mapping map)) {
            throw error(written.line(), "parameters takes a map from names to values");
        }
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            int line = map.keyLines().getOrDefault(entry.getKey(), map.line());
            if (!(entry.getValue() instanceof Scalar scalar)) {
                throw error(line, entry.getKey() + " takes one value");
            }
            try {
                values.put(entry.getKey(), method.parameter(entry.getKey()).check(scalar.value()));
            } catch (IllegalArgumentException e) {
                throw error(line, e.getMessage());
            }
        }
        try {
            Settings.defaults(method).with(values);
        } catch (IllegalArgumentException e) {
            throw error(map.line(), e.getMessage());
        }
        return values;
    }

    private FormatException error(int line, @Nullable String reason) {
        return new FormatException(where + " line " + line, String.valueOf(reason));
    }
}
