package org.eiesim.studies.reproduce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.studies.json.JsonTree;

/** Leaves tables and figures in a folder: as text, as JSON, and every picture as PNG and SVG. */
public final class ReproductionFiles {
    /** The text. */
    public static final String TEXT_FILE = "reproduction.md";

    /** The JSON. */
    public static final String JSON_FILE = "reproduction.json";

    private static final List<String> PICTURES = List.of(
            "table2",
            "table4",
            "table5",
            "figure6",
            "figure7",
            "figure8",
            "figure9-reads",
            "figure9-energy",
            "figure10",
            "figure11",
            "figure12",
            "figure13",
            "storage");

    private static final String HEADING = "# The papers' tables and figures, reproduced\n\n"
            + "Paper, ours and their ratio. Input: what ours was made from; synthetic is drawn at random with the"
            + " densities printed.\n\n";

    private ReproductionFiles() {}

    /**
     * Returns what may be written to the folder.
     *
     * @return names of files
     */
    public static List<String> fileNames() {
        return Stream.concat(
                        Stream.of(JSON_FILE, TEXT_FILE),
                        PICTURES.stream().flatMap(name -> Stream.of(name + ".png", name + ".svg")))
                .toList();
    }

    /**
     * Writes all files; each is whole or not there.
     *
     * @param artefacts what was made
     * @param folder made if it does not exist; files of the same names are replaced
     * @throws IOException if writing fails
     */
    public static void write(List<Artefact> artefacts, Path folder) throws IOException {
        Files.createDirectories(folder);
        // First, because it says whose folder it is.
        write(folder.resolve(JSON_FILE), JsonTree.write(ReproductionJson.of(artefacts)));
        for (Artefact artefact : artefacts) {
            for (Picture picture : artefact.pictures()) {
                AtomicFiles.write(folder.resolve(picture.name() + ".png"), Charts.png(picture));
                AtomicFiles.write(folder.resolve(picture.name() + ".svg"), Charts.svg(picture));
            }
        }
        write(folder.resolve(TEXT_FILE), HEADING + MarkdownText.of(artefacts, ""));
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
