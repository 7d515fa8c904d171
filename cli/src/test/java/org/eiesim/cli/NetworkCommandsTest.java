package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.onnx.OnnxWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Float networks looked at and compared: {@code eie inspect}, {@code eie verify} and {@code eie diff}. */
class NetworkCommandsTest {
    @TempDir
    Path folder;

    private Path write(String name, float... weights) throws IOException {
        Network network = new Network(
                "net",
                List.of(new Network.Input("x", Shape.of(3))),
                List.of(new Node.Dense("fc", "x", new Tensor(Shape.of(2, 3), weights), null)),
                List.of("fc"));
        Path file = folder.resolve(name);
        OnnxWriter.write(network, file);
        return file;
    }

    private static JsonNode json(CliRun run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void inspectCountsWhatAFloatNetworkHolds() throws IOException {
        Path file = write("a.onnx", 1, 0, 1, -0f, 2, 3);
        JsonNode json = json(CliRun.ok("inspect", file, "--json", "-"));
        JsonNode layer = json.get("layers").get(0);
        assertThat(layer.get("name").asText()).isEqualTo("fc");
        assertThat(layer.get("weights").asInt()).isEqualTo(6);
        assertThat(layer.get("zeros").asInt()).isEqualTo(2);
        assertThat(layer.get("distinct").asInt()).isEqualTo(4);
        assertThat(layer.get("multiply_adds").asInt()).isEqualTo(6);
        assertThat(json.get("inputs").get(0).get("shape").toString()).isEqualTo("[3]");
        assertThat(CliRun.ok("inspect", file).out()).contains("dense", "multiply-adds", "total");
        assertThat(CliRun.ok("verify", file).out()).contains("every node has a counterpart");
    }

    @Test
    void diffFindsWhatDiffers() throws IOException {
        Path a = write("a.onnx", 1, 0, 1, 4, 2, 3);
        Path b = write("b.onnx", 1, 0.5f, 1, 4, 2, 1);
        CliRun same = CliRun.ok("diff", a, write("c.onnx", 1, -0f, 1, 4, 2, 3));
        assertThat(same.out()).contains("the same network");
        CliRun run = CliRun.of("diff", a, b, "--json", "-");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        JsonNode parameter = json(run).get("parameters").get(0);
        assertThat(json(run).get("equal").asBoolean()).isFalse();
        assertThat(parameter.get("largest").asDouble()).isEqualTo(2);
        assertThat(parameter.get("differing").asInt()).isEqualTo(2);
        assertThat(parameter.get("zeros_differing").asInt()).isEqualTo(1);

        Path left = folder.resolve("a.eie");
        Path right = folder.resolve("b.eie");
        CliRun.ok("compress", "-q", a, "--recipe", "share-only", "-o", left);
        CliRun.ok("compress", "-q", b, "--recipe", "share-only", "-o", right);
        assertThat(CliRun.ok("diff", a, left).exitCode()).isZero();
        JsonNode codes = json(CliRun.of("diff", left, right, "--json", "-"));
        assertThat(codes.get("parameters").get(0).get("codes_differing").asInt())
                .isPositive();
    }

    @Test
    void filesOfOtherToolsAreCalledWhatTheyAre() throws IOException {
        assertThat(kind("net.bin", "\0\0\0\0TFL3....")).contains("is a TensorFlow Lite model; export");
        assertThat(kind("net.h5", "\u0089HDF\r\n")).contains("is an HDF5 file, as Keras writes");
        assertThat(kind("net.pt", "\u0080\u0002}q")).contains("is a Python pickle, as PyTorch wrote");
        assertThat(kind("net.npy", "\u0093NUMPY\1\0")).contains("is a NumPy array");
    }

    private String kind(String name, String content) throws IOException {
        Path file = Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
        return CliRun.failure("verify", file);
    }
}
