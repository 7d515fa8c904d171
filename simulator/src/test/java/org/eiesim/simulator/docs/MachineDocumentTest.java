package org.eiesim.simulator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.stats.Statistics;
import org.junit.jupiter.api.Test;

/** {@code mvn test -pl simulator -am -Dtest=MachineDocumentTest -Dregenerate=true} rewrites the tables. */
class MachineDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "machine.md");

    @Test
    void tablesAreThoseOfTheCode() throws IOException {
        String actual = Files.readString(DOCUMENT);

        String expected = GeneratedBlocks.replace(actual, "parameters", Parameters.TABLE.markdown());
        expected = GeneratedBlocks.replace(expected, "statistics", Statistics.markdown());
        expected = GeneratedBlocks.replace(expected, "shares", Statistics.ratiosMarkdown());

        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(DOCUMENT, expected);
        } else {
            assertThat(actual)
                    .as("docs/machine.md; rewrite it with -Dregenerate=true")
                    .isEqualTo(expected);
        }
    }

    /** docs/adding-a-machine-parameter.md quotes the product: what it shows is what is compiled. */
    @Test
    void theWorkedExampleIsTheCode() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "adding-a-machine-parameter.md"));
        String source = Files.readString(
                Path.of("src", "main", "java", "org", "eiesim", "simulator", "config", "Parameters.java"));
        int from = document.indexOf("```java\n") + "```java\n".length();

        assertThat(source).contains(document.substring(from, document.indexOf("```", from)));
    }
}
