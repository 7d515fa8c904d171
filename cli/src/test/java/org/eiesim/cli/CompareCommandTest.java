package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    private Path folder;

    private Path run(String name, int pes, long cycles, String layer) throws IOException {
        String text = String.format(
                "{\"format\": \"eiesim-run\", \"version\": 1, \"network\": \"net\", \"arch\": \"eie-isca16\","
                        + " \"inputs\": 2, \"cycles\": %d, \"time_us\": %s, \"energy_nj\": 3000, \"config\": {\"pes\":"
                        + " %d}, \"layers\": [{\"name\": \"fc1\", \"cycles\": %d}, {\"name\": \"%s\", \"cycles\": 8}]}",
                cycles, cycles / 800.0, pes, cycles - 8, layer);
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void showsTotalsLayersAndWhatDiffers() throws IOException {
        Path a = run("a.json", 64, 1600, "fc2");
        Path b = run("b.json", 16, 2400, "fc3");
        Path page = folder.resolve("page.html");

        CliRun result = CliRun.ok("compare", a, b, "-o", page);

        assertThat(result.out().lines()).allMatch(line -> line.length() <= 80 || line.contains(folder.toString()));
        assertThat(result.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "pes 64 16",
                        "cycles an input 800 1200 +400 +50.0",
                        "time on chip an input 1 us 1.5 us +500 ns +50.0",
                        "energy an input 1.5 uJ 1.5 uJ 0 nJ 0.0",
                        "fc2 4 - - -",
                        "fc3 - 4 - -");
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void jsonHasEveryDifference() throws IOException {
        JsonNode json = CliRun.ok(
                        "compare", run("a.json", 64, 1600, "fc2"), run("b.json", 16, 2400, "fc2"), "--json", "-")
                .json();
        assertThat(json.get("settings").toString()).isEqualTo("[{\"name\":\"pes\",\"a\":\"64\",\"b\":\"16\"}]");
        JsonNode cycles = json.get("totals").get(0);
        assertThat(cycles.get("name").asText()).isEqualTo("cycles_per_input");
        assertThat(cycles.get("difference").asDouble()).isEqualTo(400);
        assertThat(cycles.get("percent").asDouble()).isEqualTo(50);
        assertThat(json.get("layers")).hasSize(2);
    }

    @Test
    void anInputIsNotWrittenOver() throws IOException {
        Path a = run("a.json", 64, 1600, "fc2");
        Path b = run("b.json", 16, 2400, "fc2");
        assertThat(CliRun.of("compare", a, b, "-o", b).exitCode()).isEqualTo(2);
        assertThat(CliRun.failure("compare", a, folder.resolve("none.json"))).contains("none.json");
    }
}
