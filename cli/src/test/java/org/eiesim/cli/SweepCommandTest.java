package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {
    @TempDir
    Path folder;

    private Path spec = Path.of("");

    @BeforeEach
    void writeSpecification() throws IOException {
        spec = folder.resolve("spec.yaml");
        Files.writeString(spec, """
            parameters: {pes: [4, 8], queue_slots: [2, 8]}
            workloads: {name: tiny, shape: {inputs: 30, outputs: 40, weight_density: 0.2, live_density: 0.5}}
            """);
    }

    @Test
    void printsTheBestMachinesAndWritesTheTables() throws IOException {
        Path out = folder.resolve("out");
        CliRun run = CliRun.ok("sweep", spec, "-o", out);

        assertThat(run.out())
                .contains("4 machines, 4 lines, 0 of them finished before, 0 impossible")
                .contains("fastest", "least energy-delay", "pes=8 queue_slots=8");
        assertThat(Files.readAllLines(out.resolve("sweep.csv"))).hasSize(5);
        assertThat(out).isDirectoryContaining("glob:**sweep.parquet").isDirectoryContaining("glob:**pareto.csv");
        assertThat(CliRun.ok("sweep", spec, "-o", out).out()).contains("4 of them finished before");
        assertThat(CliRun.ok("sweep", spec, "-o", out, "--restart").out()).contains("0 of them finished before");
    }

    @Test
    void jsonIsTheSummary() throws IOException {
        Path out = folder.resolve("out");
        JsonNode json = CliRun.ok("sweep", spec, "-o", out, "--json", "-").json();

        assertThat(json.get("lines").asInt()).isEqualTo(4);
        assertThat(json.get("best").get(0).get("what").asText()).isEqualTo("fastest");
        assertThat(Files.readString(out.resolve("summary.json"))).contains("\"key\"");
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        Path out = folder.resolve("out");
        assertThat(CliRun.failure("sweep", folder.resolve("none.yaml"), "-o", out))
                .contains("none.yaml: there is no such file");
        Files.writeString(spec, "workloads: Alex-6\nparameters: {pess: 4}\n");
        assertThat(CliRun.failure("sweep", spec, "-o", out))
                .contains("spec.yaml line 2", "\"pess\"", "did you mean pes?");
        assertThat(out).doesNotExist();
        assertThat(CliRun.usageError("sweep", spec)).contains("--output");
    }

    @Test
    void refusesTheFolderOfAnotherSweep() throws IOException {
        Path out = folder.resolve("out");
        CliRun.ok("sweep", spec, "-o", out, "--quiet");
        Files.writeString(spec, "workloads: {name: tiny, shape: {inputs: 8, outputs: 8}}\n");

        assertThat(CliRun.failure("sweep", spec, "-o", out)).contains("another sweep", "--restart");
    }
}
