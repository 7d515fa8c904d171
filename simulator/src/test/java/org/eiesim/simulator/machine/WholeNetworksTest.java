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
import org.eiesim.kernels.nn.ElementFunction;
import org.eiesim.kernels.nn.GateFunction;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.RecurrentOptions;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
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
                Named.of("lightweight", WholeNetworksTest::lightweight),
                Named.of("normalised", WholeNetworksTest::normalised),
                Named.of("resampled", WholeNetworksTest::resampled),
                Named.of("attention", WholeNetworksTest::attention),
                Named.of("functions", WholeNetworksTest::functions),
                Named.of("element functions", WholeNetworksTest::elementFunctions),
                Named.of("choices", WholeNetworksTest::choices),
                Named.of("lstm", seed -> recurrent(seed, RecurrentCell.LSTM)),
                Named.of("lstm, linear output", seed -> recurrent(seed, RecurrentCell.LSTM_LINEAR_OUTPUT)),
                Named.of("gru", seed -> recurrent(seed, RecurrentCell.GRU)),
                Named.of("gru, reset after", seed -> recurrent(seed, RecurrentCell.GRU_RESET_AFTER)),
                Named.of("rnn", seed -> recurrent(seed, RecurrentCell.RNN)),
                Named.of("lstm, free", seed -> freeRecurrent(seed, RecurrentCell.LSTM)),
                Named.of("gru, free", seed -> freeRecurrent(seed, RecurrentCell.GRU)),
                Named.of("gru, reset after, free", seed -> freeRecurrent(seed, RecurrentCell.GRU_RESET_AFTER)),
                Named.of("rnn, free", seed -> freeRecurrent(seed, RecurrentCell.RNN)));
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

    /** A ShuffleNet-like block: split, branch, concatenate, shuffle channels; squeeze and excitation behind it. */
    private static Case lightweight(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 7, 0.6);
        String x = net.input("x", 6, 4, 4);
        String kept = net.add(new TensorNode.Slice("kept", x, 0, 0, 3, 1));
        String branch = net.add(new TensorNode.Slice("taken", x, 0, 3, 3, 1));
        branch = net.convolution("pointwise", branch, 3, 3, SharedNetwork.window(1, 1, 0), 1);
        branch = net.add(new Node.Activation("relu6", branch, ActivationFunction.CLIP, List.of(0f, 6f)));
        branch = net.convolution("depthwise", branch, 3, 3, SharedNetwork.window(3, 1, 1), 3);
        branch = net.add(new Node.Activation("swish", branch, ActivationFunction.HARD_SWISH));
        x = net.add(new TensorNode.Concat("both", List.of(kept, branch), 0));
        x = net.add(new Node.Reshape("groups", x, Shape.of(2, 3, 4, 4)));
        x = net.add(new TensorNode.Transpose("shuffle", x, List.of(1, 0, 2, 3)));
        x = net.add(new Node.Reshape("channels", x, Shape.of(6, 4, 4)));
        String squeeze = net.add(new TensorNode.Reduction("squeeze", x, ReductionOperator.MEAN, List.of(1, 2), true));
        squeeze = net.convolution("excite", squeeze, 6, 6, SharedNetwork.window(1, 1, 0), 1);
        squeeze = net.add(new Node.Activation("hard", squeeze, ActivationFunction.HARD_SIGMOID, List.of(0.2f, 0.5f)));
        x = net.add(new Node.Arithmetic("scaled", ArithmeticOperator.MULTIPLY, x, squeeze));
        return of(net, net.add(new TensorNode.Reduction("rows", x, ReductionOperator.MAXIMUM, List.of(1), false)));
    }

    /** Rows doubled, columns mirrored and repeated, channels in reverse order between two convolutions. */
    private static Case resampled(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 6, 0.5);
        String x = net.input("x", 2, 4, 3);
        x = net.convolution("conv1", x, 3, 2, SharedNetwork.window(3, 1, 1), 1);
        x = net.add(new TensorNode.Gather("rows", x, 1, List.of(0, 0, 1, 1, 2, 2, 3, 3)));
        x = net.add(new TensorNode.Gather("columns", x, 2, List.of(1, 0, 1, 2, 2, 1)));
        x = net.add(new TensorNode.Slice("channels", x, 0, 2, 3, -1));
        return of(net, net.convolution("conv2", x, 4, 3, SharedNetwork.window(3, 2, 1), 1));
    }

    private static Case normalised(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 9, 0.5);
        String x = net.input("x", 4, 5, 3);
        x = net.convolution("conv", x, 6, 4, SharedNetwork.window(3, 1, 1), 2);
        x = net.add(new NormalizationNode.LocalResponse("lrn", x, 3, 0.5f, 0.75f, 1.5f));
        x = net.add(new NormalizationNode.Batch(
                "bn", x, net.vector(6, 1, 0.1), net.vector(6, 0, 0.1), net.vector(6, 0, 0.1), ones(6), 0.01f));
        return of(net, net.add(new Node.Activation("leaky", x, ActivationFunction.LEAKY_RELU, List.of(0.1f))));
    }

    private static Tensor ones(int length) {
        float[] values = new float[length];
        Arrays.fill(values, 1);
        return new Tensor(Shape.of(length), values);
    }

    /** A transformer's block of two heads over five steps: the products with weights on the machine, the rest beside it. */
    private static Case attention(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 10, 0.5);
        int width = 8;
        String x = net.input("x", 5, width);
        String place = net.add(new TensorNode.Constant("place", reshaped(net.vector(5 * width, 0, 0.2), 5, width)));
        x = net.add(new Node.Arithmetic("placed", ArithmeticOperator.ADD, x, place));
        String query = heads(net, "query", x, List.of(1, 0, 2));
        String key = heads(net, "key", x, List.of(1, 2, 0));
        String value = heads(net, "value", x, List.of(1, 0, 2));
        String scores = net.add(new TensorNode.MatrixProduct("scores", query, key));
        String root = net.add(new TensorNode.Constant("root", new Tensor(Shape.of(1), new float[] {2})));
        scores = net.add(new Node.Arithmetic("scaled", ArithmeticOperator.DIVIDE, scores, root));
        scores = net.add(new Node.Softmax("softmax", scores));
        String mixed = net.add(new TensorNode.MatrixProduct("mixed", scores, value));
        mixed = net.add(new TensorNode.Transpose("together", mixed, List.of(1, 0, 2)));
        mixed = net.add(new Node.Reshape("joined", mixed, Shape.of(5, width)));
        mixed = net.dense("out", mixed, width, width);
        x = net.add(new Node.Arithmetic("residual", ArithmeticOperator.ADD, mixed, x));
        x = net.add(
                new NormalizationNode.Layer("norm", x, net.vector(width, 1, 0.1), net.vector(width, 0, 0.1), 1e-5f));
        x = net.dense("inner", x, width, 12);
        x = net.add(new Node.Activation("gelu", x, ActivationFunction.GELU));
        x = net.dense("outer", x, 12, width);
        return of(net, net.add(new TensorNode.Reduction("mean", x, ReductionOperator.MEAN, List.of(0), false)));
    }

    private static String heads(SharedNetwork net, String name, String input, List<Integer> order) {
        String value = net.dense(name, input, 8, 8);
        value = net.add(new Node.Reshape(name + ".heads", value, Shape.of(5, 2, 4)));
        return net.add(new TensorNode.Transpose(name + ".turned", value, order));
    }

    private static Tensor reshaped(Tensor tensor, int... extents) {
        return new Tensor(Shape.of(extents), tensor.values());
    }

    private static Case functions(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 6, 0.5);
        String x = net.input("x", 9);
        List<String> values = new ArrayList<>();
        for (ActivationFunction function : List.of(
                ActivationFunction.TANH,
                ActivationFunction.GELU_TANH,
                ActivationFunction.ERF,
                ActivationFunction.SIGMOID,
                ActivationFunction.EXP)) {
            String value = net.dense("fc." + function, x, 9, 6);
            values.add(net.add(new Node.Activation("f." + function, value, function)));
        }
        values.add(net.add(new Node.Activation("sqrt", values.get(4), ActivationFunction.SQRT)));
        values.add(net.add(new Node.Activation("log", values.get(4), ActivationFunction.LOG)));
        values.add(net.add(new Node.Activation("elu", values.get(0), ActivationFunction.ELU, List.of(0.7f))));
        return of(net, net.add(new TensorNode.Concat("all", values, 0)));
    }

    /** Some yield NaN outside the range they are defined in. */
    private static Case elementFunctions(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 6, 0.5);
        String x = net.dense("fc", net.input("x", 9), 9, 6);
        List<String> values = new ArrayList<>();
        for (ElementFunction function : ElementFunction.values()) {
            values.add(net.add(new Node.Activation("f." + function, x, ActivationFunction.valueOf(function.name()))));
        }
        return of(net, net.add(new TensorNode.Concat("all", values, 0)));
    }

    /** Comparisons, choices between values of which one is not a number, positions, and a slice taken backwards. */
    private static Case choices(long seed) {
        SharedNetwork net = new SharedNetwork(seed, 6, 0.5);
        String x = net.dense("fc", net.input("x", 4, 9), 9, 5);
        String y = net.dense("other", "x", 9, 5);
        List<String> values = new ArrayList<>();
        for (ArithmeticOperator operator : List.of(
                ArithmeticOperator.EQUAL,
                ArithmeticOperator.LESS,
                ArithmeticOperator.LESS_OR_EQUAL,
                ArithmeticOperator.REMAINDER,
                ArithmeticOperator.MODULO)) {
            values.add(net.add(new Node.Arithmetic("op." + operator, operator, x, y)));
        }
        float[] mask = {0, Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY, 0};
        String masked = net.add(new TensorNode.Constant("mask", new Tensor(Shape.of(5), mask)));
        masked = net.add(new Node.Arithmetic("masked", ArithmeticOperator.ADD, x, masked));
        values.add(net.add(new Node.Softmax("soft", masked)));
        String log = net.add(new Node.Activation("log", x, ActivationFunction.LOG));
        String zero = net.add(new TensorNode.Constant("zero", new Tensor(Shape.of(), new float[1])));
        String positive = net.add(new Node.Arithmetic("positive", ArithmeticOperator.LESS, zero, x));
        values.add(net.add(new TensorNode.Select("guarded", positive, log, zero)));
        values.add(net.add(new TensorNode.Slice("backwards", x, 1, 4, 5, -1)));
        values.add(net.add(new TensorNode.Slice("upwards", x, 0, 3, 4, -1)));
        String all = net.add(new TensorNode.Concat("all", values, 0));
        List<String> ends = new ArrayList<>();
        for (ReductionOperator operator : ReductionOperator.values()) {
            ends.add(net.add(new TensorNode.Reduction("r." + operator, all, operator, List.of(1), true)));
            ends.add(net.add(new TensorNode.Reduction("c." + operator, all, operator, List.of(0), false)));
        }
        for (int i = 0; i < ends.size(); i += 2) {
            ends.set(i, net.add(new Node.Flatten("flat" + i, ends.get(i))));
        }
        ends.add(net.add(new Node.Flatten("flat", all)));
        return of(net, net.add(new TensorNode.Concat("ends", ends, 0)));
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
                seed % 2 == 1,
                net.weights("cell", Node.Recurrent.INPUT_WEIGHT, numRows, 7),
                net.weights("cell", Node.Recurrent.RECURRENT_WEIGHT, numRows, hidden),
                net.bias(numRows),
                cell == RecurrentCell.GRU_RESET_AFTER ? net.bias(numRows) : null));
        return of(net, net.dense("head", x, hidden, 3));
    }

    /** A cell with everything it may have besides its weights, reading its initial hidden state from the network. */
    private static Case freeRecurrent(long seed, RecurrentCell cell) {
        SharedNetwork net = new SharedNetwork(seed, 12, 0.5);
        int hidden = 6;
        int numRows = cell.numGates() * hidden;
        boolean isLstm = cell == RecurrentCell.LSTM;
        String x = net.input("x", 5, 7);
        String initial = net.add(new TensorNode.Slice("first", x, 0, 0, 1, 1));
        initial = net.dense("initial", initial, 7, hidden);
        String first = net.add(new TensorNode.Constant("cell0", net.vector(hidden, 0, 0.5)));
        RecurrentOptions options = new RecurrentOptions(
                List.of(
                                new RecurrentOptions.Gate(GateFunction.HARD_SIGMOID, 0.3f, 0.4f),
                                new RecurrentOptions.Gate(GateFunction.SOFTSIGN, 0, 0),
                                new RecurrentOptions.Gate(GateFunction.SCALED_TANH, 1.5f, 0.5f))
                        .subList(0, isLstm ? 3 : cell == RecurrentCell.RNN ? 1 : 2),
                0.8f,
                isLstm && seed % 2 == 0,
                isLstm ? net.vector(3 * hidden, 0, 0.5) : null,
                initial,
                isLstm ? first : null,
                isLstm);
        x = net.add(new Node.Recurrent(
                "cell",
                x,
                cell,
                seed % 2 == 1,
                net.weights("cell", Node.Recurrent.INPUT_WEIGHT, numRows, 7),
                net.weights("cell", Node.Recurrent.RECURRENT_WEIGHT, numRows, hidden),
                net.bias(numRows),
                cell == RecurrentCell.GRU_RESET_AFTER ? net.bias(numRows) : null,
                options));
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
