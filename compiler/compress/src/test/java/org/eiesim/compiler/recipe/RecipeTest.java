package org.eiesim.compiler.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    private static final String WHOLE = """
        # a comment
        seed: 42
        steps:
          - method: magnitude-prune
            parameters:
              density: 0.08
              epochs: 3
              learning-rate: 1e-3
          - method: magnitude-prune
            layers: ["fc*", 7]
            parameters: {threshold: 1}
          - method: share-weights
            layers: fc1
        """;

    @Test
    void readsStepsWithTheirLines() throws FormatException {
        Recipe recipe = Recipe.parse(WHOLE, "r.yaml");

        assertThat(recipe.seed()).isEqualTo(42);
        assertThat(recipe.steps())
                .containsExactly(
                        new Recipe.Step(
                                "magnitude-prune",
                                List.of(),
                                Map.of("density", 0.08, "epochs", 3, "learning-rate", 1e-3),
                                4),
                        new Recipe.Step("magnitude-prune", List.of("fc*", "7"), Map.of("threshold", 1.0), 9),
                        new Recipe.Step("share-weights", List.of("fc1"), Map.of(), 12));
    }

    @Test
    void theShortFormReadsBackAsTheSameRecipe() throws FormatException {
        Recipe recipe = Recipe.parse(WHOLE, "r.yaml");

        String yaml = recipe.toYaml();

        assertThat(yaml).isEqualTo("""
            seed: 42
            steps:
            - {method: magnitude-prune, parameters: {density: 0.08, epochs: 3, learning-rate: 0.001}}
            - {method: magnitude-prune, layers: ["fc*", "7"], parameters: {threshold: 1.0}}
            - {method: share-weights, layers: [fc1]}
            """);
        Recipe again = Recipe.parse(yaml, "again");
        assertThat(again.toYaml()).isEqualTo(yaml);
        assertThat(again.steps())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("line")
                .isEqualTo(recipe.steps());
        assertThat(Recipe.parse("steps: []", "r").toYaml()).isEqualTo("seed: 0\nsteps: []\n");
        Recipe odd = Recipe.parse("steps: [{method: l1, layers: ['a\"b\\c', 'true', ' ']}]", "r");
        assertThat(Recipe.parse(odd.toYaml(), "r").steps().get(0).layers())
                .isEqualTo(odd.steps().get(0).layers());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "''                                                              | r: is empty",
                "steps: 3                                                        | r line 1: a recipe needs steps",
                "sed: 3                                                          | r line 1: unknown key \"sed\" in a"
                        + " recipe, did you mean seed?",
                "seed: many\\nsteps: []                                          | r line 1: seed takes a whole number",
                "seed: 1\\n"
                        + "steps:\\n"
                        + "- metod: l1                                  | r line 3: unknown key \"metod\" in a step, did"
                        + " you mean method?",
                "steps:\\n- layers: a                                            | r line 2: a step needs a method",
                "steps:\\n"
                        + "- l1                                                   | r line 2: a step is a map with the"
                        + " keys method, layers, parameters",
                "steps:\\n"
                        + "- method: share-weight                                 | r line 2: unknown method"
                        + " \"share-weight\", did you mean share-weights?",
                "steps:\\n"
                        + "- method: l1\\n"
                        + "  parameters: {strenght: 1}             | r line 3: unknown parameter \"strenght\" of method"
                        + " l1, did you mean strength?",
                "steps:\\n"
                        + "- method: share-weights\\n"
                        + "  parameters:\\n"
                        + "    entries: 300 | r line 4: entries takes a whole number, 2..256, not 300",
                "steps:\\n"
                        + "- method: share-weights\\n"
                        + "  parameters:\\n"
                        + "    entries: [1] | r line 4: entries takes a whole number, 2..256, not a list",
                "steps:\\n"
                        + "- method: l1\\n"
                        + "  layers: []                            | r line 3: layers takes the name of a layer, or a"
                        + " pattern",
                "steps:\\n- method: l1\\n  layers: *                             | r line 3: is not YAML",
                "steps:\\n- {method: l1, method: l2}                             | r line 2: \"method\" is given twice",
                "steps: &a\\n- *a                                                | r line 2: aliases",
                "steps: []\\n---\\nsteps: []                                     | a second document",
                "steps:\\n- method: l1\\n  parameters: {strength: }              | r line 3: a value is missing",
                "seed: 99999999999999999999\\n"
                        + "steps: []                          | r line 1: 99999999999999999999 is too large",
                "steps:\\n- {method: magnitude-prune, parameters: {density: 1, threshold: 1}} | not both",
            })
    void mistakesAreNamedWithTheirLine(String yaml, String message) {
        String text = yaml.equals("''") ? "" : yaml.replace("\\n", "\n");

        assertThatThrownBy(() -> Recipe.parse(text, "r"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void damagedTextIsReadOrRefusedButNeverAnythingElse() {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < 3000; round++) {
            char[] text = WHOLE.toCharArray();
            for (int change = random.nextInt(3); change >= 0; change--) {
                text[random.nextInt(text.length)] = (char) random.nextInt(32, 127);
            }
            String damaged = new String(text, 0, random.nextInt(text.length + 1));
            try {
                Recipe.parse(damaged, "r");
            } catch (FormatException e) {
                assertThat(e.getMessage()).as("round %d", round).startsWith("r").doesNotContain("\n");
            }
        }
    }
}
