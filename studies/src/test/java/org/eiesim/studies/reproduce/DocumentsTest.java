package org.eiesim.studies.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eiesim.compiler.dump.DumpReader;
import org.junit.jupiter.api.Test;

/** {@code mvn test -pl studies -am -Dtest=DocumentsTest -Dregenerate=true} rewrites the tables. */
class DocumentsTest {
    private static final Path FC8 = Path.of("..", "..", "shared", "reference", "alexnet-fc8");

    @Test
    void tableTwoInTheEnergyDocumentIsThatOfTheCode() throws IOException {
        Measurements measurements = Measurements.take(List.of(), 1, null, 1, done -> {});

        requireBlock(
                "energy.md",
                "table2",
                MarkdownText.table(Table2.build(measurements).comparisons()));
    }

    @Test
    void theReproductionIsThatOfTheCode() throws IOException {
        assumeThat(FC8).exists();

        List<Artefact> artefacts = Reproduction.run(DumpReader.read(FC8), null, 2, done -> {});

        requireBlock("reproduction.md", "artefacts", MarkdownText.of(artefacts, null));
    }

    private static void requireBlock(String document, String name, String content) throws IOException {
        Path path = Path.of("..", "docs", document);
        String actual = Files.readString(path);
        String begin = "<!-- generated: " + name + " -->\n";
        String end = "<!-- end of generated: " + name + " -->";
        int from = actual.indexOf(begin);
        int to = actual.indexOf(end);
        assertThat(from).as("marker %s", begin).isNotNegative();
        assertThat(to).as("marker %s", end).isGreaterThan(from);
        String expected = actual.substring(0, from + begin.length()) + content + actual.substring(to);
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(path, expected);
        } else {
            assertThat(actual)
                    .as("docs/%s; rewrite it with -Dregenerate=true", document)
                    .isEqualTo(expected);
        }
    }
}
