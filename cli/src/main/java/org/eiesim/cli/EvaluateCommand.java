package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.network.Network;
import org.eiesim.models.train.Evaluator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code eie evaluate}: accuracy of a float network on test images. */
@Command(
        name = "evaluate",
        description = "Measure the accuracy of a network, in float32 on the reference executor, on the test images"
                + " (t10k) of a dataset.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The network: an .onnx or .eie file.")
    private Path file;

    @Mixin
    private DimensionOption dimension;

    @Mixin
    private DataOption data;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        Network network = NetworkFile.read(file, dimension.dimensions());
        Dataset test = Datasets.open(data.name()).test();
        int correct = Evaluator.correct(network, test, common.threads());
        double accuracy = (double) correct / test.size();
        common.out()
                .println(file + ": accuracy " + Accuracies.percent(accuracy) + " on " + data.name() + " ("
                        + Accuracies.count(correct) + " of " + Accuracies.count(test.size()) + " test images), error "
                        + Accuracies.percent(1 - accuracy));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("network", network.name());
        json.put("data", data.name());
        json.put("images", test.size());
        json.put("correct", correct);
        json.put("accuracy", accuracy);
        common.writeJson(json);
        return ExitCode.DONE;
    }
}
