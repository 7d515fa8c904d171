package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.exact.ExactEngine;
import org.junit.jupiter.api.Test;

class StreamTimelineTest {
    private static final double MICROSECOND = 1e-9;

    private static MachineConfig machine(String... settings) {
        return MachineConfig.defaults()
                .withSettings(List.of("pes=2", "spmat_row_entries=2", "dram_burst_bytes=8"))
                .withSettings(List.of(settings));
    }

    private static ProgramRun run(Program program, MachineConfig config, float[] inputs, int numInputs) {
        return new ProgramMachine(program, config, new ExactEngine(), Numeric.FLOAT32).run(inputs, numInputs);
    }

    /** Three dense layers, of which any two fit the memories. */
    @Test
    void theSecondLayersTransferHidesBehindTheFirstLayersProduct() throws FormatException {
        SharedNetwork net = new SharedNetwork(1, 9, 0.5);
        String x = net.input("x", 30);
        x = net.dense("fc1", x, 30, 24);
        x = net.dense("fc2", x, 24, 20);
        CompressedNetwork network = net.build(net.dense("fc3", x, 20, 30));
        float[] inputs = net.samples(1);
        for (String bandwidth : List.of("0.05", "1", "40")) {
            MachineConfig config = machine("spmat_sram_bytes=400", "dram_bandwidth_gbps=" + bandwidth);
            Program program = Lowering.compile(network, config.target());
            assertThat(program.images()).hasSize(3);
            assertThat(program.setup()).isEmpty();
            List<Opcode> opcodes =
                    program.body().stream().map(Instruction::opcode).toList();
            assertThat(opcodes.subList(0, opcodes.indexOf(Opcode.MATRIX_VECTOR)))
                    .containsOnlyOnceElementsOf(List.of(Opcode.SET_LAYER))
                    .filteredOn(opcode -> opcode == Opcode.LOAD_WEIGHTS)
                    .hasSize(2);
            ProgramRun run = run(program, config, inputs, 1);
            double first = transfer(program.images().get(0), config);
            double second = transfer(program.images().get(1), config);
            double compute = config.microseconds(run.layers().get(0).events().cycles);
            assertThat(run.layers().get(0).streamedMicroseconds()).isCloseTo(first + compute, within(MICROSECOND));
            assertThat(run.layers().get(1).streamedMicroseconds())
                    .isCloseTo(
                            Math.max(0, second - compute)
                                    + config.microseconds(run.layers().get(1).events().cycles),
                            within(MICROSECOND));
        }
    }

    /** Bits in bursts of 64, over a bandwidth in thousands of bits a microsecond; 4 + 4 bits an entry, 16 a pointer. */
    private static double transfer(WeightImage image, MachineConfig config) {
        long entryBursts = (image.matrix().numEntries() * 8L + 63) / 64;
        long pointerBursts = (2 * (image.matrix().numColumns() + 1L) * 16 + 63) / 64;
        return (entryBursts + pointerBursts) * 64 / (config.get(Parameters.DRAM_BANDWIDTH_GBPS) * 1000);
    }

    @Test
    void weightsThatStayTakeNoTimeBesidesTheCycles() throws FormatException {
        SharedNetwork net = new SharedNetwork(2, 9, 0.5);
        String x = net.convolution("conv", net.input("x", 2, 6, 6), 5, 2, SharedNetwork.window(3, 1, 1), 1);
        CompressedNetwork network = net.build(x);
        MachineConfig config = machine();
        ProgramRun run = run(Lowering.compile(network, config.target()), config, net.samples(3), 3);
        assertThat(run.streamedMicroseconds()).isCloseTo(config.microseconds(run.cycles()), within(MICROSECOND));
    }

    /** Between the longer of cycles and transfers and their sum, whatever is streamed how. */
    @Test
    void streamedTimeLiesBetweenItsBounds() throws FormatException {
        for (long seed = 0; seed < 20; seed++) {
            SharedNetwork net = new SharedNetwork(seed, 9, 0.5);
            String x = net.convolution("conv", net.input("x", 3, 5, 5), 6, 3, SharedNetwork.window(3, 1, 1), 1);
            CompressedNetwork network = net.build(net.convolution("last", x, 4, 6, SharedNetwork.window(1, 1, 0), 2));
            MachineConfig config = machine("spmat_sram_bytes=" + (16 + 9 * seed), "dram_burst_bytes=1");
            Program program = Lowering.compile(network, config.target());
            ProgramRun run = run(program, config, net.samples(2), 2);
            double cycles = config.microseconds(run.cycles());
            double transfers = run.layers().stream()
                    .mapToDouble(layer -> layer.transfers().weightEntries() * 8.0
                            + layer.transfers().columnPointers() * 16.0)
                    .sum();
            transfers /= config.get(Parameters.DRAM_BANDWIDTH_GBPS) * 1000;
            assertThat(run.streamedMicroseconds())
                    .as("seed %d", seed)
                    .isBetween(Math.max(cycles, transfers) - MICROSECOND, cycles + transfers + MICROSECOND);
        }
    }
}
