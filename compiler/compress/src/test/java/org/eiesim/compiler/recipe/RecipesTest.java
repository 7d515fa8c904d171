package org.eiesim.compiler.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.TinyProblems;
import org.eiesim.compiler.container.EieWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTest {
    private static final Path FOLDER = Path.of("..", "..", "recipes");

    @Test
    void everyRecipeOfTheRepositoryIsKnownByNameAndTheSameInTheJar() throws IOException {
        List<String> files;
        try (Stream<Path> paths = Files.list(FOLDER)) {
            files = paths.map(path -> path.getFileName().toString()).sorted().toList();
        }

        assertThat(Recipes.names().stream().map(name -> name + ".yaml").sorted().toList())
                .isEqualTo(files);
        for (String name : Recipes.names()) {
            Path file = FOLDER.resolve(name + ".yaml");
            assertThat(Recipes.text(name)).isEqualTo(Files.readString(file));
            assertThat(Recipes.load(name).toYaml())
                    .isEqualTo(Recipes.load(file.toString()).toYaml());
        }
    }

    @Test
    void shareOnlyNeedsNoDataAndKeepsZerosZero() throws IOException {
        Network network = TinyProblems.perceptron(1, ActivationFunction.RELU, 0, 24, 16, 4);
        TinyProblems.weights(network, "fc1")[5] = 0;

        CompressedNetwork compressed =
                RecipeRunner.run(network, Recipes.load("share-only"), null, 1, "test", RecipeListener.SILENT);

        assertThat(compressed.layers()).hasSize(2).allMatch(layer -> layer.codebook().length == 16);
        float[] shared = TinyProblems.weights(compressed.network(), "fc1");
        assertThat(shared[5]).isZero();
        assertThat(TinyProblems.nonzeros(shared)).isEqualTo(24 * 16 - 1);
    }

    @Test
    void deepCompressionTwiceGivesTheSameBytes() throws IOException {
        Network network = TinyProblems.trained();
        DatasetPair data = new DatasetPair(TinyProblems.images(), TinyProblems.images());
        Recipe recipe = Recipes.load("deep-compression");

        byte[] first = EieWriter.toBytes(RecipeRunner.run(network, recipe, data, 1, "test", RecipeListener.SILENT));
        byte[] again = EieWriter.toBytes(RecipeRunner.run(network, recipe, data, 2, "test", RecipeListener.SILENT));

        assertThat(again).isEqualTo(first);
    }

    @Test
    void aSeedOfOnesOwnReplacesTheRecipes() throws IOException {
        Recipe recipe = Recipes.load("deep-compression");

        assertThat(recipe.withSeed(77).toYaml()).isEqualTo(recipe.toYaml().replace("seed: 1\n", "seed: 77\n"));
    }

    @Test
    void whatIsNotThereIsSaidInOneLine(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> Recipes.load("deep-compresion"))
                .isInstanceOf(FormatException.class)
                .hasMessage("deep-compresion: is neither a file nor one of share-only, deep-compression; did you mean"
                        + " deep-compression?");
        assertThatThrownBy(() -> Recipes.load("")).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> Recipes.load(folder.toString()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("neither a file nor");
        Path binary = Files.write(folder.resolve("r.yaml"), new byte[] {(byte) 0xC3, 0x28});
        assertThatThrownBy(() -> Recipes.load(binary.toString()))
                .isInstanceOf(FormatException.class)
                .hasMessage(binary + ": is not UTF-8 text");
        assertThatThrownBy(() -> Recipes.text("none")).isInstanceOf(IllegalArgumentException.class);
    }
}
