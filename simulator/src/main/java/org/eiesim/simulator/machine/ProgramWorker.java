package org.eiesim.simulator.machine;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.isa.Coded;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.isa.TransferCode;
import org.eiesim.compiler.program.HostBuffer;
import org.eiesim.compiler.program.InstructionFormats;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.compiler.program.Port;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.simulator.config.MachineConfig;
import org.jspecify.annotations.Nullable;

/**
 * Executes a program's body, input after input, for one thread. Loops whose iterations are independent are run by a
 * {@link LoopCrew}, whose members are workers too: they share the buffers, and have registers and tallies of their own.
 */
final class ProgramWorker {
    private static final int MAX_BLOCK_REGISTERS = 1 << 20;

    private final Program program;
    private final MachineConfig config;
    private final Engine engine;
    private final Numeric numeric;
    private final int registerLength;
    private final RegisterFiles registers;
    private final float[][] buffers;
    private final List<LayerTally> layers = new ArrayList<>();
    /** By place in the body; null where no host operation stands. */
    private final @Nullable HostTally[] hosts;
    /** Of all workers. */
    private final PreparedProducts prepared;
    /** By place in the body: this worker's forks. */
    private final @Nullable PreparedProduct[] products;

    private final long[] cycles;

    private final int numLoopThreads;
    private @Nullable LoopCrew crew;
    /** Of a member of a crew, where blocks of registers are not too large. */
    private final @Nullable BlockRunner blocks;

    private final int[] step = new int[TransferCode.values().length];
    private final long[] stride = new long[TransferCode.values().length];
    private ActivationCode activation = ActivationCode.NONE;
    private @Nullable LayerFormats formats;
    private float[] codebook = {0};
    private int layer;
    private int iteration;
    /** Of a member of a crew: where the layer's outputs stood when the loop began. */
    private LayerTally loopStart = new LayerTally(0);

    /**
     * Makes a worker.
     *
     * @param prepared the products, shared with the other workers of the run
     * @param numLoopThreads threads it may use at once
     */
    ProgramWorker(
            Program program,
            MachineConfig config,
            Engine engine,
            Numeric numeric,
            PreparedProducts prepared,
            int numLoopThreads) {
        this.program = program;
        this.config = config;
        this.engine = engine;
        this.numeric = numeric;
        this.prepared = prepared;
        this.numLoopThreads = numLoopThreads;
        blocks = null;
        registerLength = registerLength(program);
        registers = registers(registerLength);
        buffers = program.buffers().stream()
                .map(HostBuffer::length)
                .map(float[]::new)
                .toArray(float[][]::new);
        products = new PreparedProduct[program.body().size()];
        hosts = new HostTally[program.body().size()];
        cycles = new long[program.body().size()];
        for (int i = 0; i < hosts.length; i++) {
            Instruction instruction = program.body().get(i);
            if (instruction.opcode() == Opcode.HOST_OPERATION) {
                hosts[i] = new HostTally(program, instruction, numeric);
            }
        }
    }

    /** Makes a member of a worker's crew, for blocks of so many iterations. */
    ProgramWorker(ProgramWorker owner, int maxVectors) {
        program = owner.program;
        config = owner.config;
        engine = owner.engine;
        numeric = owner.numeric;
        prepared = owner.prepared;
        numLoopThreads = 1;
        registerLength = owner.registerLength;
        registers = registers(registerLength);
        buffers = owner.buffers;
        products = new PreparedProduct[program.body().size()];
        hosts = new HostTally[program.body().size()];
        cycles = new long[program.body().size()];
        LayerTally none = layers.isEmpty() ? new LayerTally(program.target().numPes()) : layers.get(0);
        BlockRegisters block = null;
        if (registerLength <= MAX_BLOCK_REGISTERS) {
            block = numeric == Numeric.FLOAT32
                    ? new Float32Block(registerLength, maxVectors, none)
                    : new FixedPointBlock(registerLength, maxVectors, config.rounding(), none);
        }
        blocks = block == null ? null : new BlockRunner(this, program, block);
    }

    private RegisterFiles registers(int length) {
        int numPes = program.target().numPes();
        program.layers().forEach(info -> layers.add(new LayerTally(numPes)));
        LayerTally none = new LayerTally(numPes);
        return numeric == Numeric.FLOAT32
                ? new Float32Registers(length, none)
                : new FixedPointRegisters(length, config.rounding(), none);
    }

    /** Returns how much of the register files the program uses. */
    private static int registerLength(Program program) {
        long length = 0;
        for (Instruction instruction : program.body()) {
            length = Math.max(
                    length,
                    switch (instruction.opcode()) {
                        case LOAD_ACTIVATIONS -> instruction.get(Field.POSITION) + instruction.get(Field.COUNT);
                        case LOAD_BIAS -> instruction.get(Field.COUNT);
                        case MATRIX_VECTOR -> instruction.get(Field.ROWS);
                        default -> 0L;
                    });
        }
        return Math.toIntExact(length);
    }

    /** Runs the body for one input of the network, at {@code offset}, and writes its outputs. */
    void run(int input, float[] inputs, int offset, float[] outputs, int outputOffset) {
        int from = offset;
        for (Port port : program.inputs()) {
            float[] buffer = buffers[port.buffer()];
            System.arraycopy(inputs, from, buffer, 0, buffer.length);
            from += buffer.length;
        }
        layers.forEach(tally -> tally.startInput(input));
        registers.startInput();
        try {
            runBody();
        } catch (ArithmeticException e) {
            String name = program.layers().get(layer).name();
            throw new IllegalArgumentException("input " + input + ", layer " + name + ": " + e.getMessage(), e);
        }
        int to = outputOffset;
        for (Port port : program.outputs()) {
            float[] buffer = buffers[port.buffer()];
            System.arraycopy(buffer, 0, outputs, to, buffer.length);
            to += buffer.length;
        }
    }

    private void runBody() {
        List<Instruction> body = program.body();
        for (int place = 0; place < body.size(); place++) {
            Instruction instruction = body.get(place);
            if (instruction.opcode() != Opcode.REPEAT) {
                execute(instruction, place);
                continue;
            }
            repeat(place);
            place += instruction.getInt(Field.LENGTH);
        }
    }

    private void repeat(int place) {
        int first = place + 1;
        int end = first + program.body().get(place).getInt(Field.LENGTH);
        int times = program.body().get(place).getInt(Field.TIMES);
        // The last iteration is run here, so that it leaves the registers as if all had been.
        int before = times > 1 ? runIndependent(place, times - 1) : 0;
        for (iteration = before; iteration < times; iteration++) {
            for (int i = first; i < end; i++) {
                execute(program.body().get(i), i);
            }
        }
        iteration = 0;
    }

    /** Runs the first iterations of a loop if they are independent, and returns how many it has run. */
    private int runIndependent(int place, int numIterations) {
        IndependentLoop loop =
                IndependentLoop.of(program.body(), place, step, stride).orElse(null);
        if (loop == null) {
            return 0;
        }
        if (crew == null) {
            crew = new LoopCrew(this, numLoopThreads, registerLength);
        }
        crew.run(this, loop, numIterations);
        LayerTally tally = layers.get(layer);
        tally.continueFrom(tally, (long) numIterations * loop.outputsPerIteration());
        return numIterations;
    }

    /** Takes over what the instructions before a loop have set. */
    void enterLoop(ProgramWorker owner) {
        layer = owner.layer;
        activation = owner.activation;
        formats = owner.formats;
        codebook = owner.codebook;
        System.arraycopy(owner.step, 0, step, 0, step.length);
        System.arraycopy(owner.stride, 0, stride, 0, stride.length);
        registers.startInput();
        registers.startLayer(layers.get(layer));
        registers.setFormats(formats);
        loopStart = owner.layers.get(layer);
    }

    /** Runs the iterations from..to-1 of a loop that has been entered. */
    void runIterations(IndependentLoop loop, int from, int to) {
        LayerTally tally = layers.get(layer);
        tally.continueFrom(loopStart, (long) from * loop.outputsPerIteration());
        if (blocks != null && takesBlocks(loop)) {
            blocks.run(loop, from, to, tally, activation, formats);
            return;
        }
        for (iteration = from; iteration < to; iteration++) {
            for (int i = 0; i < loop.instructions().size(); i++) {
                execute(loop.instructions().get(i), loop.place() + i);
            }
        }
    }

    private boolean takesBlocks(IndependentLoop loop) {
        for (int i = 0; i < loop.instructions().size(); i++) {
            Instruction instruction = loop.instructions().get(i);
            switch (instruction.opcode()) {
                case LOAD_CODEBOOK -> loadCodebook(instruction);
                case MATRIX_VECTOR -> {
                    if (!(product(instruction, loop.place() + i) instanceof BlockProduct)) {
                        return false;
                    }
                }
                default -> {
                    // Every register file can do the rest.
                }
            }
        }
        return true;
    }

    private void execute(Instruction instruction, int place) {
        switch (instruction.opcode()) {
            case SET_LAYER -> setLayer(instruction);
            case SET_FORMATS -> {
                formats = InstructionFormats.layerFormats(instruction);
                registers.setFormats(formats);
            }
            case SET_STRIDES -> {
                step[instruction.getInt(Field.TRANSFER)] = instruction.getInt(Field.STEP);
                stride[instruction.getInt(Field.TRANSFER)] = instruction.get(Field.STRIDE);
            }
            case LOAD_CODEBOOK -> loadCodebook(instruction);
            case LOAD_BIAS ->
                registers.loadBias(
                        program.biases().get(instruction.getInt(Field.BIAS)),
                        instruction.getInt(Field.OFFSET),
                        instruction.getInt(Field.COUNT));
            case LOAD_ACTIVATIONS ->
                registers.load(
                        buffer(instruction),
                        offset(instruction, TransferCode.LOAD, iteration),
                        step(TransferCode.LOAD),
                        instruction.getInt(Field.POSITION),
                        instruction.getInt(Field.COUNT));
            case STORE_ACTIVATIONS ->
                registers.store(
                        instruction.getInt(Field.POSITION),
                        instruction.getInt(Field.COUNT),
                        buffer(instruction),
                        offset(instruction, TransferCode.STORE, iteration),
                        step(TransferCode.STORE));
            case MATRIX_VECTOR -> matrixVector(instruction, place);
            case ACTIVATE -> registers.activate(activation, instruction.getInt(Field.COUNT));
            case SWAP_REGISTER_FILES -> registers.swap();
            case HOST_OPERATION -> {
                HostTally host = hosts[place];
                if (host != null) {
                    host.run(buffers, iteration);
                }
            }
            case LOAD_WEIGHTS, LOAD_POINTERS, REPEAT, BARRIER, HALT -> {
                // Images are bound to their products; the program was checked to have them loaded by then.
            }
        }
    }

    private void setLayer(Instruction instruction) {
        layer = instruction.getInt(Field.LAYER);
        registers.startLayer(layers.get(layer));
        activation = Coded.of(ActivationCode.values(), instruction.get(Field.ACTIVATION));
        step[0] = step[1] = 1;
        stride[0] = stride[1] = 0;
    }

    void loadCodebook(Instruction instruction) {
        codebook = program.codebooks().get(instruction.getInt(Field.CODEBOOK));
    }

    float[] buffer(Instruction transfer) {
        return buffers[transfer.getInt(Field.BUFFER)];
    }

    int step(TransferCode direction) {
        return step[direction.code()];
    }

    long stride(TransferCode direction) {
        return stride[direction.code()];
    }

    int offset(Instruction transfer, TransferCode direction, int iterationIndex) {
        return Math.toIntExact(transfer.get(Field.OFFSET) + iterationIndex * stride(direction));
    }

    private void matrixVector(Instruction instruction, int place) {
        if (!instruction.isSet(Field.ACCUMULATE)) {
            registers.clear(instruction.getInt(Field.ROWS));
        }
        long before = layers.get(layer).events.cycles;
        registers.run(product(instruction, place), instruction.getInt(Field.POSITION));
        noteCycles(place, layers.get(layer).events.cycles - before);
    }

    /** Notes the cycles a product at a place of the body took. */
    void noteCycles(int place, long count) {
        cycles[place] += count;
    }

    /** Returns the cycles of the product at each place of the body. */
    long[] cycles() {
        return cycles;
    }

    /** Returns this worker's fork of the product at a place of the body. */
    PreparedProduct product(Instruction instruction, int place) {
        PreparedProduct product = products[place];
        if (product == null) {
            WeightImage image = program.images().get(instruction.getInt(Field.IMAGE));
            product = prepared.fork(
                    place,
                    () -> engine.prepare(
                            new ProductImage(image.matrix(), codebook, image.numInputs(), image.biasColumn()),
                            config,
                            registers.arithmetic()));
            products[place] = product;
        }
        return product;
    }

    /** Adds the counts of this worker's crew to its own. */
    void addCrew() {
        if (crew != null) {
            crew.members().forEach(this::add);
            crew = null;
        }
    }

    /** Adds another worker's counts to this one's. */
    void add(ProgramWorker other) {
        for (int place = 0; place < cycles.length; place++) {
            cycles[place] += other.cycles[place];
        }
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).add(other.layers.get(i));
        }
        for (int i = 0; i < hosts.length; i++) {
            HostTally mine = hosts[i];
            HostTally theirs = other.hosts[i];
            if (mine != null && theirs != null) {
                mine.add(theirs);
            }
        }
    }

    List<LayerTally> layers() {
        return layers;
    }

    List<HostRun> hostRuns() {
        List<HostRun> runs = new ArrayList<>();
        for (HostTally host : hosts) {
            if (host != null) {
                runs.add(host.result());
            }
        }
        return runs;
    }
}
