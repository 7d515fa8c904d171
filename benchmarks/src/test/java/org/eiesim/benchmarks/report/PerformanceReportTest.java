package org.eiesim.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformanceReportTest {
    private static final String RESULT =
            "{\"benchmark\": \"a.b.%s.%s\", \"mode\": \"avgt\", \"params\": {%s}, \"primaryMetric\": {\"score\": %s,"
                    + " \"scoreError\": \"NaN\", \"scoreUnit\": \"us/op\"}, \"secondaryMetrics\": {%s}}";

    @TempDir
    private Path folder;

    private Path json(String name, String... results) throws IOException {
        return Files.writeString(folder.resolve(name), "[" + String.join(",", results) + "]");
    }

    private static String engine(String method, String layer, double score) {
        return RESULT.formatted("ExactEngineBenchmark", method, "\"layer\": \"" + layer + "\"", score, "");
    }

    @Test
    void givesTheBaseInItsUnitAndOthersAsMultiplesOfIt() throws IOException {
        Path first = json(
                "first.json",
                engine("scalarProduct", "/some/where/fc8", 250),
                engine("timing", "/some/where/fc8", 999),
                engine("ejmlProduct", "/some/where/fc8", 750));
        Path second = json("second.json", engine("timing", "/some/where/fc8", 25));

        String table = new ResultTable(
                        "ExactEngineBenchmark",
                        "scalarProduct",
                        List.of("scalarProduct", "timing", "full", "ejmlProduct"))
                .render(JmhResult.read(List.of(first, second)));

        assertThat(table).isEqualTo("""
            | layer | scalarProduct | timing | full | ejmlProduct |
            | --- | ---: | ---: | ---: | ---: |
            | fc8 | 250 us | 0.100 |  | 3.00 |
            """);
    }

    @Test
    void givesCountsASecond() throws IOException {
        String counter = "\"symbols\": {\"score\": %s}";
        Path file = json(
                "counts.json",
                RESULT.formatted("HuffmanBenchmark", "huffmanDecode", "", 1, counter.formatted("8e8")),
                RESULT.formatted("HuffmanBenchmark", "inflater", "", 1, counter.formatted("2e8")));

        assertThat(new ResultTable("HuffmanBenchmark", "huffmanDecode", List.of("huffmanDecode", "inflater"))
                        .render(JmhResult.read(List.of(file))))
                .endsWith("| 800 M/s | 200 M/s (0.250) |\n");
    }

    @Test
    void prefersProcessorTimeWhereItWasMeasured() throws IOException {
        String metrics = "\"symbols\": {\"score\": %s}, \"·cpuNanosPerOperation\": {\"score\": %s}";
        Path file = json(
                "cpu.json",
                RESULT.formatted("HuffmanBenchmark", "huffmanDecode", "", 10, metrics.formatted("4e7", "5e6")),
                RESULT.formatted("HuffmanBenchmark", "inflater", "", 10, metrics.formatted("4e7", "2e7")));

        // 4 million symbols an operation, in 5 and in 20 ms.
        assertThat(new ResultTable("HuffmanBenchmark", "huffmanDecode", List.of("huffmanDecode", "inflater"))
                        .render(JmhResult.read(List.of(file))))
                .endsWith("| 800 M/s | 200 M/s (0.250) |\n");
    }

    @Test
    void everyTableHasItsPlaceInTheDocument() throws IOException {
        // Tests run in their module's folder.
        String document = Files.readString(Path.of("../docs/performance.md"));
        assertThat(document).contains("<!-- kmeans -->\n\n| ");
        Path file = json("kmeans.json", RESULT.formatted("KMeansBenchmark", "optimal", "", 7, ""));

        assertThat(PerformanceReport.filled(document, List.of())).isEqualTo(document);
        String filled = PerformanceReport.filled(document, JmhResult.read(List.of(file)));
        assertThat(filled).contains("| 7.00 us |").isNotEqualTo(document);
        assertThat(before(filled, "<!-- kmeans -->")).isEqualTo(before(document, "<!-- kmeans -->"));
        assertThatThrownBy(() -> PerformanceReport.filled("no tables", List.of()))
                .hasMessageContaining("no place for the table clocked");
    }

    private static String before(String document, String mark) {
        return document.substring(0, document.indexOf(mark));
    }
}
