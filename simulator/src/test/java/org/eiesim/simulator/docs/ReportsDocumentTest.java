package org.eiesim.simulator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.eiesim.simulator.trace.SignalTables;
import org.eiesim.simulator.trace.TraceWindow;
import org.junit.jupiter.api.Test;

/** {@code mvn test -pl simulator -am -Dtest=ReportsDocumentTest -Dregenerate=true} rewrites the tables. */
class ReportsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "reports.md");

    @Test
    void signalsAreThoseOfTheCode() throws IOException {
        String actual = Files.readString(DOCUMENT);

        String expected = GeneratedBlocks.replace(actual, "array signals", SignalTables.arraySignals());
        expected = GeneratedBlocks.replace(expected, "PE signals", SignalTables.peSignals());
        expected = GeneratedBlocks.replace(expected, "state names", "```\n" + SignalTables.stateNames() + "```\n");

        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(DOCUMENT, expected);
        } else {
            assertThat(actual)
                    .as("docs/reports.md; rewrite it with -Dregenerate=true")
                    .isEqualTo(expected);
        }
    }

    @Test
    void theBoundIsThatOfTheCode() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .contains(String.format(Locale.ROOT, "%,d PE cycles", TraceWindow.MAX_SAMPLES));
    }
}
