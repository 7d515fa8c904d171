package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.target.LiveProfile;
import org.eiesim.compiler.target.WinogradUse;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Window;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.api.Test;

/** 3x3 convolutions as 16 products: the numbers, the engines, and the choice. */
class WinogradNetworksTest {
    private static final int NUM_SAMPLES = 2;

    /** Two convolutions over a plane of odd or even extents, padded or not, a ReLU between them. */
    private static CompressedNetwork network(SharedNetwork net, Random random) {
        int height = 3 + random.nextInt(6);
        int width = 3 + random.nextInt(6);
        int channels = 1 + random.nextInt(6);
        int middle = 1 + random.nextInt(12);
        Window window = new Window(
                3, 3, 1, 1, random.nextInt(2), random.nextInt(2), random.nextInt(2), random.nextInt(2), 1, 1);
        String x = net.input("x", channels, height, width);
        x = net.convolution("conv1", x, middle, channels, window, 1);
        x = net.add(new Node.Activation("relu1", x, ActivationFunction.RELU));
        return net.build(net.convolution("conv2", x, 1 + random.nextInt(9), middle, SharedNetwork.window(3, 1, 1), 1));
    }

    private static Program compile(CompressedNetwork network, MachineConfig config, List<String> remarks)
            throws FormatException {
        return Lowering.compile(
                network, config.target(), config.loweringOptions(null), Lowering.Observer.ofRemarks(remarks::add));
    }

    private static ProgramRun run(
            Program program, MachineConfig config, Engine engine, Numeric numeric, float[] samples) {
        return new ProgramMachine(program, config, engine, numeric).run(samples, NUM_SAMPLES);
    }

    private static MachineConfig machine(List<String> settings, WinogradUse use) {
        return MachineConfig.defaults().withSettings(settings).with(Parameters.WINOGRAD, use);
    }

    /** Two shared weights give few different transformed ones, which 256 entries hold. */
    @Test
    void float32EqualsTheReferenceWhereTheCodebooksHoldTheTransformedWeights() throws FormatException {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            SharedNetwork net =
                    new SharedNetwork(seed, 3, List.of(0.0, 0.1, 0.4, 1.0).get(random.nextInt(4)));
            CompressedNetwork network = network(net, random);
            float[] samples = net.samples(NUM_SAMPLES);
            MachineConfig config = machine(List.of("pes=4", "weight_bits=8"), WinogradUse.ALWAYS);
            List<String> remarks = new ArrayList<>();
            Program program = compile(network, config, remarks);
            assertThat(remarks)
                    .as("seed %d", seed)
                    .hasSize(2)
                    .allMatch(remark -> remark.endsWith("its transformed weights fit the codebooks exactly"));
            assertThat(hostKinds(program))
                    .containsExactly(
                            HostKind.WINOGRAD_INPUT,
                            HostKind.WINOGRAD_OUTPUT,
                            HostKind.ACTIVATION,
                            HostKind.WINOGRAD_INPUT,
                            HostKind.WINOGRAD_OUTPUT);
            float[] actual = run(program, config, new ExactEngine(), Numeric.FLOAT32, samples)
                    .outputs();
            requireClose(actual, reference(network, samples), 1e-4f, "seed " + seed);
        }
    }

    private static List<HostKind> hostKinds(Program program) {
        MachineConfig config = MachineConfig.defaults().compatibleWith(program.target());
        float[] zeros = new float[NUM_SAMPLES * program.inputLength()];
        return run(program, config, new FunctionalEngine(), Numeric.FLOAT32, zeros).hostOperations().stream()
                .map(HostRun::kind)
                .toList();
    }

    private static float[] reference(CompressedNetwork network, float[] samples) {
        ReferenceExecutor executor = new ReferenceExecutor(network.network());
        int length = samples.length / NUM_SAMPLES;
        float[] first = executor.run(Arrays.copyOfRange(samples, 0, length));
        float[] second = executor.run(Arrays.copyOfRange(samples, length, 2 * length));
        float[] both = Arrays.copyOf(first, 2 * first.length);
        System.arraycopy(second, 0, both, first.length, first.length);
        return both;
    }

    private static void requireClose(float[] actual, float[] expected, float relative, String where) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).as(where).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("%s, output %d", where, i).isCloseTo(expected[i], within(relative * largest));
        }
    }

    @Test
    void everyEngineAgreesInEveryBit() throws FormatException {
        List<List<String>> machines = List.of(
                List.of("pes=4"),
                List.of("pes=3", "bias=column", "index_bits=1", "placement=balanced_entries"),
                List.of(
                        "pes=2",
                        "weight_bits=3",
                        "spmat_sram_bytes=40",
                        "pointer_sram_bytes=24",
                        "register_file_length=3"),
                List.of("pes=16", "weight_bits=6", "activation_bits=8", "placement=balanced_live"));
        for (long seed = 0; seed < 12; seed++) {
            SharedNetwork net = new SharedNetwork(seed, 7, 0.4);
            CompressedNetwork network = network(net, new Random(seed));
            float[] samples = net.samples(NUM_SAMPLES);
            for (List<String> settings : machines) {
                List<String> all = new ArrayList<>(settings);
                all.add("spmat_row_entries=2");
                MachineConfig config = machine(all, WinogradUse.ALWAYS);
                Program program = calibrated(network, config, samples);
                for (Numeric numeric : Numeric.values()) {
                    ProgramRun functional = run(program, config, new FunctionalEngine(), numeric, samples);
                    ProgramRun exact = run(program, config, new ExactEngine(), numeric, samples);
                    ProgramRun clocked = run(program, config, new ClockedEngine(), numeric, samples);
                    String where = "seed " + seed + ", " + settings + ", " + numeric;
                    assertThat(exact.outputs()).as(where).isEqualTo(functional.outputs());
                    assertThat(clocked.outputs()).as(where).isEqualTo(functional.outputs());
                    assertThat(exact.rawOutputs()).as(where).isEqualTo(functional.rawOutputs());
                    assertThat(clocked.rawOutputs()).as(where).isEqualTo(functional.rawOutputs());
                    assertThat(clocked.cycles()).as(where).isEqualTo(exact.cycles());
                    assertThat(exact.hostOperations()).as(where).isEqualTo(functional.hostOperations());
                }
            }
        }
    }

    private static Program calibrated(CompressedNetwork network, MachineConfig config, float[] samples)
            throws FormatException {
        MachineConfig unplaced = config.withSettings(List.of("placement=interleaved"));
        LiveProfile profile = LiveMeasurement.measure(
                compile(network, unplaced, new ArrayList<>()),
                unplaced,
                new FunctionalEngine(),
                samples,
                NUM_SAMPLES,
                1,
                done -> {});
        Program program = Lowering.compile(network, config.target(), config.loweringOptions(profile));
        return Calibration.calibrate(program, config, samples, NUM_SAMPLES, 1, done -> {});
    }

    /** 16 bits leave the outputs within a part in a thousand of float32's. */
    @Test
    void fixedPointFollowsFloat32() throws FormatException {
        for (long seed = 0; seed < 20; seed++) {
            SharedNetwork net = new SharedNetwork(seed, 9, 0.5);
            CompressedNetwork network = network(net, new Random(seed));
            float[] samples = net.samples(NUM_SAMPLES);
            MachineConfig config = machine(List.of("pes=4", "weight_bits=8"), WinogradUse.ALWAYS);
            Program program = calibrated(network, config, samples);
            float[] expected = run(program, config, new ExactEngine(), Numeric.FLOAT32, samples)
                    .outputs();
            ProgramRun fixed = run(program, config, new ExactEngine(), Numeric.FIXED_POINT, samples);
            requireClose(fixed.outputs(), expected, 2e-3f, "seed " + seed);
        }
    }

    /** What is chosen is what then takes fewer cycles, wherever the two differ by more than a seventh. */
    @Test
    void autoTakesTheCheaperOne() throws FormatException {
        int numDirect = 0;
        int numWinograd = 0;
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            SharedNetwork net =
                    new SharedNetwork(seed, 16, List.of(0.05, 0.2, 0.5, 1.0).get((int) seed % 4));
            int channels = 16 + random.nextInt(17);
            String x = net.input("x", channels, 9, 8);
            int outputs = 16 + random.nextInt(65);
            CompressedNetwork network =
                    net.build(net.convolution("conv", x, outputs, channels, SharedNetwork.window(3, 1, 1), 1));
            float[] samples = net.samples(NUM_SAMPLES);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += samples[i] == 0 ? 0.1f : 0;
            }
            List<String> settings = List.of("pes=" + List.of(4, 8, 16).get(random.nextInt(3)), "queue_slots=64");
            long never = cycles(network, machine(settings, WinogradUse.NEVER), samples);
            long always = cycles(network, machine(settings, WinogradUse.ALWAYS), samples);
            long auto = cycles(network, machine(settings, WinogradUse.AUTO), samples);
            assertThat(auto).as("seed %d", seed).isIn(never, always);
            assertThat(auto)
                    .as("seed %d: %d direct, %d as 16 products", seed, never, always)
                    .isLessThanOrEqualTo(Math.min(never, always) * 8 / 7);
            numDirect += auto == never ? 1 : 0;
            numWinograd += auto == always ? 1 : 0;
        }
        assertThat(numDirect).isGreaterThan(9);
        assertThat(numWinograd).isGreaterThan(9);
    }

    private static long cycles(CompressedNetwork network, MachineConfig config, float[] samples)
            throws FormatException {
        Program program = compile(network, config, new ArrayList<>());
        return run(program, config, new ExactEngine(), Numeric.FLOAT32, samples).cycles();
    }

    @Test
    void onlyPlainThreeByThreeConvolutionsAreTaken() throws FormatException {
        SharedNetwork net = new SharedNetwork(1, 9, 1);
        String x = net.input("x", 4, 9, 9);
        x = net.convolution("strided", x, 4, 4, SharedNetwork.window(3, 2, 1), 1);
        x = net.convolution("pixel", x, 4, 4, SharedNetwork.window(1, 1, 0), 1);
        x = net.convolution("grouped", x, 4, 4, SharedNetwork.window(3, 1, 1), 2);
        x = net.convolution("dilated", x, 4, 4, new Window(3, 3, 1, 1, 2, 2, 2, 2, 2, 2), 1);
        x = net.convolution("plain", x, 4, 4, SharedNetwork.window(3, 1, 1), 1);
        CompressedNetwork network = net.build(x);
        List<String> remarks = new ArrayList<>();
        Program program = compile(network, machine(List.of("pes=4"), WinogradUse.ALWAYS), remarks);
        assertThat(remarks).hasSize(1);
        assertThat(remarks.get(0))
                .startsWith("layer plain: as 16 Winograd products, about ")
                .contains("its transformed weights, shared anew, differ by up to ");
        assertThat(program.layers().get(4).weightShape()).containsExactly(64, 4, 1, 1);
        assertThat(compile(network, machine(List.of("pes=4"), WinogradUse.NEVER), remarks)
                        .codebooks())
                .hasSize(5);
        assertThat(program.codebooks()).hasSize(4 + 16);
        assertThat(remarks).hasSize(1);
    }

    @Test
    void inputsBelowZeroMustBeLive() throws FormatException {
        SharedNetwork net = new SharedNetwork(1, 9, 1);
        String x = net.input("x", 2, 4, 4);
        CompressedNetwork network = net.build(net.convolution("conv", x, 3, 2, SharedNetwork.window(3, 1, 1), 1));
        MachineConfig config = machine(List.of("pes=4", "live_inputs=positive"), WinogradUse.ALWAYS);
        Program program = compile(network, config, new ArrayList<>());
        assertThatThrownBy(() -> new ProgramMachine(program, config, new ExactEngine(), Numeric.FLOAT32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the program has Winograd products, which need live_inputs=nonzero, the machine has"
                        + " live_inputs=positive");
    }
}
