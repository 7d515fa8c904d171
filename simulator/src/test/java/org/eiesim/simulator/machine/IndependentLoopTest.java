package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.junit.jupiter.api.Test;

/** Loops whose iterations run in blocks and on several threads against the same one after another. */
class IndependentLoopTest {
    private static final int TIMES = 5;
    private static final int COUNT = 4;

    @Test
    void blocksAndThreadsChangeNothing() throws FormatException {
        int numLoops = 0;
        for (long seed = 0; seed < 60; seed++) {
            NetworkCase network = new NetworkCase(seed, 150);
            MachineConfig config = MachineConfig.defaults()
                    .withSettings(List.of(
                            "pes=" + List.of(1, 4, 64).get((int) (seed % 3)),
                            "register_file_length=" + List.of(64, 3).get((int) (seed % 2)),
                            "bias=" + (seed % 5 == 0 ? "column" : "preload"),
                            "accumulator_bits=" + (seed % 4 == 0 ? 32 : 16)));
            Program program = Calibration.calibrate(
                    Lowering.compile(network.network, config.target()),
                    config,
                    network.inputs,
                    network.numInputs,
                    1,
                    done -> {});
            for (Numeric numeric : Numeric.values()) {
                // The functional engine takes no blocks, and on one thread its loops run in order.
                List<Object> expected = facts(run(program, config, new FunctionalEngine(), numeric, network, 1));
                ProgramRun clocked = run(program, config, new ClockedEngine(), numeric, network, 3);
                assertThat(facts(clocked)).as("seed %d", seed).isEqualTo(expected);
                for (int numThreads : new int[] {1, 2, 9}) {
                    for (Lanes lanes : List.of(Lanes.scalar(), Lanes.fastest())) {
                        ProgramRun exact = run(program, config, new ExactEngine(lanes), numeric, network, numThreads);
                        assertThat(facts(exact))
                                .as("seed %d, %d threads, %s lanes", seed, numThreads, lanes)
                                .isEqualTo(expected);
                        for (int i = 0; i < exact.layers().size(); i++) {
                            assertThat(exact.layers().get(i).events())
                                    .usingRecursiveComparison()
                                    .isEqualTo(clocked.layers().get(i).events());
                        }
                    }
                }
            }
            numLoops += network.numVectors > 1 ? 1 : 0;
        }
        assertThat(numLoops).as("the cases must have loops").isGreaterThan(10);
    }

    private static ProgramRun run(
            Program program, MachineConfig config, Engine engine, Numeric numeric, NetworkCase network, int threads) {
        return new ProgramMachine(program, config, engine, numeric)
                .run(network.inputs, network.numInputs, threads, done -> {});
    }

    /** Returns what does not need a clock. */
    private static List<Object> facts(ProgramRun run) {
        List<Object> facts = new ArrayList<>();
        facts.add(Arrays.toString(run.rawOutputs()));
        for (LayerRun layer : run.layers()) {
            facts.add(layer.outputDigest());
            facts.add(layer.maxOutput());
            facts.add(layer.events().saturations);
            facts.add(layer.events().broadcasts);
            facts.add(Arrays.toString(layer.events().accumulates));
        }
        for (float output : run.outputs()) {
            facts.add(Float.floatToRawIntBits(output));
        }
        return facts;
    }

    private static List<Instruction> loop(Instruction... instructions) {
        List<Instruction> body = new ArrayList<>();
        body.add(Instruction.of(Opcode.REPEAT, TIMES, instructions.length));
        body.addAll(List.of(instructions));
        return body;
    }

    private static Instruction load(int buffer, int position, int count) {
        return Instruction.of(Opcode.LOAD_ACTIVATIONS, buffer, position, 0, count);
    }

    private static Instruction product(int accumulate) {
        return Instruction.of(Opcode.MATRIX_VECTOR, 0, 0, accumulate, COUNT, 8);
    }

    private static Instruction store(int buffer, int offset) {
        return Instruction.of(Opcode.STORE_ACTIVATIONS, buffer, 0, offset, COUNT);
    }

    private static final Instruction ACTIVATE = Instruction.of(Opcode.ACTIVATE, COUNT);

    private static boolean isIndependent(List<Instruction> body, int storeStep, long storeStride) {
        return IndependentLoop.of(body, 0, new int[] {1, storeStep}, new long[] {8, storeStride})
                .isPresent();
    }

    @Test
    void aPixelThatDefinesAllItReadsIsIndependent() {
        List<Instruction> body = loop(load(0, 0, 8), product(0), ACTIVATE, store(1, 0));
        assertThat(isIndependent(body, 1, COUNT)).isTrue();
        assertThat(isIndependent(body, TIMES, 1)).isTrue();
        assertThat(IndependentLoop.of(body, 0, new int[] {1, 1}, new long[] {8, COUNT})
                        .orElseThrow()
                        .outputsPerIteration())
                .isEqualTo(COUNT);
    }

    @Test
    void iterationsThatMeetAreNot() {
        List<Instruction> body = loop(load(0, 0, 8), product(0), ACTIVATE, store(1, 0));
        assertThat(isIndependent(body, 1, COUNT - 1)).as("stores overlap").isFalse();
        assertThat(isIndependent(body, TIMES - 1, 1))
                .as("stores interleave and meet")
                .isFalse();
        assertThat(isIndependent(body, 1, 0)).as("all store to the same place").isFalse();
        List<Instruction> twoStores = loop(load(0, 0, 8), product(0), ACTIVATE, store(1, 0), store(1, 2));
        assertThat(isIndependent(twoStores, TIMES, 1)).as("two stores meet").isFalse();
        List<Instruction> twoApart = loop(load(0, 0, 8), product(0), ACTIVATE, store(1, 0), store(1, 2 * TIMES));
        assertThat(isIndependent(twoApart, TIMES, 1)).as("two stores apart").isTrue();
        assertThat(isIndependent(loop(load(1, 0, 8), product(0), ACTIVATE, store(1, 0)), 1, COUNT))
                .as("loads what another stored")
                .isFalse();
    }

    @Test
    void iterationsThatContinueOthersAreNot() {
        assertThat(isIndependent(loop(load(0, 0, 7), product(0), ACTIVATE, store(1, 0)), 1, COUNT))
                .as("an input is not loaded")
                .isFalse();
        assertThat(isIndependent(loop(load(0, 0, 8), product(1), ACTIVATE, store(1, 0)), 1, COUNT))
                .as("accumulates on what was there")
                .isFalse();
        Instruction swap = Instruction.of(Opcode.SWAP_REGISTER_FILES);
        assertThat(isIndependent(loop(load(0, 0, 8), product(0), ACTIVATE, swap), 1, COUNT))
                .as("leaves its outputs in the registers")
                .isFalse();
    }
}
