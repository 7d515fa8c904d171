package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.compiler.recipe.Recipe;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.compiler.recipe.Recipes;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.network.HostMultiplications;
import org.eiesim.models.network.Network;
import org.eiesim.models.train.Evaluator;
import org.eiesim.studies.cost.MachineCosts;
import org.eiesim.studies.version.ToolVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie compress}: a network and a recipe to a container. */
@Command(
        name = "compress",
        description = "Compress a network by a recipe and write it as an .eie container.",
        footer = {
            "",
            "Recipes that train need --data: its training images but for the last tenth, which chooses epochs. With"
                    + " --data the accuracy before and after is measured on its test images. The same network, recipe,"
                    + " seed and data give the same file, byte for byte, on processors of one kind. --arch and --set name"
                    + " the machine whose cycles or energy search-densities keeps to. docs/recipes.md says what a recipe"
                    + " can do."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompressCommand implements Callable<Integer> {
    @Reads
    @Parameters(paramLabel = "FILE", description = "The network: an .onnx file (or an .eie, which is decoded).")
    private Path file;

    @Reads
    @Option(
            names = "--recipe",
            paramLabel = "RECIPE",
            required = true,
            description = "What to do: share-only, deep-compression, or a YAML file.")
    private String recipe;

    @Reads
    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "Labelled images: fashion-mnist (built in), fashion-mnist-full, or a folder of MNIST's idx"
                    + " files.")
    private @Nullable String data;

    @Option(names = "--seed", paramLabel = "N", description = "Replaces the recipe's seed.")
    private @Nullable Long seed;

    @Mixin
    private ContainerOutput output;

    @Mixin
    private DimensionOption dimension;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private SampleOptions samples;

    @Mixin
    private ReproducibleOption reproducible;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        reproducible.apply();
        Network network = NetworkFile.read(file, dimension);
        Recipe read = Recipes.load(recipe);
        DatasetPair pair = data == null ? null : samples.openBoth(data);
        if (pair != null) {
            TrainingProgress.announceLibrary(common);
        }
        Recipe seeded = seed == null ? read : read.withSeed(seed);
        try (StoppedRun run = StoppedRun.open(common, output.file(), file, pair, inputs(seeded));
                TrainingProgress progress = new TrainingProgress(common, true)) {
            CompressedNetwork compressed = RecipeRunner.run(
                    network,
                    seeded,
                    pair,
                    common.threads(),
                    ToolVersion.text(),
                    progress,
                    new MachineCosts(machine.choice().config()),
                    run.checkpoints());
            FileStatistics statistics = output.write(compressed);
            run.finish();
            List<String> notes = HostMultiplications.notes(compressed.network());
            print(statistics, notes, accuracy(network, pair), accuracy(compressed.network(), pair));
        }
        return ExitCode.DONE;
    }

    /** What the file depends on beside network and images. */
    private List<String> inputs(Recipe seeded) throws IOException {
        return List.of(
                "compress",
                seeded.toYaml(),
                String.valueOf(seeded.seed()),
                machine.choice().config().toMap().toString(),
                new TreeMap<>(dimension.dimensions()).toString(),
                String.valueOf(reproducible.isWanted()));
    }

    private double accuracy(Network network, @Nullable DatasetPair pair) {
        return pair == null ? Double.NaN : Evaluator.accuracy(network, pair.test(), common.threads());
    }

    private void print(FileStatistics statistics, List<String> notes, double before, double after) throws IOException {
        if (data == null) {
            output.print(common, statistics);
        } else {
            output.print(
                    common,
                    statistics,
                    "accuracy on the test images of " + data + ": " + Accuracies.percent(before) + " before, "
                            + Accuracies.percent(after) + " after");
        }
        Map<String, Object> json = new LinkedHashMap<>(ContainerJson.of(statistics));
        notes.forEach(note -> common.out().println("note: " + note));
        if (!notes.isEmpty()) {
            json.put("notes", notes);
        }
        json.put("dense_accuracy", before);
        json.put("accuracy", after);
        if (data != null) {
            samples.record(json);
        }
        common.writeJson(json);
    }
}
