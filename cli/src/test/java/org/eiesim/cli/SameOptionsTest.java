package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eiesim.models.data.NpyFile;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.onnx.OnnxWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code eie simulate} and {@code eie evaluate} take the same options and mean the same by them. */
class SameOptionsTest {
    /** What only a run to the cycle has: an option of a dump, a check of the engine, counts and traces. */
    private static final Set<String> OF_CYCLES =
            Set.of("--outputs", "--verify", "--action-counts", "--perfetto", "--vcd");

    @TempDir
    Path folder;

    private static Set<String> options(Object command) {
        Set<String> names = new TreeSet<>();
        new CommandLine(command)
                .getCommandSpec()
                .options()
                .forEach(option -> names.addAll(Arrays.asList(option.names())));
        return names;
    }

    @Test
    void bothHaveTheSameOptions() {
        Set<String> simulate = options(new SimulateCommand());
        Set<String> evaluate = options(new EvaluateCommand());

        assertThat(evaluate)
                .contains("--numeric", "--engine", "--dim", "--bind", "--limit", "--seed", "--pixel-scale", "--threads")
                .contains("--arch", "--set", "--data", "--input", "--output", "--json");
        assertThat(simulate).containsAll(evaluate);
        simulate.removeAll(evaluate);
        assertThat(simulate.stream().filter(name -> !name.startsWith("--trace-")))
                .allMatch(OF_CYCLES::contains);
    }

    @Test
    void eightBitsAreTheWidthsOfActivationsAndWeights() throws IOException {
        Path container = SmallNetwork.eie(folder);
        JsonNode named = CliRun.ok("simulate", container, "--numeric", "fixed8", "--json", "-")
                .json();
        JsonNode set = CliRun.ok(
                        "simulate",
                        container,
                        "--numeric",
                        "fixed16",
                        "--set",
                        "activation_bits=8",
                        "weight_value_bits=8",
                        "--json",
                        "-")
                .json();

        assertThat(named.get("config")).isEqualTo(set.get("config"));
        assertThat(named.get("config").get("activation_bits").asInt()).isEqualTo(8);
        assertThat(named.get("energy_nj")).isEqualTo(set.get("energy_nj"));
        assertThat(CliRun.failure("simulate", container, "--numeric", "fixed8", "--set", "activation_bits=16"))
                .contains("--numeric says how wide numbers are");
    }

    @Test
    void bothWriteOutputsByTheirNames() throws IOException {
        Tensor weight = new Tensor(Shape.of(3, 2), new float[] {1, 0, 0, 2, -1, 1});
        Tensor other = new Tensor(Shape.of(2, 2), new float[] {0, 4, 1, 0});
        Path onnx = folder.resolve("two.onnx");
        OnnxWriter.write(
                new Network(
                        "two",
                        List.of(new Network.Input("x", Shape.of(2))),
                        List.of(new Node.Dense("a", "x", weight, null), new Node.Dense("b", "x", other, null)),
                        List.of("a", "b")),
                onnx);
        Path container = folder.resolve("two.eie");
        CliRun.ok("compress", onnx, "--quiet", "--recipe", "share-only", "-o", container);
        Path input = folder.resolve("in.npy");
        NpyFile.write(input, new Tensor(Shape.of(2, 2), new float[] {1, 2, 3, 5}));

        for (String command : new String[] {"simulate", "evaluate"}) {
            Path a = folder.resolve(command + "-a.npy");
            Path b = folder.resolve(command + "-b.npy");
            CliRun.ok(command, container, "--input", input, "--output", "b=" + b, "--output", "a=" + a);
            assertThat(NpyFile.read(a).values()).containsExactly(1, 4, 1, 3, 10, 2);
            assertThat(NpyFile.read(b).values()).containsExactly(8, 1, 20, 3);
            assertThat(CliRun.failure(command, container, "--input", input, "--output", "c=" + a))
                    .contains("two has no output c, it has a, b");
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() throws IOException {
        Path container = SmallNetwork.eie(folder);

        assertThat(CliRun.failure("simulate", container, "--dim", "T=5"))
                .contains("--dim is for ONNX networks")
                .contains("eie compress");
        assertThat(CliRun.usageError("evaluate", container, "--data", folder, "--engine", "clocked"))
                .contains("--numeric");
    }
}
