package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that take a container or program apart and put it together again. */
class FilesCommandsTest {
    @TempDir
    static Path shared;

    private static Path container = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void compress() throws IOException {
        container = SmallNetwork.eie(shared);
    }

    @Test
    void inspectShowsAContainerLayerByLayer() throws IOException {
        JsonNode json = CliRun.ok("inspect", container, "--json", "-").json();
        assertThat(json.get("file_bytes").longValue()).isEqualTo(Files.size(container));
        long parameters = 20 * 64 + 20 + 4 * 20;
        assertThat(json.get("dense_bytes").longValue()).isEqualTo(4 * parameters);
        assertThat(json.get("ratio").doubleValue()).isEqualTo(4.0 * parameters / Files.size(container));
        assertThat(json.get("layers")).hasSize(2);
        JsonNode hidden = json.get("layers").get(0);
        assertThat(hidden.get("name").textValue()).isEqualTo("hidden");
        assertThat(hidden.get("shape")).hasToString("[20,64]");
        assertThat(hidden.get("entries").intValue())
                .isEqualTo(hidden.get("nonzeros").intValue()
                        + hidden.get("padding").intValue());
        assertThat(hidden.get("codebook_size").intValue()).isEqualTo(16);
        String text = CliRun.ok("inspect", container).out();
        assertThat(text).contains("hidden", "20x64", "total", "provenance");
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void programsComeBackFromTheirAssembly() throws IOException {
        Path program = folder.resolve("net.eiex");
        assertThat(CliRun.ok("compile", container, "--set", "pes=4", "-o", program)
                        .out())
                .contains("2 layers", "for 4 PEs");
        assertThat(CliRun.ok("inspect", program, "--json", "-")
                        .json()
                        .get("pes")
                        .intValue())
                .isEqualTo(4);
        assertThat(CliRun.ok("inspect", program).out()).contains("hidden", "20x64");
        assertThat(CliRun.ok("verify", program).out()).contains("are right");
        Path assembly = Files.writeString(
                folder.resolve("net.asm"), CliRun.ok("disasm", program).out());
        Path written = folder.resolve("written.asm");
        CliRun.ok("disasm", program, "-o", written);
        assertThat(written).hasSameBinaryContentAs(assembly);
        Path again = folder.resolve("again.eiex");
        CliRun.ok("asm", assembly, "-o", again);
        assertThat(again).hasSameBinaryContentAs(program);
        assertThat(CliRun.ok("disasm", program, "--listing").out()).contains("matrix_vector");
    }

    @Test
    void compilePrintsWhatPassesMake() {
        Path program = folder.resolve("net.eiex");
        String all = CliRun.ok("compile", container, "-o", program, "--print-after", "all")
                .out();
        assertThat(all).contains("# after legalise", "# after tile", "# after emit");
        String one = CliRun.ok("compile", container, "-o", program, "--print-after", "tile")
                .out();
        assertThat(one).contains("# after tile").doesNotContain("# after emit");
        assertThat(CliRun.usageError("compile", container, "-o", program, "--print-after", "tiles"))
                .contains("'tiles'", "'tile'");
    }

    @Test
    void decodeGivesNumpyFilesOrOnnx() {
        Path arrays = folder.resolve("arrays");
        JsonNode json =
                CliRun.ok("decode", container, "-o", arrays, "--json", "-").json();
        assertThat(json.get("parameters")).hasSize(3);
        assertThat(arrays.resolve("hidden.weight.npy")).hasSize(128 + 4 * 20 * 64);
        assertThat(arrays.resolve("hidden.bias.npy")).exists();
        assertThat(arrays.resolve("last.weight.npy")).exists();
        assertThat(CliRun.refusal("decode", container, "-o", arrays)).contains("is not empty");
        Path onnx = folder.resolve("again.onnx");
        CliRun.ok("decode", container, "-o", onnx);
        Path again = folder.resolve("again.eie");
        CliRun.ok("compress", onnx, "--quiet", "--recipe", "share-only", "-o", again);
        assertThat(CliRun.ok("inspect", again, "--json", "-").json().get("layers"))
                .isEqualTo(CliRun.ok("inspect", container, "--json", "-").json().get("layers"));
    }

    @Test
    void anExportedLayerHasTheProductsOfTheContainer() throws IOException {
        Path input = folder.resolve("input.raw");
        Files.write(input, org.eiesim.models.data.RawFloats.toBytes(ones(SmallNetwork.NUM_INPUTS)));
        Path dumps = folder.resolve("dumps");
        JsonNode exported = CliRun.ok("export", container, "--pes", 8, "--input", input, "-o", dumps, "--json", "-")
                .json();
        assertThat(exported.get("layers")).hasSize(2);
        Path dumpOutput = folder.resolve("dump.raw");
        JsonNode dump = CliRun.ok("simulate", dumps.resolve("last"), "--output", dumpOutput, "--json", "-")
                .json();
        assertThat(dump.get("config").get("pes").intValue()).isEqualTo(8);
        Path output = folder.resolve("net.raw");
        JsonNode network = CliRun.ok(
                        "simulate", container, "--set", "pes=8", "--input", input, "--output", output, "--json", "-")
                .json();
        JsonNode dumpLayer = dump.get("layers").get(0);
        JsonNode networkLayer = network.get("layers").get(1);
        // The last layer has no bias, but a dump always broadcasts the column where it would be.
        assertThat(dumpLayer.get("accumulates")).isEqualTo(networkLayer.get("accumulates"));
        assertThat(dumpLayer.get("broadcasts").intValue())
                .isEqualTo(networkLayer.get("broadcasts").intValue() + 1);
        assertThat(dumpOutput).hasSameBinaryContentAs(output);
        assertThat(CliRun.ok("verify", dumps.resolve("hidden")).out()).contains("inside the matrix");
    }

    private static float[] ones(int length) {
        float[] values = new float[length];
        java.util.Arrays.fill(values, 1);
        return values;
    }

    @Test
    void damageIsNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(container);
        bytes[bytes.length / 2] ^= 4;
        Path flipped = Files.write(folder.resolve("flipped.eie"), bytes);
        for (String command : new String[] {"verify", "inspect", "simulate"}) {
            assertThat(CliRun.failure(command, flipped)).contains("flipped.eie", "at byte");
        }
        Path cut = Files.write(folder.resolve("cut.eie"), java.util.Arrays.copyOf(bytes, bytes.length / 3));
        assertThat(CliRun.failure("verify", cut)).contains("cut.eie");
        Path two = Files.write(folder.resolve("two.eie"), new byte[] {'E', 'I'});
        assertThat(CliRun.failure("verify", two)).contains("two.eie");
        Path other = Files.writeString(folder.resolve("other.txt"), "hello");
        assertThat(CliRun.failure("verify", other)).contains("is none of .eie, .eiex and .onnx");
        assertThat(CliRun.failure("inspect", folder)).contains("act.dat");
        assertThat(CliRun.failure("inspect", folder.resolve("none.eie"))).contains("none.eie", "no such file");
        assertThat(CliRun.failure("decode", other, "-o", folder.resolve("x"))).contains("other.txt");
        assertThat(CliRun.failure("asm", other, "-o", folder.resolve("x.eiex"))).contains("other.txt", "1:1");
        assertThat(CliRun.failure("disasm", container)).contains(".eiex");
        assertThat(CliRun.failure("export", container, "--pes", 0, "-o", folder.resolve("x")))
                .contains("0");
        assertThat(CliRun.refusal("compile", container, "-o", container.resolve("x.eiex")))
                .contains("is not a folder");
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(folder.resolve("x.eiex")).doesNotExist();
    }
}
