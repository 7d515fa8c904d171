package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.models.data.Datasets;
import org.eiesim.studies.outputs.OutputKind;
import org.eiesim.studies.reproduce.Artefact;
import org.eiesim.studies.reproduce.Comparison;
import org.eiesim.studies.reproduce.Reproduction;
import org.eiesim.studies.reproduce.ReproductionFiles;
import org.eiesim.studies.reproduce.ReproductionJson;
import org.eiesim.studies.reproduce.TrainedNetwork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eie reproduce}: the papers' tables and figures. */
@Command(
        name = "reproduce",
        description =
                "Make the tables and figures of the EIE paper and Deep Compression's storage tables, beside what is"
                        + " printed.",
        footer = {
            "",
            "Writes reproduction.md, reproduction.json and every picture as PNG and SVG into the folder. The weights"
                    + " of the nine benchmark layers were never published: they are drawn at random with the printed"
                    + " densities."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReproduceCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Writes(OutputKind.REPRODUCTION)
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Folder for the files; made if it does not exist.")
    private Path folder;

    @Reads
    @Option(
            names = "--fc8",
            paramLabel = "DIR",
            description =
                    "Folder of the AlexNet FC8 data of the EIE authors' simulator (act.dat, arithm.dat, ptr, spm)."
                            + " Without it a layer of its densities is drawn.")
    private @Nullable Path fc8;

    @Reads
    @Option(
            names = "--eie",
            paramLabel = "FILE",
            description = "A network compressed here, such as quickstart leaves, to be held against Deep Compression's"
                    + " storage and run in several precisions.")
    private @Nullable Path trained;

    @Reads
    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = Datasets.FASHION_MNIST,
            description = "The data that network is tried on: ${DEFAULT-VALUE}, or a folder of idx files.")
    private String data;

    @Override
    public Integer call() throws IOException {
        Dump dump = fc8 == null ? null : DumpReader.read(fc8);
        TrainedNetwork network = trained == null ? null : TrainedNetwork.read(trained, data, common.threads());
        List<Artefact> artefacts;
        try (Progress progress = common.progress("reproduce", Reproduction.numSteps(dump), "steps")) {
            artefacts = Reproduction.run(dump, network, common.threads(), progress);
        }
        ReproductionFiles.write(artefacts, folder);
        print(artefacts);
        if (common.isJsonWanted()) {
            common.writeJson(ReproductionJson.of(artefacts));
        }
        return ExitCode.DONE;
    }

    private void print(List<Artefact> artefacts) {
        common.out()
                .print(new Table<Artefact>()
                        .text("", artefact -> titlePart(artefact, 0))
                        .text("what", artefact -> titlePart(artefact, 1))
                        .count("numbers", artefact ->
                                (long) artefact.comparisons().size())
                        .count(
                                "exact",
                                artefact -> artefact.comparisons().stream()
                                        .filter(ReproduceCommand::isExact)
                                        .count())
                        .decimal(
                                "mean deviation %",
                                1,
                                artefact -> artefact.comparisons().stream()
                                        .mapToDouble(ReproduceCommand::deviationPercent)
                                        .filter(Double::isFinite)
                                        .average()
                                        .orElse(Double.NaN))
                        .text("farthest off", ReproduceCommand::farthest)
                        .format(artefacts));
        common.out().println();
        common.out()
                .println("Every number: " + folder.resolve(ReproductionFiles.TEXT_FILE) + " and "
                        + ReproductionFiles.JSON_FILE + "; pictures beside them.");
    }

    /** Returns what stands before the colon of a title, or behind it. */
    private static String titlePart(Artefact artefact, int part) {
        return artefact.title().split(": ", 2)[part];
    }

    private static boolean isExact(Comparison comparison) {
        return Objects.equals(comparison.reference(), comparison.ours());
    }

    private static double deviationPercent(Comparison comparison) {
        Double ratio = comparison.ratio();
        return ratio == null ? Double.NaN : 100 * Math.abs(ratio - 1);
    }

    private static String farthest(Artefact artefact) {
        return artefact.comparisons().stream()
                .filter(comparison -> deviationPercent(comparison) > 0)
                .max(Comparator.comparingDouble(ReproduceCommand::deviationPercent))
                .map(comparison -> comparison.item() + ", " + comparison.quantity() + ": "
                        + Table.decimal(Objects.requireNonNull(comparison.ratio()), 2) + " of the paper")
                .orElse("-");
    }
}
