package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.container.EieInspector;
import org.eiesim.compiler.container.EieWriter;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.studies.outputs.OutputKind;
import picocli.CommandLine.Option;

/** The container that a command writes. It holds it as a {@code Mixin}. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class ContainerOutput {
    @Writes(OutputKind.CONTAINER)
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The .eie file to write.")
    private Path file;

    /** Returns the file, as given. */
    Path file() {
        return file;
    }

    /**
     * Writes a network and measures the file.
     *
     * @param network the network
     * @return what the file holds
     * @throws IOException if writing fails
     */
    FileStatistics write(CompressedNetwork network) throws IOException {
        EieWriter.write(network, file);
        return EieInspector.inspect(file);
    }

    /** Prints what the file holds, and remarks under its first line. */
    void print(CommonOptions common, FileStatistics statistics, String... remarks) {
        common.out().println(file + ": " + statistics.networkName() + ", " + CompressionTable.summary(statistics));
        for (String remark : remarks) {
            common.out().println(remark);
        }
        common.out().println();
        common.out().print(CompressionTable.format(statistics));
    }
}
