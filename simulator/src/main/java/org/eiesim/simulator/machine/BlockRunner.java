package org.eiesim.simulator.machine;

import java.util.List;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.TransferCode;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.compiler.program.Program;
import org.jspecify.annotations.Nullable;

/** Executes an independent loop's instructions, each for a whole block of iterations, on one thread. */
final class BlockRunner {
    private final ProgramWorker worker;
    private final Program program;
    private final BlockRegisters registers;
    /** The layer's. */
    private EventRecord events;

    BlockRunner(ProgramWorker worker, Program program, BlockRegisters registers) {
        this.worker = worker;
        this.program = program;
        this.registers = registers;
        events = new EventRecord(program.target().numPes());
    }

    /** Runs the iterations from..to-1, whose layer's next output is that of iteration {@code from}. */
    void run(
            IndependentLoop loop,
            int from,
            int to,
            LayerTally tally,
            ActivationCode activation,
            @Nullable LayerFormats formats) {
        registers.start(to - from, loop.outputsPerIteration(), tally, formats);
        events = tally.events;
        List<Instruction> instructions = loop.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            execute(instructions.get(i), loop.place() + i, from, activation);
        }
    }

    private void execute(Instruction instruction, int place, int iteration, ActivationCode activation) {
        switch (instruction.opcode()) {
            case LOAD_CODEBOOK -> worker.loadCodebook(instruction);
            case LOAD_BIAS ->
                registers.loadBias(
                        program.biases().get(instruction.getInt(Field.BIAS)),
                        instruction.getInt(Field.OFFSET),
                        instruction.getInt(Field.COUNT));
            case LOAD_ACTIVATIONS ->
                registers.load(
                        worker.buffer(instruction),
                        worker.offset(instruction, TransferCode.LOAD, iteration),
                        worker.step(TransferCode.LOAD),
                        worker.stride(TransferCode.LOAD),
                        instruction.getInt(Field.POSITION),
                        instruction.getInt(Field.COUNT));
            case STORE_ACTIVATIONS ->
                registers.store(
                        instruction.getInt(Field.POSITION),
                        instruction.getInt(Field.COUNT),
                        worker.buffer(instruction),
                        worker.offset(instruction, TransferCode.STORE, iteration),
                        worker.step(TransferCode.STORE),
                        worker.stride(TransferCode.STORE));
            case MATRIX_VECTOR -> {
                if (!instruction.isSet(Field.ACCUMULATE)) {
                    registers.clear(instruction.getInt(Field.ROWS));
                }
                BlockProduct product = (BlockProduct) worker.product(instruction, place);
                long before = events.cycles;
                registers.run(product, instruction.getInt(Field.POSITION));
                worker.noteCycles(place, events.cycles - before);
            }
            case ACTIVATE -> registers.activate(activation, instruction.getInt(Field.COUNT));
            case LOAD_WEIGHTS, LOAD_POINTERS, BARRIER -> {
                // Images are bound to their products.
            }
            default -> throw new IllegalStateException(instruction.opcode() + " in an independent loop");
        }
    }
}
