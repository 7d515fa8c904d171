package org.eiesim.compiler.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eiesim.compiler.GoldenFiles;
import org.junit.jupiter.api.Test;

/** {@code mvn test -pl compiler -am -Dtest=RecipesDocumentTest -Dregenerate=true} rewrites the tables. */
class RecipesDocumentTest {
    private static final String RECIPES = "docs/recipes.md";
    private static final String ADDING = "docs/adding-a-method.md";
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void theMethodsAreThoseOfTheCode() throws IOException {
        GoldenFiles.checkBlock(Methods.toMarkdown(), RECIPES, "methods");
    }

    @Test
    void theRecipesShownAreRecipes() throws IOException {
        for (String file : new String[] {RECIPES, ADDING}) {
            Matcher block =
                    YAML.matcher(Files.readString(GoldenFiles.repositoryRoot().resolve(file)));
            int count = 0;
            while (block.find()) {
                assertThat(Recipe.parse(block.group(1), file).steps()).isNotEmpty();
                count++;
            }
            assertThat(count).as(file).isPositive();
        }
    }

    /** The worked example quotes a class of the product: what it shows is what is compiled. */
    @Test
    void theWorkedExampleIsTheCode() throws IOException {
        String source = Files.readString(GoldenFiles.repositoryRoot()
                .resolve("compiler/compress/src/main/java/org/eiesim/compiler/compress/prune/BalancedPrune.java"));
        String shown = source.substring(source.indexOf("public final class"));

        GoldenFiles.checkBlock("```java\n" + shown + "```\n", ADDING, "example");
    }
}
