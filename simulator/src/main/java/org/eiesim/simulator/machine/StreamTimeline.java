package org.eiesim.simulator.machine;

import java.util.List;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;

/**
 * The time one input takes when its weights are streamed from DRAM. Instructions are issued in their order; a load of
 * weights or pointers goes on in the background, one after another over one channel of {@code dram_bandwidth_gbps} in
 * bursts of {@code dram_burst_bytes}; a product waits for the weights it uses and then occupies the array for its cycles.
 * So while a product runs, the loads issued before it go on (double buffering): a tile takes the longer of its product and
 * the next tile's transfer, and the first tile's transfer comes first. Activations and host work take no time here; they
 * are counted apart. A program whose weights stay takes exactly its cycles.
 */
public final class StreamTimeline {
    private final Program program;
    private final MachineConfig config;
    private final double[] microsecondsPerRun;
    private final double[] ready;
    private final double[] layers;
    private double now;
    private double channelFree;

    /**
     * Makes a timeline.
     *
     * @param program the program
     * @param config the machine it runs on
     * @param cyclesPerPlace cycles of the product at each place of the body, over all its runs for all inputs
     * @param numInputs inputs those are for
     */
    public StreamTimeline(Program program, MachineConfig config, long[] cyclesPerPlace, int numInputs) {
        this.program = program;
        this.config = config;
        microsecondsPerRun = new double[cyclesPerPlace.length];
        for (int place = 0; place < cyclesPerPlace.length; place++) {
            microsecondsPerRun[place] = config.microseconds(cyclesPerPlace[place]) / Math.max(1, numInputs);
        }
        ready = new double[program.images().size()];
        layers = new double[program.layers().size()];
    }

    /**
     * Runs the program once.
     *
     * @return the microseconds of each layer for one input, on average
     */
    public double[] run() {
        List<Instruction> body = program.body();
        for (int place = 0; place < body.size(); place++) {
            Instruction instruction = body.get(place);
            if (instruction.opcode() != Opcode.REPEAT) {
                execute(place, 1);
                continue;
            }
            int length = instruction.getInt(Field.LENGTH);
            int times = instruction.getInt(Field.TIMES);
            boolean streams = body.subList(place + 1, place + 1 + length).stream()
                    .anyMatch(repeated -> repeated.opcode() == Opcode.LOAD_WEIGHTS);
            // Without loads in it a repeat takes what its products take together.
            int rounds = streams ? times : 1;
            for (int round = 0; round < rounds; round++) {
                for (int i = place + 1; i <= place + length; i++) {
                    execute(i, rounds);
                }
            }
            place += length;
        }
        return layers;
    }

    private void execute(int place, int rounds) {
        Instruction instruction = program.body().get(place);
        switch (instruction.opcode()) {
            case LOAD_WEIGHTS -> {
                WeightImage image = image(instruction);
                int entryBits = config.get(Parameters.WEIGHT_BITS) + config.get(Parameters.INDEX_BITS);
                load(instruction, image.matrix().numEntries() * entryBits);
            }
            case LOAD_POINTERS -> {
                WeightImage image = image(instruction);
                long pointers =
                        (image.matrix().numColumns() + 1L) * image.matrix().numPes();
                load(instruction, pointers * config.get(Parameters.POINTER_BITS));
            }
            case MATRIX_VECTOR -> {
                double end = Math.max(now, ready[instruction.getInt(Field.IMAGE)]) + microsecondsPerRun[place] / rounds;
                layers[image(instruction).layer()] += end - now;
                now = end;
            }
            default -> {
                // Takes no time here.
            }
        }
    }

    private WeightImage image(Instruction instruction) {
        return program.images().get(instruction.getInt(Field.IMAGE));
    }

    private void load(Instruction instruction, long bits) {
        channelFree = Math.max(now, channelFree) + microseconds(bits, config);
        ready[instruction.getInt(Field.IMAGE)] = channelFree;
    }

    /** Returns how long a transfer takes: its bytes in whole bursts over the bandwidth. */
    static double microseconds(long bits, MachineConfig config) {
        long burstBits = (long) config.get(Parameters.DRAM_BURST_BYTES) * Byte.SIZE;
        long bursts = (bits + burstBits - 1) / burstBits;
        // A gigabit a second is a thousand bits a microsecond.
        return bursts * burstBits / (config.get(Parameters.DRAM_BANDWIDTH_GBPS) * 1000);
    }
}
