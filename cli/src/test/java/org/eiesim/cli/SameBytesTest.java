package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commands in two processes, whose unordered maps and sets come in different orders, leave the same bytes. */
class SameBytesTest {
    private static final List<String> LINES = List.of(
            "compress small.onnx --recipe share-only -o net.eie --json compress.json",
            "inspect net.eie --json inspect.json",
            "verify net.eie --json verify.json",
            "compile net.eie --set pes=4 -o net.eiex --json compile.json",
            "disasm net.eiex -o net.asm --json disasm.json",
            "asm net.asm -o again.eiex --json asm.json",
            "decode net.eie -o net.onnx --json decode.json",
            "decode net.eie -o arrays --json arrays.json",
            "export net.eie --pes 2 -o dumps --json export.json",
            "simulate net.eiex --json run.json --output out.bin --vcd t.vcd --perfetto t.json --action-counts c.yaml",
            "report run.json -o report.html --json report.json",
            "sweep sweep.yaml -o swept --json sweep.json",
            "config list --json config.json",
            "config show eie-isca16 --json machine.json",
            "zoo list --json zoo.json");

    @TempDir
    Path folder;

    /** Runs all lines in the folder of the process. */
    static final class Session {
        private Session() {}

        public static void main(String[] arguments) {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            for (String line : LINES) {
                int exitCode = Main.run(out, out, (line + " -q").split(" "));
                if (exitCode != 0) {
                    System.exit(exitCode);
                }
            }
        }
    }

    private static Map<String, String> run(Path folder) throws IOException, InterruptedException {
        Files.createDirectory(folder);
        SmallNetwork.onnx(folder);
        Files.writeString(folder.resolve("sweep.yaml"), """
            parameters: {pes: [2, 4]}
            workloads: [{shape: {inputs: 32, outputs: 16, weight_density: 0.2, live_density: 0.4}}]
            """);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Session.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            // A sweep's journal holds its lines in the order in which threads finished them; the tables do not.
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("sweep.journal"))
                    .toList()) {
                contents.put(folder.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    @Test
    void twoProcessesLeaveTheSameBytes() throws Exception {
        Map<String, String> first = run(folder.resolve("a"));
        Map<String, String> second = run(folder.resolve("b"));
        assertThat(first).containsKeys("run.json", "report.html", "zoo.json", "swept/summary.json", "net.eiex");
        assertThat(second.keySet()).isEqualTo(first.keySet());
        first.forEach((name, bytes) -> assertThat(second.get(name)).as(name).isEqualTo(bytes));
    }
}
