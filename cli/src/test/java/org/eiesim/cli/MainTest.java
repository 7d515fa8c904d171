package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class MainTest {
    @Test
    void versionIsOneLine() {
        assertThat(CliRun.ok("--version").out().lines())
                .singleElement()
                .asString()
                .startsWith("eie ");
    }

    @Test
    void helpListsEveryCommandAndEachCommandHasHelp() {
        String help = CliRun.ok("--help").out();
        for (Class<?> command : Commands.ALL) {
            String name = command.getAnnotation(CommandLine.Command.class).name();
            assertThat(help).contains("  " + name + " ");
            assertThat(CliRun.ok(name, "--help").out()).contains("Usage: eie " + name);
        }
        assertThat(help.lines()).allMatch(line -> line.length() <= Examples.HELP_WIDTH);
    }

    @Test
    void everyCommandThatRunsHasTheCommonOptions() {
        for (Class<?> command : Commands.ALL) {
            requireCommonOptions(new CommandLine(command).getCommandSpec());
        }
    }

    private static void requireCommonOptions(CommandSpec spec) {
        if (spec.subcommands().isEmpty()) {
            assertThat(spec.optionsMap()).as(spec.name()).containsKeys("--json", "--threads", "--quiet", "--help");
        }
        spec.subcommands().values().forEach(sub -> requireCommonOptions(sub.getCommandSpec()));
    }

    @Test
    void mistakesInTheCommandLineAreNamedWithTheNearestName() {
        assertThat(CliRun.usageError()).contains("config");
        assertThat(CliRun.usageError("confg")).contains("'confg'").contains("'config'");
        assertThat(CliRun.usageError("config", "shwo")).contains("'show'");
        assertThat(CliRun.usageError("config", "list", "--jsn", "-"))
                .contains("'--jsn'")
                .contains("'--json'");
        assertThat(CliRun.usageError("--jsn=x")).contains("unknown option '--jsn'");
        assertThat(CliRun.usageError("frobnicate")).isEqualTo("eie: unknown command 'frobnicate'");
        assertThat(CliRun.usageError("config", "list", "--frobnicate")).endsWith("unknown option '--frobnicate'");
        assertThat(CliRun.usageError("config", "list", "too", "many")).contains("'too'");
        assertThat(CliRun.usageError("config", "show")).contains("ARCH");
        assertThat(CliRun.usageError("config", "list", "--threads", "0")).contains("at least 1, not 0");
        assertThat(CliRun.usageError("config", "list", "--threads", "two")).contains("two");
        assertThat(CliRun.usageError("config", "list", "--json")).contains("--json");
        assertThat(CliRun.usageError("config", "list", "--quiet", "--quiet")).contains("--quiet");
    }

    @Test
    void configShowPrintsWhatConfigCheckReads(@TempDir Path folder) throws IOException {
        String yaml =
                CliRun.ok("config", "show", "eie-isca16", "--set", "pes=16").out();
        Path file = Files.writeString(folder.resolve("m.yaml"), yaml);
        JsonNode checked = CliRun.ok("config", "check", file, "--json", "-").json();
        assertThat(checked.get("config").get("pes").intValue()).isEqualTo(16);
        assertThat(CliRun.ok("config", "check", file).out()).contains("16 PEs").contains("pes: 16");
        JsonNode shown =
                CliRun.ok("config", "show", file, "--quiet", "--json", "-").json();
        assertThat(shown).isEqualTo(checked.get("config"));
    }

    @Test
    void jsonGoesToAFileBesideTheText(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("list.json");
        assertThat(CliRun.ok("config", "list", "--json", file).out()).contains("eie-isca16", "queue_slots");
        assertThat(Files.readString(file))
                .isEqualTo(CliRun.ok("config", "list", "--json", "-").out());
        assertThat(CliRun.ok("config", "list", "--quiet").out()).isEmpty();
    }

    @Test
    void badInputIsOneLine(@TempDir Path folder) throws IOException {
        assertThat(CliRun.failure("config", "show", "eie-isca17")).contains("eie-isca17", "eie-isca16");
        assertThat(CliRun.failure("config", "show", "eie-isca16", "--set", "peas=3"))
                .contains("\"peas\"", "did you mean pes?");
        assertThat(CliRun.failure("config", "show", "eie-isca16", "--set", "pes"))
                .contains("key=value");
        assertThat(CliRun.failure("config", "show", "eie-isca16", "--set", "pes=5000"))
                .contains("5000", "1..4096");
        Path file = Files.writeString(folder.resolve("m.yaml"), "pes: 4\nqueue_slot: 3\n");
        assertThat(CliRun.failure("config", "check", file)).contains("line 2", "queue_slots");
        assertThat(CliRun.failure("config", "check", folder)).contains(folder.toString());
        assertThat(CliRun.failure("config", "check", folder.resolve("none.yaml")))
                .contains("none.yaml", "no such file");
        assertThat(CliRun.refusal("config", "list", "--json", file.resolve("list.json")))
                .contains("m.yaml is not a folder");
        assertThat(CliRun.refusal("config", "list", "--json", folder)).contains("is a folder");
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("m.yaml"));
    }

    @Test
    void theStackTraceIsThereForTheAsking() {
        CliRun run = CliRun.of("config", "show", "nothing", "--trace");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("FormatException").contains("\tat org.eiesim");
    }
}
