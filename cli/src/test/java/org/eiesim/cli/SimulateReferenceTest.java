package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The authors' own numbers, through the command line: every count equal, every output equal byte for byte. */
class SimulateReferenceTest {
    private static final Set<String> MACHINE = Set.of("pes", "inputs", "outputs", "queue_slots", "spmat_row_entries");

    static List<Path> layers() throws IOException {
        return Checkout.referenceLayers();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void bothEnginesEqualTheAuthorsSimulator(Path layer, @TempDir Path folder) throws IOException {
        JsonNode expected =
                new ObjectMapper().readTree(layer.resolve("expected.json").toFile());
        JsonNode exact = simulate(layer, expected, "exact", folder.resolve("exact.dat"));
        JsonNode clocked = simulate(layer, expected, "clocked", folder.resolve("clocked.dat"));
        for (Map.Entry<String, JsonNode> number : expected.properties()) {
            if (!MACHINE.contains(number.getKey())) {
                assertThat(exact.get(number.getKey()))
                        .as("exact " + number.getKey())
                        .isEqualTo(number.getValue());
                assertThat(clocked.get(number.getKey()))
                        .as("clocked " + number.getKey())
                        .isEqualTo(number.getValue());
            }
        }
        assertThat(clocked).isEqualTo(exact);
        assertThat(folder.resolve("exact.dat")).hasSameBinaryContentAs(layer.resolve("output.dat"));
        assertThat(folder.resolve("clocked.dat")).hasSameBinaryContentAs(layer.resolve("output.dat"));
    }

    /** Runs a layer and returns what the JSON says of it. */
    private static JsonNode simulate(Path layer, JsonNode expected, String engine, Path output) {
        List<Object> arguments = new ArrayList<>(List.of("simulate", layer, "--engine", engine, "--verify"));
        for (String key : List.of("queue_slots", "spmat_row_entries")) {
            arguments.addAll(List.of("--set", key + "=" + expected.get(key).intValue()));
        }
        arguments.addAll(List.of("--outputs", expected.get("outputs").intValue(), "--output", output, "--json", "-"));
        JsonNode run = CliRun.ok(arguments.toArray()).json();
        assertThat(run.get("engine").textValue()).isEqualTo(engine);
        assertThat(run.get("inputs").intValue()).isEqualTo(1);
        assertThat(run.get("verified").booleanValue()).isTrue();
        assertThat(run.get("config").get("pes")).isEqualTo(expected.get("pes"));
        assertThat(run.get("config").get("live_inputs").textValue()).isEqualTo("positive");
        assertThat(run.get("cycles")).isEqualTo(expected.get("cycles"));
        assertThat(run.get("time_us").doubleValue())
                .isEqualTo(expected.get("cycles").intValue() / 800.0);
        assertThat(run.get("layers")).hasSize(1);
        requireIdentity(run.get("layers").get(0));
        return run.get("layers").get(0);
    }

    /** Every cycle of every PE is accounted for. */
    private static void requireIdentity(JsonNode layer) {
        JsonNode perPe = layer.get("per_pe");
        long cycles = layer.get("cycles").longValue();
        for (int pe = 0; pe < perPe.get("accumulates").size(); pe++) {
            long sum = 0;
            for (String name : List.of(
                    "accumulates",
                    "padding_entries",
                    "empty_columns",
                    "starved_pe_cycles",
                    "fill_pe_cycles",
                    "drain_pe_cycles")) {
                sum += perPe.get(name).get(pe).longValue();
            }
            assertThat(sum).as("cycles of PE " + pe).isEqualTo(cycles);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void anotherNumberOfPesIsEncodedAnewAndGivesTheSameOutputs(Path layer, @TempDir Path folder) throws IOException {
        JsonNode expected =
                new ObjectMapper().readTree(layer.resolve("expected.json").toFile());
        Path output = folder.resolve("out.dat");
        int numPes = expected.get("pes").intValue() == 12 ? 13 : 12;
        JsonNode run = CliRun.ok(
                        "simulate",
                        layer,
                        "--set",
                        "pes=" + numPes,
                        "--outputs",
                        expected.get("outputs").intValue(),
                        "--output",
                        output,
                        "--json",
                        "-")
                .json();
        assertThat(run.get("config").get("pes").intValue()).isEqualTo(numPes);
        assertThat(run.get("notes").toString()).contains("encoded anew for " + numPes + " PEs");
        assertThat(run.get("layers").get(0).get("accumulates")).isEqualTo(expected.get("accumulates"));
        assertThat(Files.readAllBytes(output)).isEqualTo(Files.readAllBytes(layer.resolve("output.dat")));
    }
}
