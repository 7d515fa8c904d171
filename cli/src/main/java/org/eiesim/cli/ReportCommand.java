package org.eiesim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.studies.outputs.OutputKind;
import org.eiesim.studies.report.RunReport;
import org.eiesim.studies.report.SweepReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eie report}: a run or a sweep as one HTML file. */
@Command(
        name = "report",
        description =
                "Make one HTML file of a run or a sweep: tables and charts of cycles, stalls, load, energy, or of many"
                        + " machines. It needs no network.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(
            paramLabel = "RUN.json|DIR",
            description = "What eie simulate --json wrote, or the folder (or sweep.csv) that eie sweep wrote.")
    private Path source;

    @Reads
    @Option(
            names = "--sweep",
            paramLabel = "DIR",
            description =
                    "With a run: the folder eie sweep wrote, or its sweep.csv. Adds its machines and marks that of"
                            + " the run.")
    private @Nullable Path sweep;

    @Writes(OutputKind.HTML)
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The HTML file.")
    private Path output;

    @Override
    public Integer call() throws IOException {
        byte[] page = html().getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(output, page);
        common.out().println(output + ": " + ScaledNumbers.size(page.length) + "; open it in a browser");
        common.writeJson(Map.of("report", output.toString(), "bytes", page.length));
        return ExitCode.DONE;
    }

    private String html() throws IOException {
        if (!Files.isDirectory(source) && !source.toString().endsWith(".csv")) {
            return RunReport.html(source, sweep);
        }
        if (sweep != null) {
            throw new ParameterException(
                    command.commandLine(), "--sweep is for the report of a run, and " + source + " is a sweep itself");
        }
        return SweepReport.html(source);
    }
}
