package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eiesim.studies.outputs.OutputKind;
import org.eiesim.studies.sweep.SweepResult;
import org.eiesim.studies.sweep.SweepStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie sweep}: many machines on many workloads. */
@Command(
        name = "sweep",
        description = "Run workloads on every machine of a specification: cycles, energy, area and the Pareto front.",
        footer = {
            "",
            "Writes sweep.csv, layers.csv (both as .parquet too), pareto.csv and summary.json into the folder."
                    + " Stopped, the same command goes on where it was. Specifications: docs/sweeps.md and the examples in"
                    + " workloads/."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SweepCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(paramLabel = "SPEC", description = "A YAML file: base machine, parameters, sample and workloads.")
    private Path specification;

    @Writes(OutputKind.SWEEP)
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Folder for the tables; made if it does not exist.")
    private Path folder;

    @Option(names = "--restart", description = "Begin anew instead of going on with what the folder holds.")
    private boolean isRestartWanted;

    @Override
    public Integer call() throws IOException {
        SweepStudy study = SweepStudy.open(specification);
        SweepResult result;
        try (Progress progress = common.progress("sweep", study.numLines(), "lines")) {
            result = study.run(folder, isRestartWanted, common.threads(), progress);
        }
        print(result);
        common.writeJson(result.summary());
        return ExitCode.DONE;
    }

    private void print(SweepResult result) {
        common.out()
                .printf(
                        Locale.ROOT,
                        "%d machines, %d lines, %d of them finished before, %d impossible, %d of machines that cannot"
                                + " keep their clock%n%n",
                        result.numPoints(),
                        result.numLines(),
                        result.numResumed(),
                        result.numImpossible(),
                        result.numInfeasible());
        Map<String, Integer> fronts = result.frontSizes();
        List<SweepResult.Best> best = result.best();
        common.out()
                .print(new Table<SweepResult.Best>()
                        .text("workload", SweepResult.Best::workload)
                        .text("best", SweepResult.Best::what)
                        .count("point", item -> (long) item.point())
                        .number("on chip", item -> ScaledNumbers.time(item.timeUs()))
                        .number("streamed", item -> ScaledNumbers.time(item.streamedUs()))
                        .number("energy", item -> ScaledNumbers.energy(item.energyNj()))
                        .number("area", item -> ScaledNumbers.area(item.areaMm2()))
                        .format(best));
        common.out().println();
        Map<Integer, String> machines = new TreeMap<>();
        best.forEach(item -> machines.put(item.point(), settings(item.settings())));
        machines.forEach((point, settings) -> common.out().println("point " + point + ": " + settings));
        common.out().println();
        fronts.forEach((workload, size) -> common.out()
                .println(workload + ": " + size + " machines on the front of " + result.frontTime()
                        + ", energy and area"));
        common.out()
                .println("Tables: " + folder.resolve(SweepStudy.CSV_FILE) + ", " + SweepStudy.PARQUET_FILE + ", "
                        + SweepStudy.LAYERS_CSV_FILE + ", " + SweepStudy.LAYERS_PARQUET_FILE + ", "
                        + SweepStudy.PARETO_FILE + ", " + SweepStudy.SUMMARY_FILE);
    }

    private static String settings(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }
}
