package org.eiesim.compiler.recipe;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.kernels.bits.FormatException;

/**
 * What is done to a network, in order. As YAML:
 *
 * <pre>
 * seed: 1                            # of all random choices; 0 where it is left out
 * steps:
 *   - method: magnitude-prune        # a name of {@link org.eiesim.compiler.recipe.Methods}
 *     parameters: {density: 0.08}    # all layers, as no layers are named
 *   - method: magnitude-prune
 *     layers: [fc3, "out*"]          # names or patterns: * any characters, ? one character
 *     parameters: {density: 0.26}    # overrides the entry before for these layers
 *   - method: share-weights
 * </pre>
 *
 * <p><b>Applications.</b> Most entries are a step of their own. An entry that names layers joins the entry before it
 * where both have the same method and the method has parameters per layer: together they are one application, over all
 * layers either names, in which a later entry overrides the earlier ones: for the layers it matches in its layer
 * parameters, altogether in its step parameters (epochs, schedule, ...). A parameter that is given takes back the ones
 * it is an alternative to (density, threshold, global-density).
 *
 * @param seed the seed of all random choices
 * @param steps the entries, in order
 * @param where the file it comes from, for messages
 */
public record Recipe(long seed, List<Step> steps, String where) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    /** Copies the list. */
    public Recipe {
        steps = List.copyOf(steps);
    }

    /**
     * One entry.
     *
     * @param method the method's name
     * @param layers names or patterns of layers; empty for all
     * @param parameters checked values by parameter name, in the order they were given
     * @param line the line it starts in, from 1
     */
    public record Step(String method, List<String> layers, Map<String, Object> parameters, int line) {
        /** Copies the collections. */
        public Step {
            layers = List.copyOf(layers);
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /**
     * Reads a recipe. Methods, parameters, ranges and keys are checked; layers are checked when it is run.
     *
     * @param yaml its text
     * @param where the file it comes from, for messages
     * @return the recipe
     * @throws FormatException if it is not YAML or not a recipe; the message names the line, and the nearest known name
     *     where one is unknown
     */
    public static Recipe parse(String yaml, String where) throws FormatException {
        return parse(yaml, where, Path.of(""));
    }

    /**
     * Reads a recipe, as {@link #parse(String, String)} does.
     *
     * @param yaml its text
     * @param where the file it comes from, for messages
     * @param folder where it lies; files it names are looked for there first
     * @return the recipe
     * @throws FormatException if it is not YAML or not a recipe
     */
    public static Recipe parse(String yaml, String where, Path folder) throws FormatException {
        return RecipeReader.read(yaml, where, folder);
    }

    /**
     * Returns this recipe with another seed.
     *
     * @param otherSeed the seed of all random choices
     * @return the recipe
     */
    public Recipe withSeed(long otherSeed) {
        return new Recipe(otherSeed, steps, where);
    }

    /**
     * Writes the recipe as short as it can be said, without comments, one line per entry; {@link #parse} reads it back.
     * This is what a compressed file keeps of its recipe.
     *
     * @return YAML
     */
    public String toYaml() {
        StringBuilder text = new StringBuilder("seed: ").append(seed).append("\nsteps:");
        if (steps.isEmpty()) {
            text.append(" []");
        }
        for (Step step : steps) {
            text.append("\n- {method: ").append(step.method());
            if (!step.layers().isEmpty()) {
                text.append(step.layers().stream()
                        .map(Recipe::quoted)
                        .collect(Collectors.joining(", ", ", layers: [", "]")));
            }
            if (!step.parameters().isEmpty()) {
                text.append(step.parameters().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + text(step.method(), entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ", ", parameters: {", "}")));
            }
            text.append('}');
        }
        return text.append('\n').toString();
    }

    private static String text(String method, String key, Object value) {
        return text(Methods.named(method).description().parameters().byKey(key), value);
    }

    private static <T> String text(Parameter<T> parameter, Object value) {
        if (value instanceof Double) {
            return value.toString();
        }
        String text = parameter.domain().print(parameter.domain().cast(value));
        return value instanceof String ? quoted(text) : text;
    }

    private static String quoted(String name) {
        boolean plain =
                PLAIN.matcher(name).matches() && !Pattern.matches("(?i)true|false|null|yes|no|on|off|y|n", name);
        return plain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
