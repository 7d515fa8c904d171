package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.data.NpyFile;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.onnx.OnnxWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples of the user's for {@code eie evaluate} and {@code eie simulate}, and the outputs they give. */
class SamplesOptionsTest {
    @TempDir
    Path folder;

    private String network;
    private String a;
    private String b;

    @BeforeEach
    void writeFiles() throws IOException {
        Network sums = new Network(
                "sums",
                List.of(new Network.Input("a", Shape.of(2)), new Network.Input("b", Shape.of(2))),
                List.of(
                        new Node.Arithmetic("sum", ArithmeticOperator.ADD, "a", "b"),
                        new Node.Arithmetic("difference", ArithmeticOperator.SUBTRACT, "a", "b")),
                List.of("sum", "difference"));
        network = folder.resolve("sums.onnx").toString();
        OnnxWriter.write(sums, Path.of(network));
        a = write("a.npy", 1, 2, 3, 4);
        b = write("b.npy", 10, 20, 30, 40);
    }

    private String write(String name, float... values) throws IOException {
        Path file = folder.resolve(name);
        NpyFile.write(file, new Tensor(Shape.of(values.length / 2, 2), values));
        return file.toString();
    }

    @Test
    void evaluateWritesTheOutputsOfSeveralInputs() throws IOException {
        String output = folder.resolve("out.npy").toString();
        String other = folder.resolve("difference.npy").toString();
        CliRun run = CliRun.of(
                "evaluate",
                network,
                "--input",
                "b=" + b,
                "--input",
                a,
                "--output",
                "sum=" + output,
                "--output",
                "difference=" + other);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Tensor sum = NpyFile.read(folder.resolve("out.npy"));
        assertThat(sum.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(sum.values()).containsExactly(11, 22, 33, 44);
        assertThat(NpyFile.read(folder.resolve("difference.npy")).values()).containsExactly(-9, -18, -27, -36);

        CliRun one =
                CliRun.of("evaluate", network, "--input", a, "--input", b, "--limit", "1", "--output", "sum=" + output);
        assertThat(one.exitCode()).as(one.err()).isZero();
        assertThat(NpyFile.read(folder.resolve("out.npy")).values()).containsExactly(11, 22);
    }

    @Test
    void evaluateSaysWhichInputsAreMissing() throws IOException {
        assertThat(CliRun.of("evaluate", network, "--input", a).err())
                .contains("1 input files, but sums has 2 inputs (a, b); give --input NAME=FILE for each");
        assertThat(CliRun.of("evaluate", network, "--input", a, "--input", b, "--output", "x.npy")
                        .err())
                .contains("sums has several outputs (sum, difference); give --output NAME=FILE");
        assertThat(CliRun.of("evaluate", network, "--input", a, "--input", b, "--output", "sum=" + a)
                        .exitCode())
                .isEqualTo(2);
        assertThat(CliRun.of("evaluate", network, "--input", a, "--input", write("c.npy", 1, 2))
                        .err())
                .contains("c.npy: has 1 inputs, but");
        assertThat(CliRun.of("evaluate", network).exitCode()).isEqualTo(2);
        assertThat(CliRun.of("evaluate", network, "--input", a, "--data", "fashion-mnist")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void scaleAndLimitAreTheSameForBothAndRecorded() throws IOException {
        String file = folder.resolve("n.eie").toString();
        assertThat(CliRun.of("zoo", "create", "lenet-5", "-o", file).exitCode()).isZero();
        List<String> options =
                List.of("--data", "fashion-mnist", "--limit", "40", "--seed", "3", "--pixel-scale", "0.3,0.4");
        Map<String, Object> float32 = json("evaluate", file, options);
        Map<String, Object> machine = json("simulate", file, options);
        for (Map<String, Object> json : List.of(float32, machine)) {
            assertThat(json)
                    .containsEntry("data", "fashion-mnist")
                    .containsEntry("pixel_scale", "0.3,0.4")
                    .containsEntry("limit", 40)
                    .containsEntry("sample_seed", 3);
        }
        assertThat(machine.get("accuracy")).isEqualTo(float32.get("accuracy"));
        assertThat(CliRun.of("evaluate", file, "--data", "fashion-mnist", "--pixel-scale", "0")
                        .exitCode())
                .isEqualTo(2);
    }

    private Map<String, Object> json(String command, String file, List<String> options) throws IOException {
        Path json = folder.resolve(command + ".json");
        List<String> arguments = new ArrayList<>(List.of(command, file, "--json", json.toString()));
        arguments.addAll(options);
        CliRun run = CliRun.of(arguments.toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readValue(Files.readString(json), new TypeReference<>() {});
    }
}
