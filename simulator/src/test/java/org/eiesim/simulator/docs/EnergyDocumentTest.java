package org.eiesim.simulator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.energy.EnergyTables;
import org.junit.jupiter.api.Test;

/** {@code mvn test -pl simulator -am -Dtest=EnergyDocumentTest -Dregenerate=true} rewrites the tables. */
class EnergyDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "energy.md");

    @Test
    void tablesAreThoseOfTheCode() throws IOException {
        EnergyModel eie = EnergyModel.of(Presets.load(Presets.EIE_ISCA16));
        String actual = Files.readString(DOCUMENT);

        String expected = GeneratedBlocks.replace(actual, "actions", EnergyTables.actions(eie));
        expected = GeneratedBlocks.replace(expected, "constants", EnergyTables.constants());
        expected = GeneratedBlocks.replace(expected, "operations", EnergyTables.operations());
        expected = GeneratedBlocks.replace(expected, "stages", EnergyTables.stages());
        expected = GeneratedBlocks.replace(expected, "critical path", EnergyTables.criticalPath(eie));
        expected = GeneratedBlocks.replace(expected, "registers", EnergyTables.registers(eie));

        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(DOCUMENT, expected);
        } else {
            assertThat(actual)
                    .as("docs/energy.md; rewrite it with -Dregenerate=true")
                    .isEqualTo(expected);
        }
    }
}
