package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.SharedWeightImport;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.models.importers.DeepCompressionNet;
import org.eiesim.models.importers.HandwritingLstm;
import org.eiesim.models.importers.NumpyFolder;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.studies.version.ToolVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eie import}: a network in another tool's format to a container, without any change of its weights. */
@Command(
        name = "import",
        description = "Turn a network in another tool's format into an .eie container: Deep Compression's released"
                + " format, a folder of NumPy arrays, or distill.pub's handwriting network.",
        footer = {
            "",
            "Weights keep their values. Those of at most 256 different values become shared weights; others stay"
                    + " float32 until eie compress shares them. docs/importing.md describes the formats; ONNX files go to"
                    + " eie compress directly."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "A released file such as compressed_squeezenet.net, a folder with network.json and .npy files,"
                            + " or a .json file with the handwriting network's weights.")
    private Path source;

    @Reads
    @Option(
            names = "--prototxt",
            paramLabel = "FILE",
            description = "Caffe's description of the network; needed for a released file and for nothing else.")
    private @Nullable Path prototxt;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Pen strokes of one input; needed for the handwriting network and for nothing else.")
    private @Nullable Integer steps;

    @Mixin
    private ContainerOutput output;

    @Override
    public Integer call() throws IOException {
        CompressedNetwork network = read();
        FileStatistics statistics = output.write(network);
        List<String> unshared = SharedWeightImport.unshared(network).stream()
                .map(ParameterKey::layerName)
                .toList();
        output.print(common, statistics, remarks(unshared));
        Map<String, Object> json = new LinkedHashMap<>(ContainerJson.of(statistics));
        json.put("unshared", unshared);
        common.writeJson(json);
        return ExitCode.DONE;
    }

    private static String[] remarks(List<String> unshared) {
        return unshared.isEmpty()
                ? new String[0]
                : new String[] {
                    "float32, with more than 256 different weights: " + String.join(", ", unshared)
                            + "; eie compress shares them"
                };
    }

    private CompressedNetwork read() throws IOException {
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source.toString());
        }
        if (Files.isDirectory(source)) {
            refuse("--prototxt", prototxt, "a folder of NumPy arrays");
            refuse("--steps", steps, "a folder of NumPy arrays");
            return shared(NumpyFolder.read(source));
        }
        if (source.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            refuse("--prototxt", prototxt, "the handwriting network");
            int count = require("--steps=N", steps);
            if (count < 1) {
                throw new ParameterException(command.commandLine(), "--steps must be at least 1, not " + count);
            }
            return shared(HandwritingLstm.read(source, count));
        }
        refuse("--steps", steps, "a released file");
        return SharedWeightImport.of(
                DeepCompressionNet.read(source, require("--prototxt=FILE", prototxt)), ToolVersion.text());
    }

    private static CompressedNetwork shared(Network network) {
        return SharedWeightImport.of(network, ToolVersion.text());
    }

    private <T> T require(String option, @Nullable T value) {
        if (value == null) {
            throw new ParameterException(
                    command.commandLine(), "Missing required option: '" + option + "' for " + source);
        }
        return value;
    }

    private void refuse(String option, @Nullable Object value, String format) {
        if (value != null) {
            throw new ParameterException(
                    command.commandLine(), option + " says nothing about " + format + ", which " + source + " is");
        }
    }
}
