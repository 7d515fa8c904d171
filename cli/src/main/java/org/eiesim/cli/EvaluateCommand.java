package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.network.Network;
import org.eiesim.models.train.Evaluator;
import org.eiesim.studies.simulation.Inputs;
import org.eiesim.studies.simulation.Precision;
import org.eiesim.studies.simulation.PrecisionComparison;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eie evaluate}: accuracy or outputs of a network, in float32 or errors side by side in fixed point. */
@Command(
        name = "evaluate",
        description = "Measure the accuracy of a network on the test images of a dataset, or compute its outputs, in"
                + " float32 on the reference executor. With --numeric the machine computes the errors, in every width"
                + " named beside float32.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Reads
    @Parameters(paramLabel = "FILE", description = "The network: an .onnx or .eie file.")
    private Path file;

    @Option(
            names = "--numeric",
            paramLabel = "NUMERIC",
            split = ",",
            description =
                    "Compare the errors of an .eie in float32, fixed16 and fixed8 (a list with commas): activations"
                            + " and shared weights of that width, accumulators as the machine has them.")
    private @Nullable List<Precision> precisions;

    @Mixin
    private SourceOptions source;

    @Mixin
    private DimensionOption dimension;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private EngineOption engine;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        source.check();
        source.require();
        String data = source.data();
        if (engine.isGiven() && precisions == null) {
            throw new ParameterException(
                    command.commandLine(), "--engine says how the machine is run; give the numbers with --numeric");
        }
        if (data == null) {
            if (precisions != null) {
                throw new ParameterException(
                        command.commandLine(),
                        "--numeric counts errors on --data; eie simulate --numeric fixed16 --input computes outputs");
            }
            NetworkOutputs outputs = NetworkOutputs.run(NetworkFile.read(file, dimension), source, common.threads());
            outputs.print(common.out(), file);
            common.writeJson(outputs.json(file));
            return ExitCode.DONE;
        }
        if (precisions != null && !source.outputs().isEmpty()) {
            throw new ParameterException(command.commandLine(), "--output takes float32 outputs; leave out --numeric");
        }
        DatasetPair pair = source.samples().openTest(data, source.seed());
        if (precisions == null) {
            evaluate(NetworkFile.read(file, dimension), pair.test(), data);
        } else {
            compare(NetworkFile.readShared(file), pair, precisions, data);
        }
        return ExitCode.DONE;
    }

    private void evaluate(Network network, Dataset test, String data) throws IOException {
        if (!source.outputs().isEmpty()) {
            NetworkOutputs.run(network, test, source, common.threads());
        }
        int correct = Evaluator.correct(network, test, common.threads());
        double accuracy = (double) correct / test.size();
        common.out()
                .println(file + ": accuracy " + Accuracies.percent(accuracy) + " on " + data + " ("
                        + Accuracies.count(correct) + " of " + Accuracies.count(test.size()) + " test images), error "
                        + Accuracies.percent(1 - accuracy));
        common.writeJson(json(network, data, test.size(), correct));
    }

    private void compare(CompressedNetwork network, DatasetPair pair, List<Precision> widths, String data)
            throws IOException {
        PrecisionComparison comparison;
        try (Progress progress = common.progress(
                "evaluate", (long) Precision.values().length * pair.test().size(), "inputs")) {
            int length = network.network().inputs().stream()
                    .mapToInt(input -> input.shape().size())
                    .sum();
            Inputs inputs = Inputs.ofDataset(pair, length);
            comparison = PrecisionComparison.run(
                    network, machine.choice(), widths, engine.kind(), inputs, common.threads(), progress);
        }
        PrintWriter out = common.out();
        out.println(file + " on " + machine.choice().architecture() + ", " + data + ": "
                + Accuracies.count(comparison.numImages()) + " test images, accumulators of "
                + comparison.accumulatorBits() + " bits in fixed point");
        out.println();
        out.print(PrecisionTable.format(comparison));
        out.println();
        comparison.notes().forEach(note -> out.println("note: " + note));
        int correct = comparison.numImages() - comparison.rows().get(0).errors();
        Map<String, Object> json = json(network.network(), data, comparison.numImages(), correct);
        json.put("arch", machine.choice().architecture());
        json.put("accumulator_bits", comparison.accumulatorBits());
        json.put("numerics", PrecisionTable.json(comparison));
        json.put("notes", comparison.notes());
        common.writeJson(json);
    }

    private Map<String, Object> json(Network network, String data, int images, int correct) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("network", network.name());
        json.put("data", data);
        json.put("images", images);
        json.put("correct", correct);
        json.put("accuracy", (double) correct / images);
        source.record(json);
        return json;
    }
}
