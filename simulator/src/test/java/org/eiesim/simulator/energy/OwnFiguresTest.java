package org.eiesim.simulator.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eiesim.simulator.config.ConfigReader;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.figures.FigureNames;
import org.eiesim.simulator.figures.OwnFigures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of a user's file take the place of the built-in ones, each where it belongs and nowhere else. */
class OwnFiguresTest {
    private static final MachineConfig EIE = Presets.load(Presets.EIE_ISCA16);
    private static final MachineConfig EIE_28 = EIE.withSettings(List.of("technology_nm=28"));

    @TempDir
    Path folder;

    private static String example() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "energy.md"));
        int from = document.indexOf("```yaml\n", document.indexOf("<!-- example: own figures -->")) + 8;
        return document.substring(from, document.indexOf("```", from));
    }

    private MachineConfig with(MachineConfig machine, String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("figures.yaml"), yaml);
            return machine.withSettings(List.of("energy=" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theExampleOfTheDocumentPricesAMachine() throws IOException {
        EnergyModel model = EnergyModel.of(with(EIE_28, example()));

        assertThat(model.ownFigures().missing()).isEmpty();
        assertThat(model.notes()).isEmpty();
        assertThat(model.energyOfPj("read_row")).isEqualTo(14.2);
        assertThat(model.energyOfPj("read_bank_pair")).isEqualTo(2 * 3.1);
        assertThat(model.energyOfPj("read_sram")).isEqualTo(0.9);
        assertThat(model.energyOfPj("multiply")).isEqualTo(0.33);
        assertThat(model.energyOfPj("shift")).isEqualTo(0.1);
        assertThat(model.energyOfPj("pick_entry")).isCloseTo(8 * 0.003, within(1e-12));
        assertThat(model.energyOfPj("array_cycle")).isCloseTo(64 * 2816 * 0.0007, within(1e-9));
        assertThat(model.energyOfPj("bit")).isEqualTo(8);
        assertThat(model.leakagePowerMw()).isCloseTo(64 * 0.42, within(1e-9));
        assertThat(model.leakageCells()).isEqualTo("high density");
        assertThat(model.sramAreaMm2()).isCloseTo(64 * (0.21 + 2 * 0.034 + 0.006), within(1e-9));
        assertThat(model.criticalPath().limiting().name()).isEqualTo("multiplier");
        assertThat(model.criticalPath().limiting().delayNs().value()).isEqualTo(0.62);
        assertThat(model.ownFigures().sources()).contains("memory compiler, run 17", "LPDDR4 data sheet");
        assertThat(model.ownFigures().files().get(0).sha256()).hasSize(64);
    }

    /** At another node the figures are scaled as the built-in ones are; another shape is scaled by the laws and marked. */
    @Test
    void figuresAreScaledToTheMachine() throws IOException {
        EnergyModel at45 = EnergyModel.of(with(EIE, example()));
        EnergyModel wide = EnergyModel.of(with(EIE_28, example()).withSettings(List.of("spmat_row_entries=16")));

        assertThat(at45.energyOfPj("multiply"))
                .isCloseTo(
                        TechnologyScaling.energy(new Figure(0.33, SramTable.SOURCE), 28, 45)
                                .value(),
                        within(1e-12));
        assertThat(at45.energyOfPj("bit")).isEqualTo(8);
        assertThat(at45.criticalPath().limiting().delayNs().value()).isCloseTo(0.62 * 45 / 28, within(1e-12));
        assertThat(wide.energyOfPj("read_row")).isGreaterThan(14.2);
        assertThat(wide.notes()).anyMatch(note -> note.contains("extrapolated: SpmatRead read_row"));
    }

    @Test
    void whatIsNotGivenStaysBuiltInAndIsNamed() {
        EnergyModel model =
                EnergyModel.of(with(EIE, "node: {technology_nm: 45, source: s}\ndram: {pj_per_bit: 3, source: s}\n"));

        for (Action action : EnergyModel.of(EIE).actions()) {
            double expected =
                    action.name().equals("bit") ? 3 : action.energyPj().value();
            assertThat(model.energyOfPj(action.name())).as(action.name()).isEqualTo(expected);
        }
        assertThat(model.area().mm2()).isEqualTo(EnergyModel.of(EIE).area().mm2());
        assertThat(model.notes())
                .containsExactly(folder.resolve("figures.yaml")
                        + " says nothing of sram, operations, stages, register, wire, leakage; built-in figures are"
                        + " used for that");
    }

    @Test
    void theNamesAreThoseOfTheModel() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        EnergyModel.of(EIE)
                .actions()
                .forEach(action -> names.merge(
                        action.component().name().toLowerCase(Locale.ROOT),
                        List.of(action.name()),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));

        assertThat(new TreeMap<>(FigureNames.ACTIONS)).isEqualTo(new TreeMap<>(names));
        assertThat(FigureNames.OPERATIONS).containsExactlyInAnyOrderElementsOf(lower(LogicOperation.values()));
        assertThat(FigureNames.STAGES).containsExactlyElementsOf(lower(Stage.values()));
        assertThat(lower(Component.values())).containsAll(FigureNames.AREAS);
    }

    private static List<String> lower(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void badFilesAreRefusedInOneLine() {
        String node = "node: {technology_nm: 45, source: s}\n";
        assertRefused("wire: {pj_per_mm: 1, source: s}\n", "line 1: a file of figures needs node");
        assertRefused(node + "wires: {pj_per_mm: 1, source: s}\n", "line 2: unknown key \"wires\"", "wire");
        assertRefused(node + "dram: {pj_per_bit: 8}\n", "line 2: dram needs source");
        assertRefused(node + "dram: {pj_per_bit: 8, source: ' '}\n", "line 2: source of dram takes a text");
        assertRefused(node + "dram: {pj_per_bit: -8, source: s}\n", "pj_per_bit of dram takes a number, 0 or more");
        assertRefused(node + "dram: {pj_per_bit: much, source: s}\n", "pj_per_bit of dram takes a number, 0 or more");
        assertRefused(node + "operations: {mutliply: {bits: 16}}\n", "unknown key \"mutliply\"", "multiply");
        assertRefused(
                node + "operations: {multiply: {bits: 16, energy_pj: 1, source: s}}\n",
                "operation multiply needs area_um2");
        assertRefused(
                node + "sram:\n  - {memory: weight, bytes: 1, width_bits: 8, read_pj: 1, write_pj: 1, leakage_mw: 1,"
                        + " access_ns: 1, area_mm2: 1, source: s}\n",
                "line 3: memory \"weight\" is not one of weights, pointers, activations (did you mean weights?)");
        assertRefused(node + "accelergy: [none.yaml]\n", "none.yaml: there is no such file");
        assertThatThrownBy(() -> EIE.withSettings(List.of("energy=nowhere.yaml")))
                .hasMessage("energy: nowhere.yaml: there is no such file");
        assertThatThrownBy(() ->
                        with(EIE, node + "dram: {pj_per_bit: 8, source: s}\n").with(Parameters.DRAM_PJ_PER_BIT, 4.0))
                .hasMessageContaining("leave one out");
    }

    private void assertRefused(String yaml, String... parts) {
        assertThatThrownBy(() -> with(EIE, yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "energy: " + folder.resolve("figures.yaml").getParent())
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    private static final String ERT = """
        ERT:
          version: 0.4
          tables:
            - name: system.eie.spmat_read[1..64]
              actions:
                - name: read_row
                  arguments: {}
                  energy: 30.5
                - {name: write_row, energy: 20.5}
            - name: system.eie.act_rw
              actions: [{name: read_source, energy: 0.25}]
        """;

    @Test
    void tablesOfAccelergyAreReadByName() throws IOException {
        EnergyModel ert = EnergyModel.of(with(EIE, ERT));
        assertThat(ert.energyOfPj("read_row")).isEqualTo(30.5);
        assertThat(ert.energyOfPj("read_source")).isEqualTo(0.25);
        assertThat(ert.energyOfPj("multiply")).isEqualTo(EnergyModel.of(EIE).energyOfPj("multiply"));
        assertThat(ert.notes().get(0)).contains("says nothing of act_queue.pop, ", "dram.bit; built-in figures");

        Files.writeString(folder.resolve("ERT.yaml"), ERT);
        Files.writeString(
                folder.resolve("ART.yaml"),
                "ART_summary: {version: 0.4, table_summary: [{name: eie.arithm_unit, area: 4000}]}\n");
        EnergyModel both =
                EnergyModel.of(with(EIE, "node: {technology_nm: 45, source: s}\naccelergy: [ERT.yaml, ART.yaml]\n"));
        assertThat(both.energyOfPj("read_row")).isEqualTo(30.5);
        assertThat(both.area().mm2(Component.ARITHM_UNIT)).isCloseTo(64 * 4000 / 1e6, within(1e-12));
        assertThat(both.ownFigures().files()).hasSize(3);

        assertRefused(
                ERT.replace("act_rw", "act_wr"), "component system.eie.act_wr: \"act_wr\" is not one of", "act_rw?");
        assertRefused(ERT.replace("read_source", "leak"), "action of system.eie.act_rw \"leak\" is not one of");
        assertRefused(ERT.replace("write_row", "read_row"), "has two values, 30.5 and 20.5; leave one");
        assertRefused("ERT: {version: 0.4}\n", "line 1: ERT needs a list tables");
    }

    /** A machine's file names the figures beside it, and shows what it was read from. */
    @Test
    void aMachineNamesItsFigures() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "base: eie-256-28nm\nenergy: own.yaml\n");
        Files.writeString(folder.resolve("own.yaml"), example());
        MachineConfig machine = ConfigReader.read(folder.resolve("mine.yaml"));

        assertThat(machine.text(Parameters.ENERGY))
                .isEqualTo(folder.resolve("own.yaml").toString());
        assertThat(EnergyModel.of(machine).energyOfPj("multiply")).isEqualTo(0.33);
        assertThat(machine.get(Parameters.ENERGY).isGiven()).isTrue();
        assertThat(EIE.get(Parameters.ENERGY)).isSameAs(OwnFigures.NONE);
    }
}
