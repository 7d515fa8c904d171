package org.eiesim.studies.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.studies.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepSpecReaderTest {
    private static final String TINY = "workloads: {shape: {inputs: 8, outputs: 8}, name: tiny}\n";

    private static SweepSpec parse(String yaml) throws IOException {
        return SweepSpecReader.parse(yaml, "s.yaml", Path.of("."));
    }

    private static List<String> values(SweepSpec spec, String key) {
        return spec.points().stream()
                .map(point -> point.text(Parameters.byKey(key)))
                .toList();
    }

    @Test
    void walksTheGridWithTheLastParameterFastest() throws IOException {
        SweepSpec spec = parse(TINY + "parameters: {pes: [4, 2], queue_slots: [2, 3, 8], bias: column}\n");

        assertThat(values(spec, "pes")).containsExactly("4", "4", "4", "2", "2", "2");
        assertThat(values(spec, "queue_slots")).containsExactly("2", "3", "8", "2", "3", "8");
        assertThat(values(spec, "bias")).containsOnly("column");
        assertThat(values(spec, "clock_mhz")).containsOnly("800");
    }

    @Test
    void runsTheBaseWhereNothingVaries() throws IOException {
        SweepSpec spec = parse("base: eie-256-28nm\n" + TINY);

        assertThat(values(spec, "pes")).containsExactly("256");
        assertThat(spec.sample()).isEqualTo(new Sample.Grid());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "queue_slots | {from: 2, to: 70, factor: 2} | 2 4 8 16 32 64",
                "queue_slots | {from: 2, to: 9, factor: 1.5} | 2 3 4 7",
                "pes | {from: 1, to: 10, step: 4} | 1 5 9",
                "clock_mhz | {from: 0.1e3, to: 100.3, step: 0.1} | 100 100.1 100.2 100.3",
                "clock_mhz | {from: 1, to: 2, factor: 1.25} | 1 1.25 1.5625 1.953125",
                "clock_mhz | [800, 1200.50] | 800 1200.5",
                "pes | 7 | 7"
            })
    void listsRangesExactly(String key, String range, String expected) throws IOException {
        SweepSpec spec = parse(TINY + "parameters: {" + key + ": " + range + "}\n");

        assertThat(String.join(" ", values(spec, key))).isEqualTo(expected);
    }

    @Test
    void namesAllNineLayers() throws IOException {
        SweepSpec spec = parse("workloads: [eie-layers, {layer: Alex-8, live_density: 0.429, name: Alex-8 live}]\n");

        assertThat(spec.workloads().stream().map(Workload::name))
                .containsExactly(
                        "Alex-6",
                        "Alex-7",
                        "Alex-8",
                        "VGG-6",
                        "VGG-7",
                        "VGG-8",
                        "NT-We",
                        "NT-Wd",
                        "NT-LSTM",
                        "Alex-8 live");
        assertThat(spec.workloads().stream().map(Workload::identity)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"random", "sobol"})
    void drawsDifferentPointsFromTheSeed(String kind) throws IOException {
        String yaml = TINY + "sample: {" + kind + ": 40}\n"
                + "parameters:\n  pes: [1, 2, 4, 8]\n  queue_slots: {from: 2, to: 100}\n"
                + "  clock_mhz: {from: 100, to: 1600, scale: log}\n";
        List<SweepPoint> points = parse(yaml).points();

        assertThat(new HashSet<>(points.stream().map(SweepPoint::settings).toList()))
                .hasSize(40);
        assertThat(points).allSatisfy(point -> {
            assertThat(Integer.parseInt(point.text(Parameters.QUEUE_SLOTS))).isBetween(2, 100);
            assertThat(Double.parseDouble(point.text(Parameters.CLOCK_MHZ))).isBetween(100.0, 1600.0);
        });
        assertThat(points.stream().map(point -> point.text(Parameters.PES))).contains("1", "2", "4", "8");
        long slow = points.stream()
                .filter(point -> Double.parseDouble(point.text(Parameters.CLOCK_MHZ)) < 400)
                .count();
        assertThat(slow).as("half of a logarithmic interval").isBetween(12L, 28L);
        assertThat(parse(yaml).points()).isEqualTo(points);
        assertThat(parse("seed: 2\n" + yaml).points()).isNotEqualTo(points);
    }

    @Test
    void samplesTheWholeOfASmallSpaceWithoutRepetition() throws IOException {
        for (String kind : List.of("random", "sobol")) {
            SweepSpec spec =
                    parse(TINY + "sample: {" + kind + ": 6}\nparameters: {pes: [1, 2], index_bits: [2, 4, 8]}");

            assertThat(new HashSet<>(
                            spec.points().stream().map(SweepPoint::settings).toList()))
                    .hasSize(6);
        }
    }

    @Test
    void keepsPointsThatContradictThemselvesWithTheReason() throws IOException {
        SweepSpec spec = parse(TINY + "parameters: {spmat_sram_bytes: [16, 1024], spmat_row_entries: 64}\n");

        assertThat(spec.points().get(0).config()).isNull();
        assertThat(spec.points().get(0).reason()).contains("16 bytes hold 16 entries");
        assertThat(spec.points().get(1).config()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parameters: {pess: 4} | line 2: unknown parameter \"pess\" of a machine, did you mean pes?",
                "sampel: grid | line 2: unknown key \"sampel\" in a sweep, did you mean sample?",
                "sample: {random: 10, sobol: 10} | line 2: a sample takes one of random, sobol, not 2",
                "sample: {random: 3} | a sample of 3 points, but the parameters have only 1",
                "sample: lattice | line 2: sample takes grid, {random: POINTS} or {sobol: POINTS}",
                "sample: {random: 0} | random takes a whole number, 1 to 2000000, not 0",
                "parameters: {pes: []} | line 2: pes lists no value",
                "parameters: {pes: [4, 8, 4]} | line 2: pes lists 4 twice",
                "parameters: {pes: [0]} | line 2: pes takes a whole number, 1..4096, not \"0\"",
                "parameters: {pes: {from: 1, to: 8}} | line 2: pes needs step or factor in a grid",
                "parameters: {pes: {from: 1, to: 8, stp: 2}} | unknown key \"stp\" in a range, did you mean step?",
                "parameters: {pes: {from: 1, to: 8, step: 0}} | line 2: pes: step must be above 0, not 0",
                "parameters: {pes: {from: 1, to: 8, factor: 1}} | factor must be above 1",
                "parameters: {pes: {from: 9, to: 8, step: 1}} | line 2: pes: from 9 is above to 8",
                "parameters: {pes: {from: 1, to: 4, step: 0.5}} | pes takes a whole number, 1..4096, not \"1.5\"",
                "parameters: {bias: {from: 1, to: 4, step: 1}} | line 2: bias takes words, not a range",
                "parameters: {bias: colum} | line 2: bias takes one of preload, column, not \"colum\"; did you mean"
                        + " column?",
                "parameters: 4 | line 2: parameters takes a map",
                "seed: one | line 2: seed takes a whole number",
                "base: eie | eie: is neither a file nor a preset (eie-isca16, eie-256-28nm)"
            })
    void saysInOneLineWhatIsWrong(String yaml, String message) {
        assertThatThrownBy(() -> parse(TINY + yaml + "\n"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workloads: Alex-9 | line 1: unknown workload \"Alex-9\": no such layer (did you mean Alex-6?)",
                "workloads: [] | line 1: workloads names none",
                "workloads: [Alex-8, Alex-8] | line 1: two workloads are named \"Alex-8\"",
                "workloads: {layer: VGG6} | line 1: unknown layer \"VGG6\", did you mean VGG-6?",
                "workloads: {layer: VGG-6, data: x} | line 1: data does not go with layer",
                "workloads: {shape: {inputs: 4}} | a shape needs outputs",
                "workloads: {shape: {inputs: 4, outputs: 4, weight_density: 2}} | weight_density takes a number, 0..1",
                "workloads: {dump: /nowhere} | /nowhere: is not a folder",
                "workloads: {network: a.eie} | a workload takes one of data, input, not 0",
                "seed: 1 | line 1: a sweep needs workloads"
            })
    void saysWhichWorkloadIsWrong(String yaml, String message) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }
}
