package org.eiesim.cli;

import java.util.List;
import java.util.Map;
import org.eiesim.studies.outputs.OutputKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the samples that a network is run on come from, and where outputs go: the same for every command that runs one. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SourceOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Reads
    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "Run the test images of a dataset and report the accuracy: fashion-mnist, fashion-mnist-full,"
                    + " samples.npy,labels.npy, or a folder of MNIST's idx files, CIFAR's binary files, x_test.npy and"
                    + " y_test.npy, or PNG or JPEG files with labels.csv.")
    private @Nullable String data;

    @Reads
    @Option(
            names = "--input",
            paramLabel = "[NAME=]FILE",
            converter = NamedFile.Converter.class,
            description = "Run inputs from a file: .npy, or raw little-endian float32, one after another, or a"
                    + " photograph. Once for each input of the network.")
    private List<NamedFile> inputs = List.of();

    @Writes(value = OutputKind.RAW, suffix = ".npy", suffixed = OutputKind.NPY)
    @Option(
            names = "--output",
            paramLabel = "[NAME=]FILE",
            converter = NamedFile.Converter.class,
            description = "Write the outputs, input by input in row order: an array if the name ends in .npy, else raw"
                    + " values. float32, or in fixed point int16 in the Q format that the JSON names. Where there are"
                    + " several, once for each that is wanted; simulate without a name joins them.")
    private List<NamedFile> outputs = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "With --limit: draw the images at random from this seed instead of taking the first. Where"
                    + " there is neither data nor input: the seed of the random one.")
    private @Nullable Long seed;

    @Mixin
    private SampleOptions samples;

    /** Refuses both kinds of samples at once. */
    void check() {
        if (data != null && !inputs.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--data and --input exclude each other; give one");
        }
    }

    /** Refuses to go on without samples. */
    void require() {
        if (data == null && inputs.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "Missing required option: '--data=DATA' or '--input=FILE'");
        }
    }

    @Nullable
    String data() {
        return data;
    }

    List<NamedFile> inputs() {
        return inputs;
    }

    List<NamedFile> outputs() {
        return outputs;
    }

    @Nullable
    Long seed() {
        return seed;
    }

    SampleOptions samples() {
        return samples;
    }

    /** Records what was chosen in a result: data is null with --input, and the scale where files hold numbers. */
    void record(Map<String, Object> json) {
        json.putIfAbsent("data", data);
        if (data != null || samples.scale() != null) {
            samples.record(json);
        } else {
            json.put("pixel_scale", null);
            json.put("limit", samples.limit());
        }
        json.put("sample_seed", seed);
    }
}
