package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The quickstart on a network of a few neurons and images of eight by eight pixels. */
class QuickstartCommandTest {
    private static final List<String> FILES = List.of("net.onnx", "net.eie", "net.eiex", "run.json", "report.html");

    @TempDir
    static Path folder;

    private static Path data;
    private static Path recipe;
    private static Path first;
    private static CliRun run;

    @BeforeAll
    static void runOnce() throws IOException {
        data = TinyImages.write(folder.resolve("data"));
        recipe = Files.writeString(folder.resolve("recipe.yaml"), """
            seed: 5
            steps:
              - {method: magnitude-prune, parameters: {density: 0.4, epochs: 3, batch-size: 8}}
              - {method: share-weights, parameters: {epochs: 1, batch-size: 8}}
            """);
        first = folder.resolve("deep/first");
        run = quickstart(first, "--json", folder.resolve("q.json"));
    }

    private static CliRun quickstart(Path output, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("quickstart", "--net", "mlp-12", "--data", data));
        arguments.addAll(List.of("--recipe", recipe, "--epochs", 12, "--set", "pes=8", "-o", output));
        arguments.addAll(List.of(more));
        return CliRun.ok(arguments.toArray());
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void everyStageSaysWhatItDidAndLeavesItsFile() {
        assertThat(run.out())
                .contains("1/5  eie train mlp-12 --data " + data + " --epochs 12 --seed 1 -o net.onnx")
                .contains("2/5  eie compress net.onnx --recipe " + recipe, "magnitude-prune: fc1, fc2")
                .contains("3/5  eie compile net.eie --arch eie-isca16 --set pes=8 -o net.eiex")
                .contains("4/5  eie simulate net.eie --arch eie-isca16 --set pes=8 --numeric fixed16 --data ")
                .contains("5/5  eie report run.json -o report.html")
                .contains("code bits", "P+Q+H %", "total")
                .contains(" dense, ", " compressed, ", " simulated in fixed point", " cycles, ");
        for (String file : FILES) {
            assertThat(first.resolve(file)).isNotEmptyFile();
        }
    }

    @Test
    void theJsonHasWhatItShouldAndTheNumbersFitTogether() throws IOException {
        JsonNode json = json(folder.resolve("q.json"));
        JsonNode simulated = json(first.resolve("run.json"));

        assertThat(json.get("dense_accuracy").doubleValue()).isBetween(0.7, 1.0);
        assertThat(json.get("simulated_accuracy").doubleValue())
                .isCloseTo(json.get("compressed_accuracy").doubleValue(), within(2.0 / TinyImages.NUM_TEST));
        assertThat(json.get("simulated_accuracy")).isEqualTo(simulated.get("accuracy"));
        assertThat(json.get("cycles_per_input")).isEqualTo(simulated.get("cycles_per_input"));
        assertThat(json.get("ratio").doubleValue())
                .isEqualTo(4.0 * (64 * 12 + 12 + 12 * 4 + 4) / Files.size(first.resolve("net.eie")));
        assertThat(json.get("seconds").doubleValue()).isPositive();
        assertThat(json.has("energy_nj_per_input")).isTrue();
        assertThat(simulated.get("numeric").textValue()).isEqualTo("fixed16");
        assertThat(simulated.get("engine").textValue()).isEqualTo("exact");
        assertThat(simulated.get("inputs").intValue()).isEqualTo(TinyImages.NUM_TEST);
        assertThat(simulated.get("config").get("pes").intValue()).isEqualTo(8);
    }

    @Test
    void theCommandsItPrintsGiveTheSameFiles() throws IOException {
        Path onnx = folder.resolve("net.onnx");
        Path eie = folder.resolve("net.eie");
        CliRun.ok("train", "mlp-12", "--data", data, "--epochs", 12, "--seed", 1, "-o", onnx, "-q");
        CliRun.ok("compress", onnx, "--recipe", recipe, "--data", data, "--seed", 1, "-o", eie, "-q");
        JsonNode simulated = CliRun.ok(
                        "simulate", eie, "--set", "pes=8", "--numeric", "fixed16", "--data", data, "--json", "-")
                .json();

        assertThat(onnx).hasSameBinaryContentAs(first.resolve("net.onnx"));
        assertThat(eie).hasSameBinaryContentAs(first.resolve("net.eie"));
        assertThat(simulated.get("layers"))
                .isEqualTo(json(first.resolve("run.json")).get("layers"));
    }

    @Test
    void aSecondRunGivesTheSameBytesWhateverTheThreadsAndReplacesTheFirst() throws IOException {
        Path second = folder.resolve("second");
        quickstart(second, "--threads", 1, "-q");
        Files.copy(first.resolve("net.eie"), second.resolve("net.eie"), StandardCopyOption.REPLACE_EXISTING);
        Files.write(second.resolve("net.eie"), new byte[7], StandardOpenOption.APPEND);
        String again = quickstart(second, "--threads", 3, "--json", "-").out();

        assertThat(again).startsWith("{").doesNotContain("1/5");
        for (String file : FILES) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    @Test
    void mistakesAreFoundBeforeAnythingIsTrained() throws IOException {
        Path file = Files.writeString(folder.resolve("occupied"), "");
        assertThat(CliRun.refusal("quickstart", "-o", file, "-q")).contains("occupied");
        Path none = folder.resolve("none");
        assertThat(CliRun.failure("quickstart", "-o", none, "-q", "--net", "lenet-300-10x"))
                .contains("lenet-300-100");
        assertThat(CliRun.failure("quickstart", "-o", none, "-q", "--recipe", "deep"))
                .contains("deep-compression");
        assertThat(CliRun.failure("quickstart", "-o", none, "-q", "--data", "mnist"))
                .contains("fashion-mnist");
        assertThat(CliRun.failure("quickstart", "-o", none, "-q", "--set", "pez=8"))
                .contains("pes");
        assertThat(none).doesNotExist();
    }

    /** The default is to be reproducible; both forms of the option say what they say. */
    @Test
    void isReproducibleUnlessToldOtherwise() {
        assertThat(isReproducible()).isTrue();
        assertThat(isReproducible("--reproducible")).isTrue();
        assertThat(isReproducible("--no-reproducible")).isFalse();
    }

    private static boolean isReproducible(String... arguments) {
        CommandLine command = new CommandLine(new QuickstartCommand());
        command.parseArgs(arguments);
        return command.getCommandSpec().findOption("--reproducible").<Boolean>getValue();
    }
}
