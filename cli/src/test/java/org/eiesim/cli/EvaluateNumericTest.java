package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eie evaluate --numeric}: errors in float32, fixed16 and fixed8 side by side. */
class EvaluateNumericTest {
    private static final String CLIPPING = "calibration=percentile";

    @TempDir
    static Path shared;

    private static Path container = Path.of("");
    private static Path data = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() throws IOException {
        container = SmallNetwork.eie(shared);
        data = TinyImages.write(shared.resolve("tiny"));
    }

    private static JsonNode evaluate(Object... options) {
        Object[] arguments = new Object[options.length + 6];
        System.arraycopy(new Object[] {"evaluate", container, "--data", data, "--json", "-"}, 0, arguments, 0, 6);
        System.arraycopy(options, 0, arguments, 6, options.length);
        return CliRun.ok(arguments).json();
    }

    private static void assertIsSimulation(JsonNode row, String numeric, int bits) {
        JsonNode run = CliRun.ok(
                        "simulate",
                        container,
                        "--data",
                        data,
                        "--numeric",
                        numeric,
                        "--verify",
                        "--set",
                        "activation_bits=" + bits,
                        "weight_value_bits=" + bits,
                        CLIPPING,
                        "calibration_percentile=80",
                        "--json",
                        "-")
                .json();
        int errors = TinyImages.NUM_TEST - (int) Math.round(run.get("accuracy").doubleValue() * TinyImages.NUM_TEST);
        assertThat(row.get("errors").intValue()).isEqualTo(errors);
        assertThat(row.get("error").doubleValue()).isEqualTo((double) errors / TinyImages.NUM_TEST);
        assertThat(row.get("saturations")).isEqualTo(run.get("saturations"));
    }

    @Test
    void everyWidthIsWhatSimulateFinds() {
        JsonNode json = evaluate("--numeric", "fixed8,fixed16", "--set", CLIPPING, "calibration_percentile=80");
        JsonNode rows = json.get("numerics");
        assertThat(rows.findValuesAsText("numeric")).containsExactly("float32", "fixed16", "fixed8");
        assertIsSimulation(rows.get(0), "float32", 16);
        assertIsSimulation(rows.get(1), "fixed16", 16);
        assertIsSimulation(rows.get(2), "fixed16", 8);
        assertThat(rows.get(2).get("saturations").longValue()).isPositive();
        int errors = rows.get(0).get("errors").intValue();
        for (JsonNode row : rows) {
            assertThat(row.get("points_to_float32").doubleValue())
                    .isEqualTo(100.0 * (row.get("errors").intValue() - errors) / TinyImages.NUM_TEST);
        }
        assertThat(json.get("correct")).isEqualTo(evaluate().get("correct"));
        assertThat(json.get("images").intValue()).isEqualTo(TinyImages.NUM_TEST);
        assertThat(json.get("accumulator_bits").intValue()).isEqualTo(16);
        assertThat(evaluate("--numeric", "fixed16", "--threads", 1).get("numerics"))
                .isEqualTo(evaluate("--numeric", "fixed16", "--threads", 2).get("numerics"))
                .hasSize(2);
    }

    @Test
    void aLimitTakesTheFirstImages() {
        JsonNode json = evaluate("--numeric", "fixed8", "--limit", 30);
        assertThat(json.get("images").intValue()).isEqualTo(30);
        assertThat(evaluate("--limit", 30).get("correct")).isEqualTo(json.get("correct"));
        assertThat(evaluate("--limit", 1_000).get("images").intValue()).isEqualTo(TinyImages.NUM_TEST);
    }

    @Test
    void theTableIsForPeople() {
        String text = CliRun.ok("evaluate", container, "--data", data, "--numeric", "float32,fixed16,fixed8")
                .out();
        assertThat(text)
                .contains("80 test images, accumulators of 16 bits")
                .containsPattern("numeric +errors +error % +points to float32 +saturations")
                .containsPattern("float32 +\\d+ +[\\d.]+ +- +0\n")
                .containsPattern("fixed8 +\\d+ +[\\d.]+ +[+-]\\d+\\.\\d\\d +\\d+\n")
                .contains("note: fixed-point formats calibrated on the first 400 training images");
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        Path onnx = SmallNetwork.onnx(folder);
        assertThat(CliRun.failure("evaluate", onnx, "--data", data, "--numeric", "fixed16"))
                .contains("small.onnx", "eie compress makes one");
        assertThat(CliRun.failure(
                        "evaluate", container, "--data", data, "--numeric", "fixed8", "--set", "activation_bits=4"))
                .contains("leave out --set activation_bits");
        assertThat(CliRun.failure("evaluate", container, "--data", "fashion-mnist", "--numeric", "fixed8"))
                .contains("784", "64");
        assertThat(CliRun.usageError("evaluate", container, "--data", data, "--numeric", "int8"))
                .contains("int8", "fixed8");
        assertThat(CliRun.usageError("evaluate", container, "--data", data, "--limit", 0))
                .contains("--limit must be at least 1, not 0");
    }

    /** The figures of docs/networks.md. */
    @Test
    void thePublishedLenetLosesOneImageOf10000ToEightBits() throws IOException {
        Path network = Checkout.shared("models/lenet/lenet-300-100-sparse.onnx");
        Path mnist = Checkout.shared("data/mnist");
        Path recipe = Files.writeString(
                folder.resolve("share.yaml"),
                "seed: 1\nsteps:\n  - {method: share-weights, parameters: {entries: 256}}\n");
        Path lenet = folder.resolve("lenet.eie");
        CliRun.ok("compress", network, "--quiet", "--recipe", recipe, "-o", lenet);
        JsonNode rows = CliRun.ok(
                        "evaluate",
                        lenet,
                        "--data",
                        mnist,
                        "--numeric",
                        "fixed16,fixed8",
                        "--set",
                        "weight_bits=8",
                        "--json",
                        "-")
                .json()
                .get("numerics");
        assertThat(rows.findValues("errors")).extracting(JsonNode::intValue).containsExactly(201, 201, 202);
        assertThat(rows.findValues("points_to_float32"))
                .extracting(JsonNode::doubleValue)
                .containsExactly(0.0, 0.0, 0.01);
    }
}
