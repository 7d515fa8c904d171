package org.eiesim.compiler.recipe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.eiesim.kernels.check.EditDistance;
import org.eiesim.models.network.ParameterKey;

/** Finds the layers a recipe's names and patterns mean. */
final class LayerPatterns {
    private LayerPatterns() {}

    /**
     * Finds layers.
     *
     * @param patterns names or patterns; empty for all
     * @param layers the network's layers, in node order
     * @return those that match, in node order
     * @throws IllegalArgumentException if a pattern matches none
     */
    static List<ParameterKey> match(List<String> patterns, Collection<ParameterKey> layers) {
        if (patterns.isEmpty()) {
            return List.copyOf(layers);
        }
        List<ParameterKey> matched = new ArrayList<>();
        for (String pattern : patterns) {
            Pattern compiled = compile(pattern);
            List<ParameterKey> own = layers.stream()
                    .filter(key -> compiled.matcher(key.layerName()).matches())
                    .toList();
            if (own.isEmpty()) {
                List<String> names =
                        layers.stream().map(ParameterKey::layerName).toList();
                throw new IllegalArgumentException("no layer matches \"" + pattern + "\""
                        + (names.isEmpty()
                                ? " (the network has none)"
                                : EditDistance.hint(", did you mean %s?", pattern, names)));
            }
            matched.addAll(own);
        }
        return layers.stream().filter(matched::contains).toList();
    }

    private static Pattern compile(String pattern) {
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char character = pattern.charAt(i);
            switch (character) {
                case '*' -> expression.append(".*");
                case '?' -> expression.append('.');
                default -> expression.append(Pattern.quote(String.valueOf(character)));
            }
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }
}
