package org.eiesim.studies.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the printed numbers, which lie beside this class as CSV files that name their source. */
final class Published {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setCommentMarker('#')
            .get();

    private Published() {}

    static List<CSVRecord> read(String name) {
        try (InputStream stream = Published.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the printed numbers " + name + " are missing from the build");
            }
            try (CSVParser parser = FORMAT.parse(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                return parser.getRecords();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the first row whose leading columns hold the given words. */
    static CSVRecord row(String name, String... words) {
        return read(name).stream()
                .filter(row -> {
                    for (int i = 0; i < words.length; i++) {
                        if (!row.get(i).equals(words[i])) {
                            return false;
                        }
                    }
                    return true;
                })
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(name + " has no row " + String.join(",", words)));
    }

    /** Returns a number, NaN where none is printed. */
    static double number(CSVRecord row, String column) {
        String text = row.isMapped(column) ? row.get(column) : "";
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
