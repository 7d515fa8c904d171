package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.SharedWeightImport;
import org.eiesim.compiler.container.EieInspector;
import org.eiesim.compiler.container.EieWriter;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.models.importers.DeepCompressionNet;
import org.eiesim.studies.version.ToolVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie import}: Deep Compression's released format to a container. */
@Command(
        name = "import",
        description = "Turn a network in Deep Compression's released format into an .eie container, with the authors'"
                + " own codebooks and codes.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ImportCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "FILE", description = "The released file, such as compressed_squeezenet.net.")
    private Path file;

    @Option(
            names = "--prototxt",
            paramLabel = "FILE",
            required = true,
            description = "Caffe's description of the network.")
    private Path prototxt;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The .eie file to write.")
    private Path output;

    @Override
    public Integer call() throws IOException {
        OutputFiles.requireFolderOf(output);
        CompressedNetwork network = SharedWeightImport.of(DeepCompressionNet.read(file, prototxt), ToolVersion.text());
        EieWriter.write(network, output);
        FileStatistics statistics = EieInspector.inspect(output);
        common.out().println(output + ": " + CompressionTable.summary(statistics));
        common.out().println();
        common.out().print(CompressionTable.format(statistics));
        common.writeJson(ContainerJson.of(statistics));
        return ExitCode.DONE;
    }
}
