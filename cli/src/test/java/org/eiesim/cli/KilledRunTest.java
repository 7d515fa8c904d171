package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of a training, and the same command after it. */
class KilledRunTest {
    @TempDir
    Path folder;

    private List<String> command(Path output) {
        return List.of(
                "train",
                "mlp-12",
                "--data",
                folder.resolve("data").toString(),
                "--epochs",
                "60",
                "--batch-size",
                "8",
                "-o",
                output.toString());
    }

    private Process start(Path output) throws IOException {
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        return new ProcessBuilder(Stream.concat(java, command(output).stream()).toList())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void goesOnAndGivesTheSameFile() throws Exception {
        TinyImages.write(folder.resolve("data"));
        Path undisturbed = folder.resolve("undisturbed.onnx");
        CliRun.of(command(undisturbed).toArray());
        Path output = folder.resolve("net.onnx");
        Path kept = folder.resolve("net.onnx.resume");

        Process process = start(output);
        try (var lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("epoch 4/")) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
            process.destroyForcibly().waitFor();
        }
        assertThat(output).doesNotExist();
        assertThat(kept).isDirectory();

        CliRun run = CliRun.of(command(output).toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("going on with what an earlier run kept", "epoch 60/60");
        assertThat(run.err()).doesNotContain("epoch 3/60");
        assertThat(output).hasSameBinaryContentAs(undisturbed);
        assertThat(kept).doesNotExist();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("data", "undisturbed.onnx", "net.onnx");
        }
    }
}
