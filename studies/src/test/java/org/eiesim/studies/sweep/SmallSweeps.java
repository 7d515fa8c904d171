package org.eiesim.studies.sweep;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/** Sweeps that take milliseconds. */
final class SmallSweeps {
    /** Two layers on 16 machines, four of which do not exist: 16 bytes hold no row of 32 entries. */
    static final String TWO_LAYERS = """
        seed: 3
        parameters:
          pes: [2, 5]
          queue_slots: [2, 4]
          spmat_row_entries: [8, 32]
          spmat_sram_bytes: [16, 4096]
        workloads:
          - {name: wide, shape: {inputs: 40, outputs: 30, weight_density: 0.2, live_density: 0.5}}
          - {name: tall, shape: {inputs: 9, outputs: 70, weight_density: 0.05, biased: false}}
        """;

    private SmallSweeps() {}

    static SweepStudy study(String yaml) {
        try {
            return SweepStudy.of(SweepSpecReader.parse(yaml, "small.yaml", Path.of(".")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the table of a folder by its headings. */
    static List<CSVRecord> table(Path folder) throws IOException {
        String text = Files.readString(folder.resolve(SweepStudy.CSV_FILE));
        return CsvTable.FORMAT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(text))
                .getRecords();
    }

    /** Reads all files of a folder. */
    static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(String.valueOf(path.getFileName()), Files.readAllBytes(path));
            }
        }
        return files;
    }
}
