package org.eiesim.compiler.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Method;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.compiler.yaml.YamlTree.Mapping;
import org.eiesim.compiler.yaml.YamlTree.Scalar;
import org.eiesim.compiler.yaml.YamlTree.Sequence;
import org.eiesim.compiler.yaml.YamlTree.Value;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/** Checks a YAML document against the schema of recipes. */
final class RecipeReader {
    private final String where;
    private final Path folder;

    private RecipeReader(String where, Path folder) {
        this.where = where;
        this.folder = folder;
    }

    static Recipe read(String yaml, String where, Path folder) throws FormatException {
        return new RecipeReader(where, folder).recipe(YamlTree.read(yaml, where));
    }

    private Recipe recipe(Value root) throws FormatException {
        Mapping map = YamlTree.mapping(root, "a recipe", RecipeSchema.RECIPE_KEYS, where);
        Settings settings =
                Settings.defaults(RecipeSchema.RECIPE).with(map.only(RecipeSchema.RECIPE.keys()), where, folder);
        if (!(map.entries().get(RecipeSchema.STEPS) instanceof Sequence sequence)) {
            throw error(map.line(), "a recipe needs steps, a list");
        }
        List<Recipe.Step> steps = new ArrayList<>();
        for (Value item : sequence.items()) {
            steps.add(step(item));
        }
        return new Recipe(settings.get(RecipeSchema.SEED), steps, where);
    }

    private Recipe.Step step(Value item) throws FormatException {
        Mapping map = YamlTree.mapping(item, "a step", RecipeSchema.STEP_KEYS, where);
        if (!(map.entries().get(RecipeSchema.METHOD) instanceof Scalar name && name.value() instanceof String method)) {
            throw error(map.line(), "a step needs a method, a name");
        }
        Method.Description description;
        try {
            description = Methods.named(method).description();
        } catch (IllegalArgumentException e) {
            throw error(name.line(), e.getMessage());
        }
        Settings settings =
                Settings.defaults(RecipeSchema.STEP).with(map.only(RecipeSchema.STEP.keys()), where, folder);
        return new Recipe.Step(
                description.name(),
                settings.has(RecipeSchema.LAYERS) ? settings.get(RecipeSchema.LAYERS) : List.of(),
                parameters(map.entries().get(RecipeSchema.PARAMETERS), description),
                map.line());
    }

    private Map<String, Object> parameters(@Nullable Value written, Method.Description method) throws FormatException {
        if (written == null) {
            return Map.of();
        }
        if (!(written instanceof Mapping map)) {
            throw error(written.line(), "parameters takes a map from names to values");
        }
        Map<String, Object> values = Settings.read(method.parameters(), map, where, folder);
        try {
            Settings.defaults(method.parameters()).with(values);
        } catch (IllegalArgumentException e) {
            throw error(map.line(), e.getMessage());
        }
        return values;
    }

    private FormatException error(int line, @Nullable String reason) {
        return new FormatException(where + " line " + line, String.valueOf(reason));
    }
}
