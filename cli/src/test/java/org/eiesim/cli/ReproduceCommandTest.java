package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
    @Test
    void writesTheFilesAndPrintsOneLineAnArtefact(@TempDir Path folder) throws IOException {
        CliRun run = CliRun.ok("reproduce", "-o", folder.resolve("out"), "--json", folder.resolve("copy.json"));

        JsonNode json = new ObjectMapper()
                .readTree(folder.resolve("out/reproduction.json").toFile());
        assertThat(new ObjectMapper().readTree(folder.resolve("copy.json").toFile()))
                .isEqualTo(json);
        assertThat(json.get("artefacts"))
                .hasSizeGreaterThan(10)
                .allSatisfy(artefact -> assertThat(run.out().lines())
                        .anySatisfy(line -> assertThat(line)
                                .contains(artefact.get("title").textValue().split(": "))));
        assertThat(folder.resolve("out/figure11.svg")).isNotEmptyFile();
        assertThat(folder.resolve("out/reproduction.md")).isNotEmptyFile();
    }

    @Test
    void mistakesAreOneLine(@TempDir Path folder) {
        assertThat(CliRun.usageError("reproduce")).contains("--output");
        assertThat(CliRun.failure("reproduce", "-o", folder, "--fc8", folder.resolve("nothing")))
                .contains("nothing")
                .contains("is not a folder");
        assertThat(CliRun.failure("reproduce", "-o", folder, "--eie", folder.resolve("nothing.eie")))
                .contains("nothing.eie");
        assertThat(folder).isEmptyDirectory();
    }
}
