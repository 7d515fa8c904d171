package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Window;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One small network of every kind, on roomy and tiny machines: every engine agrees, and float32 with the reference. */
class WholeNetworksTest {
    private static final int NUM_SAMPLES = 2;

    /** From a machine that holds everything to one that streams tiles of a few entries. */
    private static final List<List<String>> MACHINES = List.of(
            List.of("pes=4"),
            List.of("pes=3", "spmat_sram_bytes=64", "pointer_sram_bytes=64"),
            List.of("pes=2", "register_file_length=5", "spmat_sram_bytes=200", "accumulator_bits=16"),
            List.of("pes=16", "weight_bits=8", "pointer_sram_bytes=24", "activation_bits=8"),
            List.of("pes=4", "weight_bits=6", "index_bits=2", "spmat_sram_bytes=32", "register_file_length=3"));

    /** A network and inputs for it. */
    record Case(CompressedNetwork network, float[] samples) {}

    private static Case of(SharedNetwork builder, String output) {
        return new Case(builder.build(output), builder.samples(NUM_SAMPLES));
    }

    static Stream<Named<LongFunction<Case>>> networks() {
        return Stream.of(
                Named.of("convolutions", WholeNetworksTest::convolutions),
                Named.of("grouped", WholeNetworksTest::grouped),
                Named.of("depthwise", WholeNetworksTest::depthwise),
                Named.of("residual", WholeNetworksTest::residual),
                Named.of("lstm", seed -> recurrent(seed, RecurrentCell.LSTM)),
                Named.of("gru", seed -> recurrent(seed, RecurrentCell.GRU)));
    }

    private static Case convolutions(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 9, 0.4);
        String x = net.input("x", 2, 9, 8);
        x = net.convolution("conv1", x, 6, 2, new Window(3, 2, 2, 1, 1, 0, 2, 1, 1, 2), 1);
        x = net.add(new Node.Activation("relu1", x, ActivationFunction.RELU));
        x = net.add(
                new Node.Pooling("pool1", x, Node.Pooling.Kind.MAXIMUM, SharedNetwork.window(3, 2, 1), true, false));
        x = net.convolution("conv2", x, 5, 6, SharedNetwork.window(1, 1, 0), 1);
        x = net.add(new Node.Activation("tanh2", x, ActivationFunction.TANH));
        x = net.add(
                new Node.Pooling("pool2", x, Node.Pooling.Kind.AVERAGE, SharedNetwork.window(2, 1, 1), false, true));
        x = net.convolution("conv3", x, 4, 5, SharedNetwork.window(1, 2, 1), 1);
        x = net.add(new Node.Flatten("flat", x));
        x = net.dense("fc", x, 4 * 3 * 4, 7);
        return of(net, net.add(new Node.Softmax("prob", x)));
    }

    private static Case grouped(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 16, 0.6);
        String x = net.input("x", 6, 5, 5);
        x = net.convolution("conv1", x, 9, 6, SharedNetwork.window(3, 1, 1), 3);
        x = net.add(new Node.Activation("relu1", x, ActivationFunction.RELU));
        return of(net, net.convolution("conv2", x, 6, 9, SharedNetwork.window(1, 1, 0), 3));
    }

    private static Case depthwise(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 5, 0.8);
        String x = net.input("x", 4, 6, 6);
        x = net.convolution("depthwise", x, 8, 4, SharedNetwork.window(3, 2, 1), 4);
        x = net.add(new Node.Activation("sigmoid", x, ActivationFunction.SIGMOID));
        return of(net, net.convolution("pointwise", x, 5, 8, SharedNetwork.window(1, 1, 0), 1));
    }

    private static Case residual(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 8, 0.3);
        String x = net.input("x", 3, 6, 6);
        x = net.convolution("stem", x, 4, 3, SharedNetwork.window(3, 1, 1), 1);
        String branch = net.convolution("branch", x, 4, 4, SharedNetwork.window(3, 1, 1), 1);
        x = net.add(new Node.Arithmetic("sum", ArithmeticOperator.ADD, branch, x));
        return of(net, net.add(new Node.Activation("relu", x, ActivationFunction.RELU)));
    }

    private static Case recurrent(long seed, RecurrentCell cell) {
        SharedNetwork net = new SharedNetwork(seed, 12, 0.5);
        String x = net.input("x", 5, 7);
        int hidden = 6;
        int numRows = cell.numGates() * hidden;
        x = net.add(new Node.Recurrent(
                "cell",
                x,
                cell,
                net.weights("cell", Node.Recurrent.INPUT_WEIGHT, numRows, 7),
                net.weights("cell", Node.Recurrent.RECURRENT_WEIGHT, numRows, hidden),
                net.bias(numRows)));
        return of(net, net.dense("head", x, hidden, 3));
    }

    private static ProgramRun run(Program program, MachineConfig config, Engine engine, Numeric numeric, Case sample) {
        return new ProgramMachine(program, config, engine, numeric).run(sample.samples(), NUM_SAMPLES);
    }

    private static MachineConfig machine(List<String> settings, String... more) {
        List<String> all = new ArrayList<>(settings);
        all.add("spmat_row_entries=2");
        all.addAll(List.of(more));
        return MachineConfig.defaults().withSettings(all);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void float32OutputsEqualTheReferenceExecutor(LongFunction<Case> networks) throws FormatException {
        for (long seed = 0; seed < 4; seed++) {
            Case sample = networks.apply(seed);
            ReferenceExecutor reference = new ReferenceExecutor(sample.network().network());
            int length = sample.samples().length / NUM_SAMPLES;
            for (List<String> settings : MACHINES) {
                MachineConfig config = machine(settings);
                Program program = Lowering.compile(sample.network(), config.target());
                ProgramRun run = run(program, config, new ExactEngine(), Numeric.FLOAT32, sample);
                int outputs = run.outputs().length / NUM_SAMPLES;
                for (int i = 0; i < NUM_SAMPLES; i++) {
                    float[] expected =
                            reference.run(Arrays.copyOfRange(sample.samples(), i * length, (i + 1) * length));
                    assertThat(positive(Arrays.copyOfRange(run.outputs(), i * outputs, (i + 1) * outputs)))
                            .as("seed %d, %s", seed, settings)
                            .containsExactly(positive(expected));
                }
            }
        }
    }

    /** Makes -0 to 0: they are the same output. */
    private static float[] positive(float[] values) {
        float[] positive = values.clone();
        for (int i = 0; i < values.length; i++) {
            positive[i] += 0f;
        }
        return positive;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyEngineAgreesInEveryBit(LongFunction<Case> networks) throws FormatException {
        for (long seed = 0; seed < 2; seed++) {
            Case sample = networks.apply(seed);
            for (List<String> settings : MACHINES) {
                for (String bias : List.of("bias=preload", "bias=column")) {
                    MachineConfig config = machine(settings, bias);
                    Program program = Calibration.calibrate(
                            Lowering.compile(sample.network(), config.target()),
                            config,
                            sample.samples(),
                            NUM_SAMPLES,
                            1,
                            done -> {});
                    for (Numeric numeric : Numeric.values()) {
                        ProgramRun exact = run(program, config, new ExactEngine(), numeric, sample);
                        ProgramRun clocked = run(program, config, new ClockedEngine(), numeric, sample);
                        ProgramRun functional = run(program, config, new FunctionalEngine(), numeric, sample);
                        String where = "seed " + seed + ", " + settings + ", " + bias + ", " + numeric;
                        assertThat(digests(exact)).as(where).isEqualTo(digests(functional));
                        assertThat(digests(clocked)).as(where).isEqualTo(digests(functional));
                        assertThat(exact.outputs()).as(where).isEqualTo(functional.outputs());
                        assertThat(clocked.outputs()).as(where).isEqualTo(functional.outputs());
                        assertThat(exact.cycles()).as(where).isEqualTo(clocked.cycles());
                        assertThat(exact.hostOperations()).isEqualTo(functional.hostOperations());
                    }
                }
            }
        }
    }

    private static List<Long> digests(ProgramRun run) {
        return run.layers().stream().map(LayerRun::outputDigest).toList();
    }
}
