package org.eiesim.simulator.machine;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;

/** Counts a program's transfers. They do not depend on the inputs, so one walk over the instructions is enough. */
final class TransferCounter {
    private final Program program;

    TransferCounter(Program program) {
        this.program = program;
    }

    /** Returns what the setup moves. */
    TransferCounts setup() {
        TransferCounts sum = TransferCounts.NONE;
        for (Instruction instruction : program.setup()) {
            sum = sum.plus(count(instruction));
        }
        return sum;
    }

    /** Returns what one run of the body moves for each layer. */
    List<TransferCounts> layers() {
        List<TransferCounts> layers = new ArrayList<>();
        program.layers().forEach(layer -> layers.add(TransferCounts.NONE));
        int layer = 0;
        int repeated = 0;
        long times = 1;
        for (Instruction instruction : program.body()) {
            if (instruction.opcode() == Opcode.SET_LAYER) {
                layer = instruction.getInt(Field.LAYER);
            }
            if (!layers.isEmpty()) {
                TransferCounts counts = count(instruction).times(repeated > 0 ? times : 1);
                int receiver = layerOf(instruction, layer);
                layers.set(receiver, layers.get(receiver).plus(counts));
            }
            repeated--;
            if (instruction.opcode() == Opcode.REPEAT) {
                repeated = instruction.getInt(Field.LENGTH);
                times = instruction.get(Field.TIMES);
            }
        }
        return layers;
    }

    /** Returns the layer a transfer is for: weights may be loaded while the layer before is still at work. */
    private int layerOf(Instruction instruction, int current) {
        return switch (instruction.opcode()) {
            case LOAD_WEIGHTS, LOAD_POINTERS -> image(instruction).layer();
            default -> current;
        };
    }

    private TransferCounts count(Instruction instruction) {
        return switch (instruction.opcode()) {
            case LOAD_WEIGHTS -> new TransferCounts(image(instruction).matrix().numEntries(), 0, 0, 0, 0, 0);
            case LOAD_POINTERS -> new TransferCounts(0, numPointers(image(instruction)), 0, 0, 0, 0);
            case LOAD_CODEBOOK ->
                new TransferCounts(0, 0, program.codebooks().get(instruction.getInt(Field.CODEBOOK)).length, 0, 0, 0);
            case LOAD_BIAS -> new TransferCounts(0, 0, 0, instruction.get(Field.COUNT), 0, 0);
            case LOAD_ACTIVATIONS -> new TransferCounts(0, 0, 0, 0, instruction.get(Field.COUNT), 0);
            case STORE_ACTIVATIONS -> new TransferCounts(0, 0, 0, 0, 0, instruction.get(Field.COUNT));
            default -> TransferCounts.NONE;
        };
    }

    private WeightImage image(Instruction instruction) {
        return program.images().get(instruction.getInt(Field.IMAGE));
    }

    private static long numPointers(WeightImage image) {
        return (image.matrix().numColumns() + 1L) * image.matrix().numPes();
    }
}
