package org.eiesim.compiler.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.compiler.recipe.Recipes;
import org.eiesim.models.network.Network;
import org.eiesim.models.onnx.OnnxReader;
import org.junit.jupiter.api.Test;

/** The pruned LeNet-300-100 of Dynamic Network Surgery: 4,952 of 266,200 weights and 36 of 410 biases are not 0. */
class PublishedNetworkTest {
    @Test
    void theWholeFileOfThePrunedLeNetIsSmall() throws IOException {
        Path model = repositoryRoot().resolve("../shared/models/lenet/lenet-300-100-sparse.onnx");
        assumeTrue(Files.isRegularFile(model), "the published network is not here");
        Network network = OnnxReader.read(model);
        byte[] bytes = EieWriter.toBytes(
                RecipeRunner.run(network, Recipes.load("share-only"), null, 1, "0.1.0", RecipeListener.SILENT));
        EieVerifier.verify(bytes);
        FileStatistics file = EieInspector.inspect(bytes);
        LayerStatistics total = file.total().orElseThrow();
        assertThat(total.weights()).isEqualTo(266_200);
        assertThat(total.nonzeros()).isEqualTo(4_952);
        assertThat(file.denseBytes()).isEqualTo(4 * 266_610);
        assertThat(bytes.length).isLessThan(5_300);
        assertThat(file.ratio()).isGreaterThan(200);
    }

    private static Path repositoryRoot() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("reference/cases"))) {
            root = root.getParent();
            if (root == null) {
                throw new IOException("no reference/cases above the working directory");
            }
        }
        return root;
    }
}
