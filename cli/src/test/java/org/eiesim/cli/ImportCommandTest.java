package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.eiesim.models.data.NpyFile;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String PROTOTXT = """
        name: "tiny"
        input: "data"
        input_dim: 1 input_dim: 8 input_dim: 1 input_dim: 1
        layer { name: "fc" type: "InnerProduct" bottom: "data" top: "fc" inner_product_param { num_output: 2 } }
        """;

    @TempDir
    Path folder;

    /** One 4-bit layer of two entries: weight 3 at position 2, weight 5 at position 9. */
    private static byte[] file() {
        ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(2);
        for (int i = 0; i < 16; i++) {
            out.putFloat(i);
        }
        out.putFloat(0.5f).putFloat(-0.5f);
        out.put((byte) 0x53).put((byte) 0x62);
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void theImportedNetworkHasTheAuthorsCodes() throws IOException {
        Path net = Files.write(folder.resolve("tiny.net"), file());
        Path prototxt = Files.writeString(folder.resolve("tiny.prototxt"), PROTOTXT);
        Path container = folder.resolve("tiny.eie");
        JsonNode json = CliRun.ok("import", net, "--prototxt", prototxt, "-o", container, "--json", "-")
                .json();
        JsonNode layer = json.get("layers").get(0);
        assertThat(layer.get("shape")).hasToString("[2,8]");
        assertThat(layer.get("nonzeros").intValue()).isEqualTo(2);
        assertThat(layer.get("codebook_size").intValue()).isEqualTo(16);
        CliRun.ok("verify", container);
        Path arrays = folder.resolve("arrays");
        CliRun.ok("decode", container, "-o", arrays);
        ByteBuffer weights = ByteBuffer.wrap(Files.readAllBytes(arrays.resolve("fc.weight.npy")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int header = weights.capacity() - 16 * Float.BYTES;
        assertThat(weights.getFloat(header + 2 * Float.BYTES)).isEqualTo(3);
        assertThat(weights.getFloat(header + 9 * Float.BYTES)).isEqualTo(5);
    }

    @Test
    void damageIsOneLine() throws IOException {
        Path cut = Files.write(folder.resolve("cut.net"), Arrays.copyOf(file(), 60));
        Path prototxt = Files.writeString(folder.resolve("tiny.prototxt"), PROTOTXT);
        Path container = folder.resolve("tiny.eie");
        assertThat(CliRun.failure("import", cut, "--prototxt", prototxt, "-o", container))
                .contains("cut.net");
        assertThat(CliRun.failure("import", folder.resolve("no.net"), "--prototxt", prototxt, "-o", container))
                .contains("no.net");
        assertThat(CliRun.usageError("import", cut, "-o", container)).contains("--prototxt");
        assertThat(container).doesNotExist();
    }

    /** A chain of two dense layers: the first has three different weights, the second 300. */
    private Path arrays() throws IOException {
        Path arrays = Files.createDirectory(folder.resolve("in"));
        NpyFile.write(arrays.resolve("a.npy"), new Tensor(Shape.of(2, 3), new float[] {0, 2, -1, 2, 0, 0}));
        float[] values = new float[300];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 8f;
        }
        NpyFile.write(arrays.resolve("b.npy"), new Tensor(Shape.of(150, 2), values));
        Files.writeString(arrays.resolve("network.json"), """
            {"name": "arrays", "input": {"name": "x", "shape": [3]}, "layers": [
              {"type": "dense", "name": "first", "weight": "a.npy"}, {"type": "relu"},
              {"type": "dense", "name": "second", "weight": "b.npy"}]}
            """);
        return arrays;
    }

    @Test
    void aFolderOfArraysKeepsItsWeights() throws IOException {
        Path container = folder.resolve("arrays.eie");
        Path arrays = arrays();
        JsonNode json =
                CliRun.ok("import", arrays, "-o", container, "--json", "-").json();
        assertThat(json.get("network").textValue()).isEqualTo("arrays");
        assertThat(json.get("layers")).hasSize(1);
        assertThat(json.get("layers").get(0).get("codebook_size").intValue()).isEqualTo(3);
        assertThat(json.get("unshared")).hasToString("[\"second\"]");
        assertThat(CliRun.ok("import", arrays, "-o", container).out())
                .contains("more than 256 different weights: second; eie compress shares them");
        Path decoded = folder.resolve("decoded");
        CliRun.ok("decode", container, "-o", decoded);
        assertThat(NpyFile.read(decoded.resolve("first.weight.npy"))).isEqualTo(NpyFile.read(arrays.resolve("a.npy")));
        assertThat(NpyFile.read(decoded.resolve("second.weight.npy"))).isEqualTo(NpyFile.read(arrays.resolve("b.npy")));
        assertThat(CliRun.failure("simulate", container)).contains("second", "not shared; compress it first");
        Path shared = folder.resolve("shared.eie");
        CliRun.ok("compress", container, "--quiet", "--recipe", "share-only", "-o", shared);
        CliRun.ok("simulate", shared, "--verify");
    }

    /** Hidden size 2: rows of base64, all of them the one byte 0 or 254 but for one. */
    private Path handwriting() throws IOException {
        String wide = text(0, 254, 127, 127, 127, 127, 127, 127);
        return Files.writeString(
                folder.resolve("weights.json"),
                "[[[" + text(0, 127, 254) + "],[" + text(127, 127, 0) + "]]," + text(127, 127, 128) + ",[[" + wide
                        + "],[" + wide + "],[" + wide + "]],[[" + wide + "],[" + wide + "]]," + wide + "]");
    }

    private static String text(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return '"' + Base64.getEncoder().encodeToString(bytes) + '"';
    }

    @Test
    void theHandwritingNetworkKeepsItsEightBitWeights() throws IOException {
        Path container = folder.resolve("handwriting.eie");
        JsonNode json = CliRun.ok("import", handwriting(), "--steps", 5, "-o", container, "--json", "-")
                .json();
        assertThat(json.get("unshared")).isEmpty();
        assertThat(json.get("layers").findValuesAsText("name"))
                .containsExactly("lstm.input_weight", "lstm.recurrent_weight", "out");
        assertThat(json.get("layers").get(1).get("codebook_size").intValue()).isEqualTo(3);
        JsonNode run =
                CliRun.ok("simulate", container, "--verify", "--json", "-").json();
        assertThat(run.get("layers").get(0).get("vectors").intValue()).isEqualTo(5);
    }

    @Test
    void thePublishedHandwritingNetworkIsSharedExactly() {
        Path container = folder.resolve("handwriting.eie");
        JsonNode json = CliRun.ok(
                        "import",
                        Checkout.shared("models/lstm/handwriting_lstm500_b64_weights.json"),
                        "--steps",
                        100,
                        "-o",
                        container,
                        "--json",
                        "-")
                .json();
        assertThat(json.get("unshared")).isEmpty();
        assertThat(json.get("layers")).hasSize(3);
        assertThat(json.get("layers").get(1).get("weights").intValue()).isEqualTo(1_000_000);
    }

    @Test
    void whatASourceIsDecidesWhichOptionsItNeeds() throws IOException {
        Path container = folder.resolve("x.eie");
        Path weights = handwriting();
        assertThat(CliRun.usageError("import", weights, "-o", container)).contains("--steps", "weights.json");
        assertThat(CliRun.usageError("import", weights, "--steps", 0, "-o", container))
                .contains("--steps must be at least 1, not 0");
        assertThat(CliRun.usageError("import", weights, "--steps", 1, "--prototxt", weights, "-o", container))
                .contains("--prototxt says nothing about the handwriting network");
        Path net = Files.write(folder.resolve("tiny.net"), file());
        assertThat(CliRun.usageError("import", net, "--steps", 1, "-o", container))
                .contains("--steps says nothing");
        assertThat(CliRun.usageError("import", arrays(), "--steps", 1, "-o", container))
                .contains("--steps says nothing");
        assertThat(container).doesNotExist();
    }

    @Test
    void damagedArraysAndWeightsAreOneLine() throws IOException {
        Path container = folder.resolve("x.eie");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(CliRun.failure("import", empty, "-o", container)).contains("network.json", "no such file");
        assertThat(CliRun.failure("import", folder.resolve("none"), "-o", container))
                .contains("none", "no such file");
        Path arrays = arrays();
        Files.delete(arrays.resolve("b.npy"));
        assertThat(CliRun.failure("import", arrays, "-o", container)).contains("b.npy");
        Path weights = Files.writeString(folder.resolve("bad.json"), "[[1]");
        assertThat(CliRun.failure("import", weights, "--steps", 2, "-o", container))
                .contains("bad.json", "not JSON");
        Files.writeString(weights, "{}");
        assertThat(CliRun.failure("import", weights, "--steps", 2, "-o", container))
                .contains("an array of 5 tensors");
        assertThat(container).doesNotExist();
    }
}
