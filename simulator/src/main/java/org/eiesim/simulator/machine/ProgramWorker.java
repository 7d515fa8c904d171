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
import org.eiesim.compiler.program.Port;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.WeightImage;
import org.eiesim.simulator.config.MachineConfig;
import org.jspecify.annotations.Nullable;

/** Executes a program's body, input after input, for one thread. */
final class ProgramWorker {
    private final Program program;
    private final MachineConfig config;
    private final Engine engine;
    private final RegisterFiles registers;
    private final float[][] buffers;
    private final List<LayerTally> layers = new ArrayList<>();
    /** By place in the body; null where no host operation stands. */
    private final @Nullable HostTally[] hosts;
    /** By place in the body: every product is prepared when it first runs and serves all inputs. */
    private final @Nullable PreparedProduct[] products;

    private final int[] step = new int[TransferCode.values().length];
    private final long[] stride = new long[TransferCode.values().length];
    private ActivationCode activation = ActivationCode.NONE;
    private float[] codebook = {0};
    private int layer;
    private int iteration;

    ProgramWorker(Program program, MachineConfig config, Engine engine, Numeric numeric) {
        this.program = program;
        this.config = config;
        this.engine = engine;
        int numPes = program.target().numPes();
        program.layers().forEach(info -> layers.add(new LayerTally(numPes)));
        int length = registerLength(program);
        LayerTally none = new LayerTally(numPes);
        registers = numeric == Numeric.FLOAT32
                ? new Float32Registers(length, none)
                : new FixedPointRegisters(length, config.rounding(), none);
        buffers = program.buffers().stream()
                .map(HostBuffer::length)
                .map(float[]::new)
                .toArray(float[][]::new);
        products = new PreparedProduct[program.body().size()];
        hosts = new HostTally[program.body().size()];
        for (int i = 0; i < hosts.length; i++) {
            Instruction instruction = program.body().get(i);
            if (instruction.opcode() == Opcode.HOST_OPERATION) {
                hosts[i] = new HostTally(program, instruction, numeric);
            }
        }
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
            int length = instruction.getInt(Field.LENGTH);
            int times = instruction.getInt(Field.TIMES);
            for (iteration = 0; iteration < times; iteration++) {
                for (int i = place + 1; i <= place + length; i++) {
                    execute(body.get(i), i);
                }
            }
            iteration = 0;
            place += length;
        }
    }

    private void execute(Instruction instruction, int place) {
        switch (instruction.opcode()) {
            case SET_LAYER -> setLayer(instruction);
            case SET_FORMATS -> registers.setFormats(InstructionFormats.layerFormats(instruction));
            case SET_STRIDES -> {
                step[instruction.getInt(Field.TRANSFER)] = instruction.getInt(Field.STEP);
                stride[instruction.getInt(Field.TRANSFER)] = instruction.get(Field.STRIDE);
            }
            case LOAD_CODEBOOK -> codebook = program.codebooks().get(instruction.getInt(Field.CODEBOOK));
            case LOAD_BIAS ->
                registers.loadBias(
                        program.biases().get(instruction.getInt(Field.BIAS)),
                        instruction.getInt(Field.OFFSET),
                        instruction.getInt(Field.COUNT));
            case LOAD_ACTIVATIONS ->
                registers.load(
                        buffers[instruction.getInt(Field.BUFFER)],
                        offset(instruction, TransferCode.LOAD),
                        step[TransferCode.LOAD.code()],
                        instruction.getInt(Field.POSITION),
                        instruction.getInt(Field.COUNT));
            case STORE_ACTIVATIONS ->
                registers.store(
                        instruction.getInt(Field.POSITION),
                        instruction.getInt(Field.COUNT),
                        buffers[instruction.getInt(Field.BUFFER)],
                        offset(instruction, TransferCode.STORE),
                        step[TransferCode.STORE.code()]);
            case MATRIX_VECTOR -> matrixVector(instruction, place);
            case ACTIVATE -> registers.activate(activation, instruction.getInt(Field.COUNT));
            case SWAP_REGISTER_FILES -> registers.swap();
            case HOST_OPERATION -> {
                HostTally host = hosts[place];
                if (host != null) {
                    host.run(buffers);
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

    private int offset(Instruction instruction, TransferCode direction) {
        return Math.toIntExact(instruction.get(Field.OFFSET) + iteration * stride[direction.code()]);
    }

    private void matrixVector(Instruction instruction, int place) {
        PreparedProduct product = products[place];
        if (product == null) {
            WeightImage image = program.images().get(instruction.getInt(Field.IMAGE));
            product = engine.prepare(
                    new ProductImage(image.matrix(), codebook, image.numInputs(), image.biasColumn()),
                    config,
                    registers.arithmetic());
            products[place] = product;
        }
        if (!instruction.isSet(Field.ACCUMULATE)) {
            registers.clear(instruction.getInt(Field.ROWS));
        }
        registers.run(product, instruction.getInt(Field.POSITION));
    }

    /** Adds another worker's counts to this one's. */
    void add(ProgramWorker other) {
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
