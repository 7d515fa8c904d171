package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateTraceTest {
    @TempDir
    private Path folder;

    private static Path layer(String name) throws IOException {
        return Checkout.referenceLayers().stream()
                .filter(path -> path.endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tracesTheClockedEngineBesideTheRun() throws IOException {
        Path vcd = folder.resolve("trace.vcd");
        Path events = folder.resolve("trace.json");
        Path layer = layer("pe16");
        Object[] plain = {"simulate", layer, "--json", "-"};
        Object[] traced = {
            "simulate",
            layer,
            "--vcd",
            vcd,
            "--perfetto",
            events,
            "--trace-pes",
            "3,0-1",
            "--trace-from",
            "10",
            "--trace-cycles",
            "50",
            "--json",
            "-"
        };

        assertThat(CliRun.ok(traced).json().get("layers"))
                .isEqualTo(CliRun.ok(plain).json().get("layers"));

        String text = Files.readString(vcd);
        assertThat(text).contains("$scope module pe0 ", "$scope module pe3 ").doesNotContain("pe2 ", "pe4 ");
        assertThat(text).contains("\n#" + 10 * 1250 + "\n").endsWith("#" + 60 * 1250 + "\n");
        JsonNode tree = new ObjectMapper().readTree(events.toFile());
        assertThat(tree.get("traceEvents").size()).isGreaterThan(20);
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        Path layer = layer("pe16");
        Path vcd = folder.resolve("trace.vcd");
        assertThat(CliRun.usageError("simulate", layer, "--engine", "exact", "--vcd", vcd))
                .contains("clocked engine", "--engine exact");
        assertThat(CliRun.usageError("simulate", layer, "--trace-cycles", "5")).contains("--trace-cycles needs --vcd");
        assertThat(CliRun.usageError("simulate", layer, "--vcd", vcd, "--trace-pes", "1-"))
                .contains("'1-'");
        assertThat(CliRun.failure("simulate", layer, "--vcd", vcd, "--trace-pes", "16"))
                .contains("PEs 0 to 15");
        assertThat(CliRun.failure("simulate", layer, "--vcd", vcd, "--trace-from", "100000"))
                .contains("from cycle 100000");
        assertThat(CliRun.failure("simulate", layer, "--vcd", vcd, "--trace-cycles", "100000"))
                .contains("take at most 65536 cycles");
        assertThat(CliRun.failure("simulate", layer, "--vcd", vcd, "--trace-input", "1"))
                .contains("inputs 0 to 0");
        assertThat(CliRun.failure("simulate", layer, "--vcd", vcd, "--trace-layer", "fc9"))
                .contains("\"fc9\"", "\"pe16\"");
        assertThat(vcd).doesNotExist();
    }

    /** What simulate writes is what report reads. */
    @Test
    void theRunBecomesAReport() throws IOException {
        Path run = folder.resolve("run.json");
        Path page = folder.resolve("report.html");

        CliRun.ok("simulate", layer("pe16"), "--json", run);
        CliRun.ok("report", run, "-o", page);

        assertThat(Files.readString(page)).contains("\"network\":\"pe16\"");
    }
}
