package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.DatasetPair;
import org.eiesim.models.network.Network;
import org.eiesim.models.onnx.OnnxWriter;
import org.eiesim.models.train.Evaluator;
import org.eiesim.models.train.Trainer;
import org.eiesim.models.train.TrainingResult;
import org.eiesim.models.zoo.Zoo;
import org.eiesim.studies.outputs.OutputKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie train}: a network of the zoo from random weights to an ONNX file. */
@Command(
        name = "train",
        description = "Train a network of the zoo on labelled images and write it as ONNX.",
        footer = {
            "",
            "The last tenth of the training images chooses the best epoch; the test images are only measured at the"
                    + " end. The same arguments give the same file, byte for byte, on processors of one kind. Training"
                    + " runs on one native thread; PyTorch's library is unpacked once, about 430 MB, to ~/.djl.ai or the"
                    + " folder that DJL_CACHE_DIR names."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NET",
            description = "Name of the network, such as lenet-300-100, mlp-64-32, lenet-300-100-dropout20.")
    private String name;

    @Mixin
    private DataOption data;

    @Writes(OutputKind.ONNX)
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The ONNX file to write.")
    private Path output;

    @Mixin
    private TrainingOption training;

    @Mixin
    private SampleOptions samples;

    @Mixin
    private ReproducibleOption reproducible;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws IOException {
        reproducible.apply();
        DatasetPair pair = samples.openBoth(data.name());
        Dataset images = pair.requireTrain();
        Network untrained = Zoo.create(name, images.sampleShape(), images.numClasses(), training.seed());
        TrainingProgress.announceLibrary(common);
        List<String> inputs =
                List.of("train", name, training.options().toString(), String.valueOf(reproducible.isWanted()));
        TrainingResult result;
        try (StoppedRun run = StoppedRun.open(common, output, null, pair, inputs);
                TrainingProgress progress = new TrainingProgress(common, true)) {
            result = Trainer.train(
                    untrained,
                    images,
                    null,
                    training.options(),
                    List.of(),
                    List.of(),
                    progress,
                    run.checkpoints().next());
            OnnxWriter.write(result.network(), output);
            run.finish();
        }
        double accuracy = Evaluator.accuracy(result.network(), pair.test(), common.threads());
        common.out()
                .println(output + ": " + name + ", accuracy " + Accuracies.percent(accuracy) + " on "
                        + Accuracies.count(pair.test().size()) + " test images, best epoch " + (result.bestEpoch() + 1)
                        + " of " + result.epochs().size() + " (validation "
                        + Accuracies.percent(result.validationAccuracy()) + ")");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", name);
        json.put("data", data.name());
        samples.record(json);
        json.put("seed", training.seed());
        json.put("epochs", result.epochs().size());
        json.put("best_epoch", result.bestEpoch() + 1);
        json.put("validation_accuracy", result.validationAccuracy());
        json.put("accuracy", accuracy);
        json.put("images", pair.test().size());
        json.put("output", output.toString());
        common.writeJson(json);
        return ExitCode.DONE;
    }
}
