package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.InstructionFormats;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.api.Test;

class ProgramMachineTest {
    /** Machines from roomy to absurdly small; every one gives the same outputs. */
    private static final List<List<String>> MEMORIES = List.of(
            List.of(),
            List.of("register_file_length=1"),
            List.of("spmat_sram_bytes=16", "spmat_row_entries=2"),
            List.of("pointer_sram_bytes=16", "register_file_length=3"),
            List.of("spmat_sram_bytes=40", "pointer_sram_bytes=24", "register_file_length=2"));

    private static MachineConfig machine(long seed, String... settings) {
        Random random = new Random(seed);
        List<String> all = new ArrayList<>();
        all.add("pes=" + List.of(1, 2, 4, 7, 64).get(random.nextInt(5)));
        all.add("index_bits=" + (1 + random.nextInt(5)));
        all.add("bias=" + (random.nextBoolean() ? "column" : "preload"));
        all.add("accumulator_bits=" + (random.nextBoolean() ? 16 : 32));
        all.addAll(List.of(settings));
        return MachineConfig.defaults().withSettings(all);
    }

    private static Program compile(NetworkCase network, MachineConfig config) throws FormatException {
        return Lowering.compile(network.network, config.target());
    }

    private static boolean biasColumn(MachineConfig config) {
        return config.target().biasMode() == org.eiesim.compiler.target.Target.BiasMode.COLUMN;
    }

    private static List<LayerFormats> formats(Program program) {
        return program.body().stream()
                .filter(i -> i.opcode() == Opcode.SET_FORMATS)
                .map(InstructionFormats::layerFormats)
                .toList();
    }

    @Test
    void float32OutputsEqualPlainLoops() throws FormatException {
        for (long seed = 0; seed < 120; seed++) {
            NetworkCase network = new NetworkCase(seed);
            MachineConfig config = machine(seed);
            ProgramRun run = new ProgramMachine(
                            compile(network, config), config, new FunctionalEngine(), Numeric.FLOAT32)
                    .run(network.inputs, network.numInputs);
            List<Float> expected = new ArrayList<>();
            for (int vector = 0; vector < network.numInputs * network.numVectors; vector++) {
                float[] values = network.vector(vector / network.numVectors, vector % network.numVectors);
                for (NetworkCase.Layer layer : network.layers) {
                    values = PlainArithmetic.float32(layer, values, biasColumn(config));
                }
                for (float value : values) {
                    expected.add(value);
                }
            }
            for (int i = 0; i < run.outputs().length; i++) {
                // 0 and -0 are the same output.
                assertThat(run.outputs()[i] + 0f)
                        .as("seed %d output %d", seed, i)
                        .isEqualTo(expected.get(i) + 0f);
            }
            assertThat(run.outputs()).hasSize(expected.size());
        }
    }

    @Test
    void float32OutputsEqualTheReferenceExecutor() throws FormatException {
        for (long seed = 0; seed < 60; seed++) {
            NetworkCase network = new NetworkCase(seed);
            MachineConfig config = machine(seed, "bias=preload");
            ProgramRun run = new ProgramMachine(
                            compile(network, config), config, new FunctionalEngine(), Numeric.FLOAT32)
                    .run(network.inputs, network.numInputs);
            int length = network.inputs.length / network.numInputs;
            ReferenceExecutor reference = new ReferenceExecutor(network.network.network());
            for (int input = 0; input < network.numInputs; input++) {
                float[] sample = new float[length];
                System.arraycopy(network.inputs, input * length, sample, 0, length);
                float[] expected = reference.run(sample);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(run.outputs()[input * expected.length + i] + 0f)
                            .as("seed %d", seed)
                            .isEqualTo(expected[i] + 0f);
                }
            }
        }
    }

    @Test
    void fixedPointOutputsEqualPlainLoops() throws FormatException {
        for (long seed = 0; seed < 120; seed++) {
            NetworkCase network = new NetworkCase(seed);
            MachineConfig config =
                    machine(seed, "activation_bits=" + (4 + seed % 13), "weight_value_bits=" + (16 - seed % 9));
            Program program = Calibration.calibrate(
                    compile(network, config), config, network.inputs, network.numInputs, 1, done -> {});
            ProgramRun run = new ProgramMachine(program, config, new FunctionalEngine(), Numeric.FIXED_POINT)
                    .run(network.inputs, network.numInputs);
            List<Integer> expected = new ArrayList<>();
            List<LayerFormats> formats = formats(program);
            for (int vector = 0; vector < network.numInputs * network.numVectors; vector++) {
                float[] values = network.vector(vector / network.numVectors, vector % network.numVectors);
                int[] raw = new int[0];
                for (int i = 0; i < formats.size(); i++) {
                    int[] x = new int[values.length];
                    for (int j = 0; j < x.length; j++) {
                        x[j] = (int) PlainArithmetic.quantize(
                                values[j], formats.get(i).input());
                    }
                    raw = PlainArithmetic.fixedPoint(network.layers.get(i), x, biasColumn(config), formats.get(i));
                    values = new float[raw.length];
                    for (int j = 0; j < raw.length; j++) {
                        values[j] = (float)
                                (raw[j] * Math.pow(2, -formats.get(i).output().fractionBits()));
                    }
                }
                for (int value : raw) {
                    expected.add(value);
                }
            }
            assertThat(run.rawOutputs())
                    .as("seed %d", seed)
                    .containsExactly(
                            expected.stream().mapToInt(Integer::intValue).toArray());
            assertThat(run.outputFormats())
                    .containsExactly(formats.get(formats.size() - 1).output());
        }
    }

    @Test
    void tilingChangesNoBitOfAnyLayer() throws FormatException {
        for (long seed = 0; seed < 60; seed++) {
            NetworkCase network = new NetworkCase(seed);
            for (Numeric numeric : Numeric.values()) {
                ProgramRun whole = null;
                for (List<String> memories : MEMORIES) {
                    MachineConfig config = machine(seed, memories.toArray(String[]::new));
                    Program program = Calibration.calibrate(
                            compile(network, config), config, network.inputs, network.numInputs, 1, done -> {});
                    ProgramRun run = new ProgramMachine(program, config, new FunctionalEngine(), numeric)
                            .run(network.inputs, network.numInputs);
                    whole = whole == null ? run : whole;
                    assertThat(run.outputs()).as("seed %d, %s", seed, memories).isEqualTo(whole.outputs());
                    assertThat(run.rawOutputs()).isEqualTo(whole.rawOutputs());
                    assertThat(run.outputFormats()).isEqualTo(whole.outputFormats());
                }
            }
        }
    }

    @Test
    void everyEngineGivesTheSameOutputsAndTimedOnesTheSameEvents() throws FormatException {
        for (long seed = 0; seed < 40; seed++) {
            NetworkCase network = new NetworkCase(seed);
            List<String> memories = MEMORIES.get((int) (seed % MEMORIES.size()));
            MachineConfig config = machine(seed, memories.toArray(String[]::new));
            Program program = Calibration.calibrate(
                    compile(network, config), config, network.inputs, network.numInputs, 1, done -> {});
            for (Numeric numeric : Numeric.values()) {
                ProgramRun functional = run(program, config, new FunctionalEngine(), numeric, network, 1);
                ProgramRun clocked = run(program, config, new ClockedEngine(), numeric, network, 1);
                ProgramRun exact = run(program, config, new ExactEngine(), numeric, network, 1);
                assertThat(digests(clocked)).as("seed %d", seed).isEqualTo(digests(functional));
                assertThat(digests(exact)).as("seed %d", seed).isEqualTo(digests(functional));
                assertThat(clocked.outputs()).isEqualTo(functional.outputs());
                assertThat(exact.cycles()).as("seed %d", seed).isEqualTo(clocked.cycles());
                assertThat(exact.saturations()).isEqualTo(functional.saturations());
                assertThat(clocked.saturations()).isEqualTo(functional.saturations());
            }
        }
    }

    private static ProgramRun run(
            Program program, MachineConfig config, Engine engine, Numeric numeric, NetworkCase network, int threads) {
        return new ProgramMachine(program, config, engine, numeric)
                .run(network.inputs, network.numInputs, threads, done -> {});
    }

    private static List<Long> digests(ProgramRun run) {
        return run.layers().stream().map(LayerRun::outputDigest).toList();
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws FormatException {
        for (long seed = 0; seed < 20; seed++) {
            NetworkCase network = new NetworkCase(seed);
            MachineConfig config = machine(seed, "activation_bits=8");
            Program program = compile(network, config);
            Program calibrated =
                    Calibration.calibrate(program, config, network.inputs, network.numInputs, 1, done -> {});
            assertThat(Calibration.calibrate(program, config, network.inputs, network.numInputs, 3, done -> {})
                            .body())
                    .isEqualTo(calibrated.body());
            ProgramRun one = run(calibrated, config, new ClockedEngine(), Numeric.FIXED_POINT, network, 1);
            ProgramRun three = run(calibrated, config, new ClockedEngine(), Numeric.FIXED_POINT, network, 3);
            assertThat(three.rawOutputs()).isEqualTo(one.rawOutputs());
            assertThat(three.cycles()).isEqualTo(one.cycles());
            assertThat(three.saturations()).isEqualTo(one.saturations());
            assertThat(digests(three)).isEqualTo(digests(one));
            assertThat(three.layers().get(0).transfers())
                    .isEqualTo(one.layers().get(0).transfers());
        }
    }

    @Test
    void aChangedOutputChangesTheDigest() throws FormatException {
        NetworkCase network = new NetworkCase(4);
        MachineConfig config = machine(4);
        Program program = compile(network, config);
        ProgramRun before = run(program, config, new FunctionalEngine(), Numeric.FLOAT32, network, 1);
        network.inputs[0] += 1;
        ProgramRun after = run(program, config, new FunctionalEngine(), Numeric.FLOAT32, network, 1);
        assertThat(after.outputs()).isNotEqualTo(before.outputs());
        assertThat(digests(after)).isNotEqualTo(digests(before));
    }

    @Test
    void whatDoesNotFitIsRefused() throws FormatException {
        NetworkCase network = new NetworkCase(1);
        MachineConfig config = machine(1, "pes=4");
        Program program = compile(network, config);
        FunctionalEngine engine = new FunctionalEngine();
        assertThatThrownBy(() -> new ProgramMachine(program, machine(1, "pes=8"), engine, Numeric.FLOAT32))
                .hasMessageContaining("4 PEs, ")
                .hasMessageContaining("compile it again");
        assertThatThrownBy(() -> new ProgramMachine(program, config, engine, Numeric.FIXED_POINT))
                .hasMessage("the program has no fixed-point formats; calibrate it first");
        Program calibrated = Calibration.calibrate(program, config, network.inputs, network.numInputs, 1, done -> {});
        MachineConfig narrow = machine(1, "pes=4", "activation_bits=8");
        assertThatThrownBy(() -> new ProgramMachine(calibrated, narrow, engine, Numeric.FIXED_POINT))
                .hasMessage("the program was calibrated for activation_bits=16, the machine has 8; calibrate it again");
        ProgramMachine machine = new ProgramMachine(program, config, engine, Numeric.FLOAT32);
        assertThatThrownBy(() -> machine.run(new float[1], 2)).hasMessageContaining("1 values for 2 inputs of");
        float[] bad = network.inputs.clone();
        bad[bad.length - 1] = Float.NaN;
        assertThatThrownBy(() -> machine.run(bad, network.numInputs)).hasMessageEndingWith("is NaN");
    }

    @Test
    void transfersAreCountedApartFromCycles() throws FormatException {
        NetworkCase network = new NetworkCase(9);
        MachineConfig roomy = machine(9, "pes=4");
        Program resident = compile(network, roomy);
        ProgramRun once = run(resident, roomy, new FunctionalEngine(), Numeric.FLOAT32, network, 1);
        long numEntries = resident.images().stream()
                .mapToLong(image -> image.matrix().numEntries())
                .sum();
        assertThat(once.setupTransfers().weightEntries()).isEqualTo(numEntries);
        assertThat(once.layers())
                .allSatisfy(
                        layer -> assertThat(layer.transfers().weightEntries()).isZero());
        assertThat(once.layers().get(0).transfers().activationsLoaded()).isEqualTo(network.inputs.length);
        MachineConfig tiny = machine(9, "pes=4", "spmat_sram_bytes=16", "spmat_row_entries=2");
        Program streamed = compile(network, tiny);
        ProgramRun each = run(streamed, tiny, new FunctionalEngine(), Numeric.FLOAT32, network, 1);
        assertThat(each.setupTransfers()).isEqualTo(TransferCounts.NONE);
        assertThat(each.layers().stream()
                        .mapToLong(layer -> layer.transfers().weightEntries())
                        .sum())
                .isGreaterThanOrEqualTo(numEntries * network.numInputs);
        assertThat(each.outputs()).isEqualTo(once.outputs());
    }
}
