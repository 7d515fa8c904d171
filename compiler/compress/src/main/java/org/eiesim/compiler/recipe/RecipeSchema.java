package org.eiesim.compiler.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.Method;
import org.eiesim.compiler.parameter.Domain;
import org.eiesim.compiler.parameter.JsonSchema;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.ParameterTable;
import org.eiesim.compiler.parameter.WordDomain;

/** What a recipe's file may say, as tables and as JSON Schema. */
public final class RecipeSchema {
    static final Parameter<Long> SEED =
            new Parameter<>("seed", new NumberDomain.Longs(), 0L, "", null, "Of all random choices.");

    static final Parameter<List<String>> LAYERS = new Parameter<>(
            "layers",
            new Domain.Lists<>(new WordDomain.LayerPatterns()),
            null,
            "",
            null,
            "The layers it is for: names, or patterns in which * stands for any characters and ? for one. All layers"
                    + " with weights where it is left out.");

    /** The single values of a recipe. */
    static final ParameterTable RECIPE = new ParameterTable("a recipe", List.of(SEED));

    /** The single values of a step. */
    static final ParameterTable STEP = new ParameterTable("a step", List.of(LAYERS));

    static final String STEPS = "steps";
    static final String METHOD = "method";
    static final String PARAMETERS = "parameters";
    static final List<String> RECIPE_KEYS = List.of(SEED.key(), STEPS);
    static final List<String> STEP_KEYS = List.of(METHOD, LAYERS.key(), PARAMETERS);

    private RecipeSchema() {}

    /**
     * Describes recipes to editors and validators.
     *
     * @return JSON Schema as maps, lists, texts and numbers
     */
    public static Map<String, Object> json() {
        Map<String, Object> properties = JsonSchema.keywords();
        properties.putAll(RECIPE.properties());
        properties.put(STEPS, JsonSchema.list(JsonSchema.reference("step")));
        Map<String, Object> methods = JsonSchema.keywords("step", step());
        for (Method method : Methods.all()) {
            Method.Description description = method.description();
            methods.put(description.name(), JsonSchema.object(description.parameters()));
        }
        return JsonSchema.document(
                "Recipe of eie compress",
                "What is done to a network to compress it, in order; see docs/recipes.md.",
                JsonSchema.object(properties, STEPS),
                methods);
    }

    /** A step's parameters are those of its method, which only a condition can say. */
    private static Map<String, Object> step() {
        List<Object> names = new ArrayList<>();
        List<Object> conditions = new ArrayList<>();
        for (Method method : Methods.all()) {
            Method.Description description = method.description();
            String name = description.name();
            names.add(JsonSchema.keywords("const", name, "description", description.summary()));
            conditions.add(JsonSchema.keywords(
                    "if",
                    JsonSchema.keywords(
                            "properties", Map.of(METHOD, Map.of("const", name)), "required", List.of(METHOD)),
                    "then",
                    Map.of("properties", Map.of(PARAMETERS, JsonSchema.reference(name)))));
        }
        Map<String, Object> properties =
                JsonSchema.keywords(METHOD, JsonSchema.keywords("type", "string", "oneOf", names));
        properties.putAll(STEP.properties());
        properties.put(PARAMETERS, Map.of("type", "object"));
        Map<String, Object> schema = JsonSchema.object(properties, METHOD);
        schema.put("allOf", conditions);
        return schema;
    }
}
