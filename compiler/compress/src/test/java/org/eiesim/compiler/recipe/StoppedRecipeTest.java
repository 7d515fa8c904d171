package org.eiesim.compiler.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.CostModels;
import org.eiesim.compiler.container.EieWriter;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Shape;
import org.eiesim.models.train.Checkpoints;
import org.eiesim.models.train.EpochRecord;
import org.eiesim.models.zoo.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe that is stopped after every epoch in turn gives the file of one that is not. */
class StoppedRecipeTest {
    private static final String RECIPE = """
        seed: 3
        steps:
          - {method: distill, parameters: {}}
          - {method: sensitivity-scan, parameters: {}}
          - {method: magnitude-prune, parameters: {schedule: iterative, rounds: 2, epochs: 2, batch-size: 16}}
          - {method: share-weights, parameters: {epochs: 1, batch-size: 16}}
        """;

    @TempDir
    Path folder;

    private final Dataset train = images(200, 1);
    private final Network network = Zoo.create("mlp-12", train.sampleShape(), 4, 2);

    /** What a listener throws to stop the run. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Dataset images(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[count * 36];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(4);
            for (int p = 0; p < 36; p++) {
                pixels[i * 36 + p] = (byte) (random.nextInt(100) + (p / 9 == labels[i] ? 100 : 0));
            }
        }
        return new Dataset("stripes", Shape.of(1, 6, 6), pixels, labels, 4);
    }

    private byte[] run(Checkpoints checkpoints, RecipeListener listener) throws IOException {
        Recipe recipe = Recipes.load(
                Files.writeString(folder.resolve("recipe.yaml"), RECIPE).toString());
        CompressedNetwork compressed = RecipeRunner.run(
                network,
                recipe,
                new DatasetPair(train, images(40, 2)),
                1,
                "test",
                listener,
                CostModels.NONE,
                checkpoints);
        Path file = folder.resolve("net.eie");
        EieWriter.write(compressed, file);
        return Files.readAllBytes(file);
    }

    @Test
    void stoppedAfterEveryEpochItGivesTheSameFile() throws IOException {
        byte[] undisturbed = run(Checkpoints.NONE, RecipeListener.SILENT);
        Path kept = folder.resolve("net.eie.resume");
        int stops = 0;
        byte[] result = null;
        while (result == null) {
            try {
                result = run(Checkpoints.open(kept, new byte[] {1}), new RecipeListener() {
                    @Override
                    public void onEpoch(EpochRecord epoch, int numEpochs) {
                        throw new Stop();
                    }
                });
            } catch (Stop e) {
                stops++;
                assertThat(stops).isLessThan(50);
            }
        }
        assertThat(stops).isGreaterThan(3);
        assertThat(result).isEqualTo(undisturbed);
        Checkpoints.open(kept, new byte[] {1}).remove();
        assertThat(kept).doesNotExist();
    }

    @Test
    void whatAnotherRunKeptIsThrownAwayAndWhatIsDamagedNotUsed() throws IOException {
        byte[] undisturbed = run(Checkpoints.NONE, RecipeListener.SILENT);
        Path kept = folder.resolve("net.eie.resume");
        RecipeListener stopping = new RecipeListener() {
            @Override
            public void onEpoch(EpochRecord epoch, int numEpochs) {
                throw new Stop();
            }
        };
        assertThatThrownBy(() -> run(Checkpoints.open(kept, new byte[] {1}), stopping))
                .isInstanceOf(Stop.class);
        Files.writeString(kept.resolve("mine.txt"), "mine");
        assertThat(Checkpoints.open(kept, new byte[] {2}).found()).isEqualTo(Checkpoints.Found.ANOTHER_RUN);
        for (String name : new String[] {"part-0", "part-1", "part-2"}) {
            if (Files.exists(kept.resolve(name))) {
                byte[] bytes = Files.readAllBytes(kept.resolve(name));
                bytes[bytes.length / 2] ^= 4;
                Files.write(kept.resolve(name), bytes);
            }
        }
        assertThat(run(Checkpoints.open(kept, new byte[] {1}), RecipeListener.SILENT))
                .isEqualTo(undisturbed);
        assertThat(run(Checkpoints.open(kept, new byte[] {2}), RecipeListener.SILENT))
                .isEqualTo(undisturbed);
        Checkpoints.open(kept, new byte[] {2}).remove();
        assertThat(kept.resolve("mine.txt")).hasContent("mine");
    }
}
