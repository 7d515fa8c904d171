package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Energy, power and area in simulate's JSON fit one another and the counts beside them. */
class SimulateEnergyTest {
    @Test
    void sumsPowerAndCountsFitOneAnother(@TempDir Path folder) throws IOException {
        Path counts = folder.resolve("counts.yaml");
        for (Path layer : Checkout.referenceLayers()) {
            JsonNode run = CliRun.ok("simulate", layer, "--json", "-", "--action-counts", counts)
                    .json();
            JsonNode energy = run.get("energy");

            double nanojoules = 0;
            double area = 0;
            for (JsonNode component : energy.get("components")) {
                nanojoules += component.get("energy_nj").doubleValue();
                area += component.get("area_mm2").doubleValue();
            }
            assertThat(nanojoules).isCloseTo(run.get("energy_nj").doubleValue(), withinPercentage(1e-9));
            assertThat(area).isCloseTo(run.get("area_mm2").doubleValue(), withinPercentage(1e-9));
            assertThat(run.get("layers").get(0).get("energy_nj")).isEqualTo(run.get("energy_nj"));
            if (run.get("cycles").longValue() > 0) {
                double power = nanojoules / run.get("time_us").doubleValue();
                assertThat(run.get("power_mw").doubleValue()).isCloseTo(power, within(power * 1e-9));
            }
            double byActions = 0;
            for (JsonNode action : energy.get("actions")) {
                assertThat(action.get("source").textValue()).isNotBlank();
                byActions += action.get("count").doubleValue()
                        * action.get("energy_pj").doubleValue()
                        / 1e3;
            }
            assertThat(byActions).isCloseTo(nanojoules, withinPercentage(1e-9));
            assertThat(energy.get("leakage_mw"))
                    .isEqualTo(energy.get("leakage_by_cells_mw").get("itrs_hp"));

            JsonNode yaml = new YAMLMapper().readTree(Files.readString(counts));
            JsonNode spmat = yaml.get("action_counts").get("local").get(2);
            assertThat(spmat.get("name").textValue()).isEqualTo("eie.spmat_read");
            assertThat(spmat.get("action_counts").get(0).get("counts").longValue())
                    .isEqualTo(run.get("layers").get(0).get("spmat_row_reads").longValue());
        }
    }

    @Test
    void aMachineOutsideTheTablesSaysSo() throws IOException {
        CliRun run = CliRun.ok("simulate", Checkout.referenceLayers().get(0), "--set", "spmat_sram_bytes=16777216");

        assertThat(run.out())
                .contains("note: outside their tables, energies and areas extrapolated: SpmatRead read_row")
                .contains(" nJ on the chip (");
    }
}
