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
import org.eiesim.models.data.Datasets;
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

/** {@code eie evaluate}: accuracy of a network on test images, in float32 or side by side in fixed point. */
@Command(
        name = "evaluate",
        description = "Measure the accuracy of a network, in float32 on the reference executor, on the test images"
                + " (t10k) of a dataset. With --numeric the machine computes it, in every width named beside float32.")
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

    @Option(names = "--limit", paramLabel = "N", description = "Use the first N test images only. Default: all.")
    private @Nullable Integer limit;

    @Mixin
    private DimensionOption dimension;

    @Mixin
    private DataOption data;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        if (limit != null && limit < 1) {
            throw new ParameterException(command.commandLine(), "--limit must be at least 1, not " + limit);
        }
        DatasetPair pair = limited(Datasets.open(data.name()));
        if (precisions == null) {
            evaluate(NetworkFile.read(file, dimension.dimensions()), pair.test());
        } else {
            compare(NetworkFile.readShared(file), pair, precisions);
        }
        return ExitCode.DONE;
    }

    private DatasetPair limited(DatasetPair pair) {
        Dataset test = pair.test();
        return limit == null || limit >= test.size() ? pair : new DatasetPair(pair.train(), test.range(0, limit));
    }

    private void evaluate(Network network, Dataset test) throws IOException {
        int correct = Evaluator.correct(network, test, common.threads());
        double accuracy = (double) correct / test.size();
        common.out()
                .println(file + ": accuracy " + Accuracies.percent(accuracy) + " on " + data.name() + " ("
                        + Accuracies.count(correct) + " of " + Accuracies.count(test.size()) + " test images), error "
                        + Accuracies.percent(1 - accuracy));
        common.writeJson(json(network, test.size(), correct));
    }

    private void compare(CompressedNetwork network, DatasetPair pair, List<Precision> widths) throws IOException {
        PrecisionComparison comparison;
        try (Progress progress = common.progress(
                "evaluate", (long) Precision.values().length * pair.test().size())) {
            int length = network.network().inputs().stream()
                    .mapToInt(input -> input.shape().size())
                    .sum();
            Inputs inputs = Inputs.ofDataset(pair, length);
            comparison = PrecisionComparison.run(network, machine.choice(), widths, inputs, common.threads(), progress);
        }
        PrintWriter out = common.out();
        out.println(file + " on " + machine.choice().architecture() + ", " + data.name() + ": "
                + Accuracies.count(comparison.numImages()) + " test images, accumulators of "
                + comparison.accumulatorBits() + " bits in fixed point");
        out.println();
        out.print(PrecisionTable.format(comparison));
        out.println();
        comparison.notes().forEach(note -> out.println("note: " + note));
        int correct = comparison.numImages() - comparison.rows().get(0).errors();
        Map<String, Object> json = json(network.network(), comparison.numImages(), correct);
        json.put("arch", machine.choice().architecture());
        json.put("accumulator_bits", comparison.accumulatorBits());
        json.put("numerics", PrecisionTable.json(comparison));
        json.put("notes", comparison.notes());
        common.writeJson(json);
    }

    private Map<String, Object> json(Network network, int images, int correct) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("network", network.name());
        json.put("data", data.name());
        json.put("images", images);
        json.put("correct", correct);
        json.put("accuracy", (double) correct / images);
        return json;
    }
}
