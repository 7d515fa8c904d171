package org.eiesim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.studies.files.OutputKind;
import org.eiesim.studies.report.RunReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie report}: a run as one HTML file. */
@Command(
        name = "report",
        description =
                "Make one HTML file of a run: tables and charts of cycles, stalls, load, energy. It needs no network.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(paramLabel = "RUN.json", description = "What eie simulate --json wrote.")
    private Path run;

    @Reads
    @Option(
            names = "--sweep",
            paramLabel = "DIR",
            description = "The folder eie sweep wrote, or its sweep.csv: adds its machines' time, energy and area.")
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
        byte[] page = RunReport.html(run, sweep).getBytes(StandardCharsets.UTF_8);
        AtomicFiles.write(output, page);
        common.out().println(output + ": " + Accuracies.count(page.length) + " bytes; open it in a browser");
        common.writeJson(Map.of("report", output.toString(), "bytes", page.length));
        return ExitCode.DONE;
    }
}
