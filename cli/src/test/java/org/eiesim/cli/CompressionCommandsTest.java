package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.container.EieVerifier;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.onnx.OnnxReader;
import org.eiesim.models.onnx.OnnxWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train}, {@code evaluate} and {@code compress} on images of eight by eight pixels. */
class CompressionCommandsTest {
    private static final String RECIPE = """
        seed: 1
        steps:
          - {method: magnitude-prune, parameters: {density: 0.3, epochs: 2, batch-size: 8}}
          - {method: share-weights, parameters: {entries: 8, epochs: 1, batch-size: 8}}
        """;

    @TempDir
    static Path folder;

    private static Path data;
    private static Path network;
    private static Path recipe;

    @BeforeAll
    static void trainOnce() throws IOException {
        data = TinyImages.write(folder.resolve("data"));
        recipe = Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
        network = folder.resolve("net.onnx");
        CliRun run = train(network);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("net.onnx: mlp-12, accuracy ");
        assertThat(run.err()
                        .lines()
                        .filter(line -> line.matches("epoch \\d/5  loss [0-9.]+  validation accuracy .* %")))
                .hasSize(5);
    }

    private static CliRun train(Path output, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("train", "mlp-12", "--data", data, "-o", output));
        arguments.addAll(List.of("--epochs", 5, "--batch-size", 8, "--learning-rate", 0.005));
        arguments.addAll(List.of(more));
        return CliRun.of(arguments.toArray());
    }

    @Test
    void aTrainedNetworkIsGoodAndTheSameEveryTime() throws IOException {
        Path again = folder.resolve("again.onnx");
        Path other = folder.resolve("other.onnx");

        JsonNode json = train(again, "--threads", 1, "-q", "--json", "-").json();
        train(other, "--seed", 2);

        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(network));
        assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(network));
        assertThat(json.get("accuracy").doubleValue()).isGreaterThan(0.9);
        assertThat(json.get("best_epoch").intValue()).isBetween(1, 5);
        assertThat(json.get("images").intValue()).isEqualTo(TinyImages.NUM_TEST);
    }

    @Test
    void compressionGivesTheSameBytesAndWhatItSays() throws IOException {
        Path first = folder.resolve("first.eie");
        Path second = folder.resolve("second.eie");

        CliRun run = CliRun.of("compress", network, "--recipe", recipe, "--data", data, "-o", first, "--threads", 1);
        JsonNode json = CliRun.ok(
                        "compress", network, "--recipe", recipe, "--data", data, "-o", second, "-q", "--json", "-")
                .json();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains(" times smaller than ", " before, ", "P+Q+H %", "total");
        assertThat(run.err()).contains("step 1/2  magnitude-prune: fc1, fc2", "epoch 2/2", "step 2/2  share-weights");
        EieVerifier.verify(first);
        assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
        assertThat(json.get("file_bytes").longValue()).isEqualTo(Files.size(first));
        assertThat(json.get("layers").get(0).get("nonzeros").intValue()).isEqualTo(Math.round(0.3f * 12 * 64));
        assertThat(json.get("layers").get(0).get("codebook_size").intValue()).isEqualTo(8);
        JsonNode evaluated =
                CliRun.ok("evaluate", first, "--data", data, "--json", "-").json();
        assertThat(evaluated.get("accuracy")).isEqualTo(json.get("accuracy"));
        assertThat(evaluated.get("correct").intValue()).isBetween(64, TinyImages.NUM_TEST);
        Path reseeded = folder.resolve("reseeded.eie");
        CliRun.ok("compress", network, "--recipe", recipe, "--data", data, "--seed", 9, "-o", reseeded, "-q");
        assertThat(EieReader.read(reseeded).provenance().seed()).isEqualTo(9);
        assertThat(Files.readAllBytes(reseeded)).isNotEqualTo(Files.readAllBytes(first));
    }

    @Test
    void evaluationDoesNotDependOnThreads() {
        JsonNode one = CliRun.ok("evaluate", network, "--data", data, "--threads", 1, "--json", "-")
                .json();
        JsonNode four = CliRun.ok("evaluate", network, "--data", data, "--threads", 4, "--json", "-")
                .json();
        String text = CliRun.ok("evaluate", network, "--data", data).out();

        assertThat(one).isEqualTo(four);
        assertThat(text).contains("(" + one.get("correct") + " of 80 test images)");
    }

    @Test
    void shareOnlyNeedsNoData() {
        Path shared = folder.resolve("shared.eie");

        JsonNode json = CliRun.ok("compress", network, "--recipe", "share-only", "-o", shared, "-q", "--json", "-")
                .json();

        assertThat(json.get("dense_accuracy").isNull()).isTrue();
        assertThat(json.get("layers").get(0).get("nonzeros").intValue()).isEqualTo(12 * 64);
        assertThat(json.get("layers").get(0).get("codebook_size").intValue()).isEqualTo(16);
    }

    @Test
    void mistakesGetOneLineThatSaysWhatToDo() throws IOException {
        Path out = folder.resolve("x.onnx");
        assertThat(CliRun.failure("train", "lenet-300-10x", "--data", data, "-o", out))
                .contains("did you mean lenet-300-100?");
        assertThat(CliRun.failure("train", "mlp-4", "--data", "fashion-mnits", "-o", out))
                .contains("fashion-mnits: is neither a folder nor one of fashion-mnist");
        Path testOnly = TinyImages.writeTestOnly(folder.resolve("test-only"));
        assertThat(CliRun.failure("train", "mlp-4", "--data", testOnly, "-o", out))
                .contains("has no training images");
        assertThat(CliRun.refusal("train", "mlp-4", "--data", data, "-o", network.resolve("x.onnx")))
                .contains("net.onnx is not a folder");
        assertThat(CliRun.refusal("train", "mlp-4", "--data", data, "-o", folder))
                .contains("is a folder");
        assertThat(CliRun.failure("train", "mlp-4", "--data", data, "-o", out, "--epochs", -1))
                .contains("epochs must be at least 0, not -1");
        assertThat(CliRun.failure("train", "mlp-4", "--data", data, "-o", out, "--learning-rate", "1e30", "-q"))
                .contains("lower the learning rate");
        assertThat(out).doesNotExist();
        assertThat(CliRun.usageError("train", "mlp-4", "-o", out)).contains("--data");
        assertThat(CliRun.usageError("train", "mlp-4", "--data", data, "-o", out, "--optimizer", "adm"))
                .contains("adm");
    }

    @Test
    void mistakesInCompressionAreFoundBeforeTraining() throws IOException {
        Path out = folder.resolve("x.eie");
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), RECIPE.replace("density", "densty"));
        assertThat(CliRun.failure("compress", network, "--recipe", wrong, "--data", data, "-o", out))
                .contains("wrong.yaml line 3: ", "did you mean density?");
        assertThat(CliRun.failure("compress", network, "--recipe", "deep-compresion", "-o", out))
                .contains("did you mean deep-compression?");
        assertThat(CliRun.failure("compress", network, "--recipe", recipe, "-o", out, "-q"))
                .contains("(--data)");
        assertThat(CliRun.failure("compress", folder.resolve("no.onnx"), "--recipe", recipe, "-o", out))
                .contains("no.onnx");
        assertThat(CliRun.failure("evaluate", recipe, "--data", data)).contains("recipe.yaml");
        assertThat(CliRun.failure("evaluate", network, "--data", "fashion-mnist"))
                .contains("takes 1x8x8", "images of 1x28x28");
        assertThat(CliRun.failure("compress", withNan(), "--recipe", "share-only", "-o", out))
                .contains("NaN");
        assertThat(out).doesNotExist();
    }

    private static Path withNan() throws IOException {
        Network read = OnnxReader.read(network);
        Map.Entry<ParameterKey, Tensor> first =
                read.weights().entrySet().iterator().next();
        float[] values = first.getValue().values().clone();
        values[3] = Float.NaN;
        Path file = folder.resolve("nan.onnx");
        OnnxWriter.write(
                read.withParameters(
                        Map.of(first.getKey(), new Tensor(first.getValue().shape(), values))),
                file);
        return file;
    }
}
