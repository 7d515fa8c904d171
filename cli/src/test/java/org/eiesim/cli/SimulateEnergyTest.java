package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                .contains(
                        "note: the machine cannot keep its clock: a read of the weight SRAM takes 6.428 ns, a cycle at"
                                + " 800 MHz has 1.250 ns; the clock can be 155.5 MHz at most")
                .contains("J = ", "J chip + ", "J DRAM", "leakage of 7.601 W (itrs_hp cells) and setup apart");
    }

    /** The headline is the sum of its parts, apart and included; what is included is named with its cells. */
    @Test
    void headlinesAreTheSumsOfTheirParts() throws IOException {
        Path layer = Checkout.referenceLayers().get(0);
        JsonNode apart = CliRun.ok("simulate", layer, "--json", "-").json();
        CliRun text = CliRun.ok("simulate", layer, "--set", "leakage=included");
        JsonNode included = CliRun.ok("simulate", layer, "--set", "leakage=included", "--json", "-")
                .json();

        for (JsonNode run : List.of(apart, included)) {
            JsonNode energy = run.get("energy");
            double parts = energy.get("chip_energy_nj").doubleValue()
                    + energy.get("dram_energy_nj").doubleValue()
                    + energy.get("leakage_counted_nj").doubleValue();
            assertThat(run.get("energy_nj").doubleValue()).isCloseTo(parts, withinPercentage(1e-9));
            assertThat(energy.get("leakage_nj").doubleValue())
                    .isCloseTo(
                            run.get("leakage_mw").doubleValue()
                                    * run.get("streamed_us").doubleValue(),
                            withinPercentage(1e-9));
            assertThat(run.get("leakage_cells").textValue()).isEqualTo("itrs_hp");
        }
        assertThat(apart.get("energy").get("leakage_counted_nj").doubleValue()).isZero();
        assertThat(included.get("energy_nj").doubleValue()
                        - apart.get("energy_nj").doubleValue())
                .isCloseTo(apart.get("energy").get("leakage_nj").doubleValue(), withinPercentage(1e-6));
        assertThat(text.out()).contains(" leakage of itrs_hp cells").contains(" with ", "leakage=included");
    }

    /** A clock that cannot be kept is named for the run and for each of its layers. */
    @Test
    void anInfeasibleClockIsNamed() throws IOException {
        Path layer = Checkout.referenceLayers().get(0);
        JsonNode slow = CliRun.ok("simulate", layer, "--json", "-").json();
        JsonNode fast = CliRun.ok("simulate", layer, "--set", "clock_mhz=900", "--json", "-")
                .json();

        assertThat(slow.get("infeasible").isNull()).isTrue();
        assertThat(slow.get("layers").get(0).get("infeasible").isNull()).isTrue();
        assertThat(slow.get("limiting_part").textValue()).isEqualTo("multiplier");
        assertThat(slow.get("highest_clock_mhz").doubleValue()).isCloseTo(1000 / 1.15, withinPercentage(1e-9));
        assertThat(fast.get("infeasible").textValue())
                .isEqualTo(
                        "the multiplier takes 1.150 ns, a cycle at 900 MHz has 1.111 ns; the clock can be 869.5 MHz at"
                                + " most");
        assertThat(fast.get("layers").get(0).get("infeasible")).isEqualTo(fast.get("infeasible"));
        assertThat(fast.get("changes").get("clock_mhz").textValue()).isEqualTo("900");
    }
}
