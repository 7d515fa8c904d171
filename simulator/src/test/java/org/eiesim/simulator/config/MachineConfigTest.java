package org.eiesim.simulator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.target.Target;
import org.eiesim.compiler.target.Target.BiasMode;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.fixed.Rounding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineConfigTest {
    @Test
    void thePaperMachineIsThePapers() {
        MachineConfig eie = Presets.load(Presets.EIE_ISCA16);

        assertThat(eie.target()).isEqualTo(new Target(64, 4, 4, 131072, 16384, 64, BiasMode.PRELOAD));
        assertThat(eie.queueSlots()).isEqualTo(8);
        assertThat(eie.spmatRowEntries()).isEqualTo(8);
        assertThat(eie.broadcastWidth()).isEqualTo(1);
        assertThat(eie.liveInputs()).isEqualTo(LiveInputs.NONZERO);
        assertThat(eie.rounding()).isEqualTo(Rounding.HALF_UP);
        assertThat(eie.get(Parameters.ACTIVATION_BITS)).isEqualTo(16);
        assertThat(eie.get(Parameters.WEIGHT_VALUE_BITS)).isEqualTo(16);
        assertThat(eie.get(Parameters.ACCUMULATOR_BITS)).isEqualTo(16);
        assertThat(eie.get(Parameters.TECHNOLOGY_NM)).isEqualTo(45);
        assertThat(eie.microseconds(7926)).isEqualTo(9.9075);
    }

    @Test
    void theProjectionDiffersInPesClockAndTechnology() {
        MachineConfig projection = Presets.load(Presets.EIE_256_28NM);

        assertThat(projection)
                .isEqualTo(Presets.load(Presets.EIE_ISCA16)
                        .withSettings(List.of("pes=256", "clock_mhz=1200", "technology_nm=28", "accumulator_bits=32")));
    }

    @Test
    void everyParameterIsStatedInThePaperMachine() {
        String text = Presets.text(Presets.EIE_ISCA16);

        assertThat(Parameters.ALL).allSatisfy(parameter -> assertThat(text).contains("\n" + parameter.key() + ": "));
        assertThat(Parameters.ALL.stream().map(Parameter::key)).doesNotHaveDuplicates();
    }

    @Test
    void thePresetsAreTheFilesInConfigs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../configs"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Presets.names().stream().map(name -> name + ".yaml").toList());
        }
        for (String name : Presets.names()) {
            assertThat(ConfigReader.read(Path.of("../configs", name + ".yaml"))).isEqualTo(Presets.load(name));
        }
    }

    @Test
    void everyDefaultIsInItsRange() {
        assertThat(Parameters.ALL)
                .allSatisfy(parameter -> assertThat((Object) parameter.parse(parameter.defaultText()))
                        .isEqualTo(parameter.defaultValue()));
        assertThat(MachineConfig.defaults()).isEqualTo(Presets.load(Presets.EIE_ISCA16));
    }

    @Test
    void whatIsShownIsReadBack() throws FormatException {
        MachineConfig odd = MachineConfig.defaults()
                .withSettings(List.of(
                        "pes = 3", "clock_mhz=333.25", "rounding=half_even", "live_inputs=positive", "bias=column"));

        assertThat(ConfigReader.parse(odd.toYaml(), "shown")).isEqualTo(odd);
        assertThat(odd.toMap()).containsEntry("pes", 3).containsEntry("clock_mhz", 333.25);
        assertThat(odd.toMap()).containsEntry("rounding", "half_even").hasSize(Parameters.ALL.size());
    }

    @Test
    void aBaseHoldsForWhatIsNotWritten() throws FormatException {
        MachineConfig config = ConfigReader.parse("pes: 16\nbase: eie-256-28nm\n", "mine");

        assertThat(config).isEqualTo(Presets.load(Presets.EIE_256_28NM).with(Parameters.PES, 16));
        assertThat(ConfigReader.parse("# nothing\n", "empty")).isEqualTo(MachineConfig.defaults());
    }

    @Test
    void badSettingsNameKeyValueRangeAndTheNearestKey() {
        assertSettingRefused(
                "queue_slot=8",
                "unknown parameter \"queue_slot\" of a machine, did you mean queue_slots? ('eie config list' names"
                        + " them all)");
        assertSettingRefused(
                "colck_mhz=8",
                "unknown parameter \"colck_mhz\" of a machine, did you mean clock_mhz? ('eie config list' names them"
                        + " all)");
        assertSettingRefused("queue_slots=1", "queue_slots takes a whole number, 2..65536, not \"1\"");
        assertSettingRefused("pes=4097", "pes takes a whole number, 1..4096, not \"4097\"");
        assertSettingRefused("pes=many", "pes takes a whole number, 1..4096, not \"many\"");
        assertSettingRefused("pes=99999999999", "pes takes a whole number, 1..4096, not \"99999999999\"");
        assertSettingRefused("clock_mhz=NaN", "clock_mhz takes a number, 1..10000, not \"NaN\"");
        assertSettingRefused("clock_mhz=fast", "clock_mhz takes a number, 1..10000, not \"fast\"");
        assertSettingRefused("rounding=up", "rounding takes one of half_up, truncate, half_even, not \"up\"");
        assertSettingRefused(
                "placement=balanced",
                "placement takes one of interleaved, balanced_entries, balanced_live, not \"balanced\"; did you mean"
                        + " balanced_entries?");
        assertSettingRefused("pes", "\"pes\" is not of the form key=value");
        assertSettingsRefused(
                List.of("spmat_sram_bytes=16", "spmat_row_entries=64"),
                "spmat_sram_bytes: 16 bytes hold 16 entries, less than one row of spmat_row_entries = 64");
    }

    private static void assertSettingRefused(String setting, String message) {
        assertSettingsRefused(List.of(setting), message);
    }

    private static void assertSettingsRefused(List<String> settings, String message) {
        assertThatThrownBy(() -> MachineConfig.defaults().withSettings(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void badFilesNameTheLine() {
        assertFileRefused(
                "pes: 4\n\nqueue_slot: 8\n",
                "bad.yaml line 3: unknown parameter \"queue_slot\" of a machine, did you mean queue_slots? ('eie"
                        + " config list' names them all)");
        assertFileRefused("pes: 4\npes: 5\n", "bad.yaml line 2: \"pes\" is given twice");
        assertFileRefused("pes: 0\n", "bad.yaml line 1: pes takes a whole number, 1..4096, not 0");
        assertFileRefused("pes: [1, 2]\n", "bad.yaml line 1: pes takes a whole number, 1..4096, not a list");
        assertFileRefused("pes:\n", "bad.yaml line 1: a value is missing");
        assertFileRefused("- pes\n", "bad.yaml line 1: a machine is a map from keys to values");
        assertFileRefused("pes: 4\n---\npes: 5\n", "bad.yaml line 3: a second document starts; only one is read");
        assertFileRefused(
                "base: eie\n",
                "bad.yaml line 1: base takes one of eie-isca16, eie-256-28nm, not \"eie\"; did you mean eie-isca16?");
        assertThatThrownBy(() -> ConfigReader.parse("pes: 4\n  queue: {{\n", "bad.yaml"))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("bad.yaml line 2: is not YAML: ")
                .message()
                .doesNotContain("\n");
    }

    private static void assertFileRefused(String yaml, String message) {
        assertThatThrownBy(() -> ConfigReader.parse(yaml, "bad.yaml"))
                .isInstanceOf(FormatException.class)
                .hasMessage(message);
    }

    @Test
    void aMachineIsAPresetOrAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, "base: eie-isca16\npes: 8\n");

        assertThat(ConfigReader.open("eie-isca16")).isEqualTo(Presets.load(Presets.EIE_ISCA16));
        assertThat(ConfigReader.open(file.toString()).pes()).isEqualTo(8);
        assertThatThrownBy(() -> ConfigReader.open("eie-isca17"))
                .isInstanceOf(FormatException.class)
                .hasMessage("eie-isca17: is neither a file nor a preset (eie-isca16, eie-256-28nm)");
        Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28});
        assertThatThrownBy(() -> ConfigReader.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ": is not UTF-8 text");
    }

    @Test
    void damagedFilesGiveOneLineAndNothingElse() {
        String text = Presets.text(Presets.EIE_ISCA16);
        String odd = "[]{}:-#&*!|>'\"%@`,?\t\n 0\u0000\uFFFF";
        int refused = 0;
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            StringBuilder damaged = new StringBuilder(text.substring(0, random.nextInt(text.length())));
            for (int i = random.nextInt(4); i >= 0 && damaged.length() > 0; i--) {
                damaged.setCharAt(random.nextInt(damaged.length()), odd.charAt(random.nextInt(odd.length())));
            }
            try {
                var unused = ConfigReader.parse(damaged.toString(), "damaged");
            } catch (FormatException e) {
                refused++;
                assertThat(e.getMessage())
                        .as("seed %d", seed)
                        .startsWith("damaged")
                        .doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void filesTooLargeToBeMachinesAreNotRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("large.yaml");
        Files.write(file, new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> ConfigReader.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ": has 1048577 bytes, expected at most 1048576");
    }
}
