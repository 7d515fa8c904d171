package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void writesOnePage() throws IOException {
        Path run = file("run.json", "{\"format\": \"eiesim-run\", \"version\": 1, \"layers\": [{\"name\": \"fc\"}]}");
        Path table = file("sweep.csv", "workload,pareto,pes,time_us,energy_nj,area_mm2\nfc,true,4,1,2,3\n");
        Path page = folder.resolve("report.html");

        CliRun result = CliRun.ok("report", run, "--sweep", table, "-o", page, "--json", "-");

        assertThat(result.json().get("bytes").asLong()).isEqualTo(Files.size(page));
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void aWrongFileLeavesNothingBehind() throws IOException {
        Path wrong = file("wrong.json", "PK\u0003");
        Path page = folder.resolve("report.html");

        assertThat(CliRun.failure("report", wrong, "-o", page)).contains(wrong.toString(), "not JSON");
        assertThat(CliRun.failure("report", folder.resolve("none.json"), "-o", page))
                .contains("none.json");
        assertThat(CliRun.usageError("report", wrong)).contains("--output");
        assertThat(page).doesNotExist();
    }
}
