package org.eiesim.studies.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mvn test -pl studies -am -Dtest=SweepDocumentTest -Dregenerate=true} rewrites the table. */
class SweepDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "sweeps.md");
    private static final Path EXAMPLES = Path.of("..", "workloads");

    @Test
    void tableIsThatOfTheCode() throws IOException {
        String actual = Files.readString(DOCUMENT);
        String expected = replaced(actual, "columns", Columns.markdown());
        expected = replaced(expected, "layer columns", Columns.layersMarkdown());

        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(DOCUMENT, expected);
        } else {
            assertThat(actual)
                    .as("docs/sweeps.md; rewrite it with -Dregenerate=true")
                    .isEqualTo(expected);
        }
    }

    private static String replaced(String document, String block, String table) {
        String begin = "<!-- generated: " + block + " -->\n";
        String end = "<!-- end of generated: " + block + " -->";
        assertThat(document).contains(begin, end);
        return document.substring(0, document.indexOf(begin) + begin.length())
                + table
                + document.substring(document.indexOf(end));
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreRight(Path example) throws IOException {
        SweepSpec spec = SweepSpecReader.read(example);

        assertThat(spec.points()).allSatisfy(point -> assertThat(point.reason()).isEmpty());
        assertThat(spec.workloads()).isNotEmpty();
        assertThat(Files.readString(example)).startsWith("# ");
    }

    @Test
    void largestExampleHasTenThousandMachinesOnNineLayers() throws IOException {
        assertThat(SweepStudy.open(EXAMPLES.resolve("ten-thousand.yaml")).numLines())
                .isEqualTo(90_000);
    }
}
