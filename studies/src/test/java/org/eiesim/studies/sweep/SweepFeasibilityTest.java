package org.eiesim.studies.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.simulator.energy.EnergyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that cannot keep their clock, found out by hand from CACTI's table, are on no front. */
class SweepFeasibilityTest {
    /** The multiplier of 16 x 16 bits at 45 nm, gates only. */
    private static final double MULTIPLIER_NS = 1.15;

    private static final String SPEC = """
        parameters:
          clock_mhz: [400, 600, 800, 850, 1000]
          spmat_sram_bytes: [16384, 131072, 1048576]
          sram_cells: [itrs_hp, itrs_lop, itrs_lstp]
        workloads:
          - {name: small, shape: {inputs: 40, outputs: 30, weight_density: 0.2, live_density: 0.5}}
          - {name: other, shape: {inputs: 20, outputs: 90, weight_density: 0.3}}
        """;

    @TempDir
    Path folder;

    /** Reads access times at 45 nm by cells, bytes and bits of a row, with nothing of the model in between. */
    private static Map<String, Double> accessNs() throws IOException {
        Map<String, Double> access = new HashMap<>();
        try (var stream = EnergyModel.class.getResourceAsStream("sram_cacti.csv")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().filter(row -> row.startsWith("45,")).toList()) {
                String[] cells = line.split(",");
                access.put(cells[1].replace('-', '_') + " " + cells[2] + " " + cells[3], Double.valueOf(cells[7]));
            }
        }
        return access;
    }

    @Test
    void noFrontHoldsAMachineThatCannotKeepItsClock() throws IOException {
        SweepResult result = SmallSweeps.study(SPEC).run(folder, false, 2, done -> {});
        Map<String, Double> access = accessNs();
        int infeasible = 0;
        for (CSVRecord line : SmallSweeps.table(folder)) {
            String cells = line.get("sram_cells");
            double weights = Objects.requireNonNull(access.get(cells + " " + line.get("spmat_sram_bytes") + " 64"));
            double pointers = Objects.requireNonNull(access.get(cells + " 16384 16"));
            double activations = Objects.requireNonNull(access.get(cells + " 2048 16"));
            double slowest = Math.max(Math.max(weights, pointers), Math.max(activations, MULTIPLIER_NS));
            boolean feasible = Double.parseDouble(line.get("clock_mhz")) <= 1000 / slowest;

            assertThat(line.get("infeasible").isEmpty()).as(line.toString()).isEqualTo(feasible);
            assertThat(line.get("status")).isEqualTo(feasible ? "ok" : "infeasible");
            assertThat(Double.parseDouble(line.get("highest_clock_mhz"))).isCloseTo(1000 / slowest, within(1e-6));
            assertThat(line.get("limiting_part"))
                    .isEqualTo(
                            slowest == MULTIPLIER_NS
                                    ? "multiplier"
                                    : slowest == weights ? "weight SRAM" : "pointer SRAM bank");
            assertThat(line.get("cycles")).isNotEmpty();
            if (!feasible) {
                infeasible++;
                assertThat(line.get("pareto")).isEqualTo("false");
            }
        }

        assertThat(infeasible).isEqualTo(result.numInfeasible()).isBetween(20, 70);
        assertThat(result.numImpossible()).isZero();
        assertThatFrontsAreOf(feasiblePoints(), result);
    }

    private Set<String> feasiblePoints() throws IOException {
        return SmallSweeps.table(folder).stream()
                .filter(line -> line.get("infeasible").isEmpty())
                .map(line -> line.get("point"))
                .collect(Collectors.toSet());
    }

    private void assertThatFrontsAreOf(Set<String> feasible, SweepResult result) throws IOException {
        List<String> front = Files.readAllLines(folder.resolve(SweepStudy.PARETO_FILE));
        assertThat(front).hasSizeGreaterThan(3);
        for (String line : front.subList(1, front.size())) {
            assertThat(line.split(",")[1]).isIn(feasible);
            assertThat(line).endsWith("streamed_us energy_nj area_mm2");
        }
        assertThat(result.best())
                .isNotEmpty()
                .allSatisfy(best -> assertThat(Integer.toString(best.point())).isIn(feasible));
    }

    /** Where no machine can keep its clock there is no front, and the tables say why. */
    @Test
    void aSweepOfNothingFeasibleHasNoFront() throws IOException {
        SweepResult result = SmallSweeps.study(
                        "parameters: {clock_mhz: [2000, 3000]}\nworkloads: {name: s, shape: {inputs: 9, outputs: 9}}\n")
                .run(folder, false, 1, done -> {});

        assertThat(result.best()).isEmpty();
        assertThat(result.frontSizes()).containsEntry("s", 0);
        assertThat(SmallSweeps.table(folder))
                .allSatisfy(line -> assertThat(line.get("infeasible")).startsWith("the multiplier takes 1.150 ns"));
    }
}
