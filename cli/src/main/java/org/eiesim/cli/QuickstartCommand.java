package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.recipe.Recipes;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.train.TrainingOptions;
import org.eiesim.studies.outputs.OutputKind;
import org.eiesim.studies.quickstart.Quickstart;
import org.eiesim.studies.quickstart.QuickstartListener.Stage;
import org.eiesim.studies.quickstart.QuickstartPlan;
import org.eiesim.studies.quickstart.QuickstartResult;
import org.eiesim.studies.simulation.EnergyParts;
import org.eiesim.studies.simulation.RunCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eie quickstart}: the whole way on built-in data. */
@Command(
        name = "quickstart",
        description =
                "Train, prune, share, encode, compile, simulate and report a network, on images that are built in.",
        footer = {
            "",
            "Every step leaves its file in the output folder, and the command of that step is printed. The same seed"
                    + " gives the same files, byte for byte, on one machine. Training runs on one native thread; PyTorch's"
                    + " library is unpacked once, about 430 MB, to ~/.djl.ai or the folder that DJL_CACHE_DIR names."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class QuickstartCommand implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;

    @Writes(OutputKind.QUICKSTART)
    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for the files; those of an earlier run are replaced. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("quickstart-out");

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random choices. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--epochs", paramLabel = "N", description = "As for eie train. Default: ${DEFAULT-VALUE}.")
    private int epochs = TrainingOptions.DEFAULT_EPOCHS;

    @Option(
            names = "--net",
            paramLabel = "NET",
            description = "The network, a name of the zoo. Default: ${DEFAULT-VALUE}.")
    private String network = QuickstartPlan.NETWORK;

    @Reads
    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "Labelled images, as for eie train. Default: ${DEFAULT-VALUE}.")
    private String data = QuickstartPlan.DATASET;

    @Reads
    @Option(
            names = "--recipe",
            paramLabel = "RECIPE",
            description = "How to compress, as for eie compress. Default: ${DEFAULT-VALUE}.")
    private String recipe = QuickstartPlan.RECIPE;

    @Option(
            names = "--reproducible",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Train to the same bytes on every x86-64 processor, which is the default, or faster without.")
    private boolean isReproducible;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        QuickstartPlan plan = new QuickstartPlan(
                network,
                data,
                TrainingOptions.defaults(epochs, seed),
                recipe,
                machine.choice(),
                common.threads(),
                isReproducible,
                folder);
        TrainingProgress.announceLibrary(common);
        QuickstartResult result;
        DatasetPair pair = Datasets.open(data);
        List<String> inputs = List.of(
                "quickstart",
                network,
                plan.training().toString(),
                Recipes.load(recipe).toYaml(),
                String.valueOf(isReproducible));
        try (StoppedRun run = StoppedRun.open(common, folder.resolve("quickstart"), null, pair, inputs);
                QuickstartProgress progress = new QuickstartProgress(common, plan)) {
            result = Quickstart.run(plan, progress, run.checkpoints());
            run.finish();
        }
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        print(result, seconds);
        common.writeJson(json(result, seconds));
        return ExitCode.DONE;
    }

    private void print(QuickstartResult result, double seconds) {
        PrintWriter out = common.out();
        out.println();
        out.print(CompressionTable.format(result.file()));
        out.println();
        out.println("accuracy     " + Accuracies.percent(result.denseAccuracy()) + " dense, "
                + Accuracies.percent(result.compressedAccuracy()) + " compressed, "
                + Accuracies.percent(result.run().accuracy()) + " simulated in fixed point");
        out.println("file         " + CompressionTable.summary(result.file()));
        out.println("an image     " + machineCost(result));
        out.println("time         " + String.format(Locale.ROOT, "%.0f s", seconds));
        out.println();
        out.println("Now open " + folder.resolve(Stage.REPORT.fileName()) + " in a browser.");
    }

    private static String machineCost(QuickstartResult result) {
        int inputs = result.run().run().numInputs();
        EnergyParts energy = result.run().cost().energyNj();
        return String.format(
                Locale.ROOT,
                "%.0f cycles, %s on chip, %s with transfers, %s (%s chip, %s DRAM%s)",
                result.run().cyclesPerInput(),
                ScaledNumbers.time(result.run().timeMicroseconds() / inputs),
                ScaledNumbers.time(result.run().run().streamedMicroseconds() / inputs),
                ScaledNumbers.energy(energy.total() / inputs),
                ScaledNumbers.energy(energy.chip() / inputs),
                ScaledNumbers.energy(energy.dram() / inputs),
                leakage(result.run().cost(), inputs));
    }

    private static String leakage(RunCost cost, int inputs) {
        String cells = EnergyParts.cells(cost.total());
        return cost.model().isLeakageIncluded()
                ? ", " + ScaledNumbers.energy(cost.energyNj().leakage() / inputs) + " leakage of " + cells + " cells"
                : "; leakage of " + ScaledNumbers.power(cost.model().leakagePowerMw()) + ", " + cells + " cells, apart";
    }

    private static Map<String, Object> json(QuickstartResult result, double seconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dense_accuracy", result.denseAccuracy());
        json.put("compressed_accuracy", result.compressedAccuracy());
        json.put("simulated_accuracy", result.run().accuracy());
        json.put("ratio", result.file().ratio());
        json.put("file_bytes", result.file().fileBytes());
        json.put("cycles_per_input", result.run().cyclesPerInput());
        json.put("energy_nj_per_input", result.energyNjPerInput());
        json.put("seconds", seconds);
        return json;
    }
}
