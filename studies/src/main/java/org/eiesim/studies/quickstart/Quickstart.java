package org.eiesim.studies.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.CostModels;
import org.eiesim.compiler.container.EieInspector;
import org.eiesim.compiler.container.EieWriter;
import org.eiesim.compiler.program.ProgramWriter;
import org.eiesim.compiler.recipe.Recipe;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.compiler.recipe.Recipes;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.network.Network;
import org.eiesim.models.onnx.OnnxWriter;
import org.eiesim.models.train.Checkpoints;
import org.eiesim.models.train.Evaluator;
import org.eiesim.models.train.Reproducibility;
import org.eiesim.models.train.Trainer;
import org.eiesim.models.zoo.Zoo;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.studies.json.JsonTree;
import org.eiesim.studies.quickstart.QuickstartListener.Stage;
import org.eiesim.studies.report.RunReport;
import org.eiesim.studies.simulation.EngineKind;
import org.eiesim.studies.simulation.Inputs;
import org.eiesim.studies.simulation.RunJson;
import org.eiesim.studies.simulation.Simulation;
import org.eiesim.studies.simulation.SimulationJob;
import org.eiesim.studies.simulation.SimulationResult;
import org.eiesim.studies.version.ToolVersion;

/**
 * Trains a network, compresses it, compiles it, simulates it over all test images and reports the run. Every stage leaves its file in the
 * plan's folder, the same file as the command of that stage writes. The same plan gives the same files, byte for byte,
 * on one machine, whatever the number of threads; those of a reproducible plan on every x86-64 processor.
 */
public final class Quickstart {
    private final QuickstartPlan plan;
    private final QuickstartListener listener;

    private final Checkpoints checkpoints;

    private Quickstart(QuickstartPlan plan, QuickstartListener listener, Checkpoints checkpoints) {
        this.plan = plan;
        this.listener = listener;
        this.checkpoints = checkpoints;
    }

    /**
     * Runs all stages, or goes on where an earlier run was stopped.
     *
     * @param plan what to do
     * @param listener is told how it goes on
     * @param checkpoints keeps what is finished of the training
     * @return what it came to
     * @throws FormatException if dataset or recipe are not there or wrong
     * @throws IOException if reading or writing fails
     * @throws IllegalArgumentException if the zoo has no such network, or network, dataset and recipe do not go together
     * @throws org.eiesim.models.train.TrainingException if PyTorch's native library is not there, or the loss is no
     *     longer finite
     */
    public static QuickstartResult run(QuickstartPlan plan, QuickstartListener listener, Checkpoints checkpoints)
            throws IOException {
        return new Quickstart(plan, listener, checkpoints).run();
    }

    private QuickstartResult run() throws IOException {
        DatasetPair data = Datasets.open(plan.dataset());
        Recipe recipe = Recipes.load(plan.recipe()).withSeed(plan.training().seed());
        Network untrained = Zoo.create(
                plan.network(),
                data.test().sampleShape(),
                data.test().numClasses(),
                plan.training().seed());
        Dataset images = data.requireTrain();
        MachineConfig machine = plan.machine().config();
        if (plan.isReproducible()) {
            Reproducibility.require();
        }
        Files.createDirectories(plan.folder());

        listener.onStage(Stage.TRAIN);
        Network dense = Trainer.train(
                        untrained, images, null, plan.training(), List.of(), List.of(), listener, checkpoints.next())
                .network();
        OnnxWriter.write(dense, file(Stage.TRAIN));
        double denseAccuracy = measured(Stage.TRAIN, dense, data);

        listener.onStage(Stage.COMPRESS);
        CompressedNetwork compressed = RecipeRunner.run(
                dense, recipe, data, plan.threads(), ToolVersion.text(), listener, CostModels.NONE, checkpoints);
        EieWriter.write(compressed, file(Stage.COMPRESS));
        double compressedAccuracy = measured(Stage.COMPRESS, compressed.network(), data);

        SimulationResult run = simulate(compressed, machine, data);
        Map<String, Object> json = RunJson.of(
                run,
                plan.command(Stage.SIMULATE),
                Stage.COMPRESS.fileName(),
                plan.machine().architecture());
        AtomicFiles.write(file(Stage.SIMULATE), JsonTree.write(json).getBytes(StandardCharsets.UTF_8));
        listener.onStageEnd(Stage.SIMULATE, file(Stage.SIMULATE), run.accuracy());

        listener.onStage(Stage.REPORT);
        String page = RunReport.html(file(Stage.SIMULATE), null);
        AtomicFiles.write(file(Stage.REPORT), page.getBytes(StandardCharsets.UTF_8));
        listener.onStageEnd(Stage.REPORT, file(Stage.REPORT), Double.NaN);
        return new QuickstartResult(
                denseAccuracy, compressedAccuracy, EieInspector.inspect(file(Stage.COMPRESS)), run, (Double)
                        json.get("energy_nj"));
    }

    private SimulationResult simulate(CompressedNetwork compressed, MachineConfig machine, DatasetPair data)
            throws IOException {
        listener.onStage(Stage.COMPILE);
        SimulationJob job = SimulationJob.ofNetwork(compressed, machine);
        ProgramWriter.write(job.program(), file(Stage.COMPILE));
        listener.onStageEnd(Stage.COMPILE, file(Stage.COMPILE), Double.NaN);

        listener.onStage(Stage.SIMULATE);
        Inputs inputs = Inputs.ofDataset(data, job.program().inputLength());
        return new Simulation(EngineKind.EXACT, Numeric.FIXED_POINT, plan.threads(), false)
                .run(job, inputs, done -> listener.onInput(done, inputs.count()));
    }

    private double measured(Stage stage, Network network, DatasetPair data) {
        double accuracy = Evaluator.accuracy(network, data.test(), plan.threads());
        listener.onStageEnd(stage, file(stage), accuracy);
        return accuracy;
    }

    private Path file(Stage stage) {
        return plan.folder().resolve(stage.fileName());
    }
}
