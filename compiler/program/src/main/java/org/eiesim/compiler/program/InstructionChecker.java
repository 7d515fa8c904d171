package org.eiesim.compiler.program;

import static org.eiesim.compiler.isa.Field.ACCUMULATE;
import static org.eiesim.compiler.isa.Field.ADDRESS;
import static org.eiesim.compiler.isa.Field.BIAS;
import static org.eiesim.compiler.isa.Field.BUFFER;
import static org.eiesim.compiler.isa.Field.CODEBOOK;
import static org.eiesim.compiler.isa.Field.COLUMNS;
import static org.eiesim.compiler.isa.Field.COUNT;
import static org.eiesim.compiler.isa.Field.IMAGE;
import static org.eiesim.compiler.isa.Field.LAYER;
import static org.eiesim.compiler.isa.Field.LENGTH;
import static org.eiesim.compiler.isa.Field.OFFSET;
import static org.eiesim.compiler.isa.Field.POSITION;
import static org.eiesim.compiler.isa.Field.ROWS;
import static org.eiesim.compiler.isa.Field.STEP;
import static org.eiesim.compiler.isa.Field.STRIDE;
import static org.eiesim.compiler.isa.Field.TIMES;
import static org.eiesim.compiler.isa.Field.TRANSFER;

import java.util.List;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.compiler.isa.Opcode;
import org.eiesim.compiler.isa.TransferCode;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * Walks a program as the machine would, with memories that only know what is loaded: the setup, then the body twice,
 * so that what the body leaves behind is what its next run finds; likewise the instructions of a repeat.
 */
final class InstructionChecker {
    private final Program program;
    private final Target target;
    private final int[] maxCodes;
    private final MemoryMap weights = new MemoryMap();
    private final MemoryMap pointers = new MemoryMap();
    private final boolean[] written;
    private final HostChecker hosts;
    private boolean inLayer;
    private long sourceLength;
    private long destinationLength;
    private boolean activated;
    private float @Nullable [] codebook;
    private long times = 1;
    private final long[] step = {1, 1};
    private final long[] stride = {0, 0};
    private String where = "";

    InstructionChecker(Program program) {
        this.program = program;
        this.target = program.target();
        this.written = new boolean[program.buffers().size()];
        this.hosts = new HostChecker(program, written);
        this.maxCodes = program.images().stream().mapToInt(WeightImage::maxCode).toArray();
    }

    void check() throws FormatException {
        for (int i = 0; i < program.setup().size(); i++) {
            Instruction instruction = program.setup().get(i);
            enter("setup", i, instruction);
            switch (instruction.opcode()) {
                case LOAD_WEIGHTS, LOAD_POINTERS, BARRIER -> check(instruction);
                default -> throw error("only loads of weights and pointers may stand in the setup");
            }
        }
        List<Instruction> body = program.body();
        if (body.isEmpty() || body.get(body.size() - 1).opcode() != Opcode.HALT) {
            throw new FormatException("body", "does not end with halt");
        }
        for (int run = 0; run < 2; run++) {
            startInput();
            walkBody(body);
        }
        for (Port output : program.outputs()) {
            if (!written[output.buffer()] || isInput(output.buffer())) {
                throw new FormatException("outputs", "nothing writes buffer " + output.buffer());
            }
        }
    }

    private void startInput() {
        inLayer = false;
        codebook = null;
        sourceLength = 0;
        destinationLength = 0;
        activated = false;
        for (int buffer = 0; buffer < written.length; buffer++) {
            written[buffer] = isInput(buffer);
        }
    }

    private boolean isInput(int buffer) {
        return program.inputs().stream().anyMatch(port -> port.buffer() == buffer);
    }

    private void walkBody(List<Instruction> body) throws FormatException {
        for (int i = 0; i < body.size(); i++) {
            Instruction instruction = body.get(i);
            enter("body", i, instruction);
            if (instruction.opcode() == Opcode.HALT && i < body.size() - 1) {
                throw error("stands before the end");
            }
            if (instruction.opcode() != Opcode.REPEAT) {
                check(instruction);
                continue;
            }
            int length = requireIndex(instruction, LENGTH, 1, body.size() - i - 2);
            requireIndex(instruction, TIMES, 1, Integer.MAX_VALUE);
            walkRepeat(body, i + 1, length, instruction.getInt(TIMES));
            i += length;
        }
    }

    private void walkRepeat(List<Instruction> body, int first, int length, int numTimes) throws FormatException {
        times = numTimes;
        for (int pass = 0; pass < Math.min(2, numTimes); pass++) {
            for (int i = first; i < first + length; i++) {
                enter("body", i, body.get(i));
                if (body.get(i).opcode() == Opcode.REPEAT) {
                    throw error("repeats do not nest");
                }
                check(body.get(i));
            }
        }
        times = 1;
    }

    private void check(Instruction instruction) throws FormatException {
        switch (instruction.opcode()) {
            case SET_LAYER -> setLayer(instruction);
            case SET_FORMATS -> setFormats(instruction);
            case SET_STRIDES -> {
                requireIndex(instruction, STEP, 1, Integer.MAX_VALUE);
                step[instruction.getInt(TRANSFER)] = instruction.get(STEP);
                stride[instruction.getInt(TRANSFER)] = instruction.get(STRIDE);
            }
            case LOAD_CODEBOOK ->
                codebook = program.codebooks()
                        .get(requireIndex(
                                instruction, CODEBOOK, 0, program.codebooks().size() - 1));
            case LOAD_WEIGHTS -> load(instruction, weights, target.spmatCapacityEntries());
            case LOAD_POINTERS -> load(instruction, pointers, target.pointerCapacityColumns() + 1L);
            case LOAD_BIAS -> loadBias(instruction);
            case LOAD_ACTIVATIONS -> transfer(instruction, TransferCode.LOAD);
            case STORE_ACTIVATIONS -> transfer(instruction, TransferCode.STORE);
            case MATRIX_VECTOR -> matrixVector(instruction);
            case ACTIVATE -> {
                requireLayer();
                requireAccumulating();
                requireEnd("destination register file", instruction.get(COUNT), destinationLength);
                activated = true;
            }
            case SWAP_REGISTER_FILES -> {
                requireActivated();
                sourceLength = destinationLength;
                destinationLength = 0;
                activated = false;
            }
            case HOST_OPERATION -> {
                requireFormats(instruction, () -> InstructionFormats.outputFormat(instruction));
                hosts.check(instruction, times, where);
            }
            case REPEAT, BARRIER, HALT -> {
                // Nothing to refer to.
            }
        }
    }

    private void setLayer(Instruction instruction) throws FormatException {
        requireIndex(instruction, LAYER, 0, program.layers().size() - 1);
        inLayer = true;
        step[0] = step[1] = 1;
        stride[0] = stride[1] = 0;
    }

    private void setFormats(Instruction instruction) throws FormatException {
        requireLayer();
        requireFormats(instruction, () -> InstructionFormats.layerFormats(instruction));
    }

    private interface FormatsOf {
        @Nullable
        Object get();
    }

    private void requireFormats(Instruction instruction, FormatsOf formats) throws FormatException {
        try {
            if (formats.get() == null) {
                for (Field field : instruction.opcode().fields()) {
                    if ((field.name().endsWith("_BITS") || field.name().endsWith("_FRACTION"))
                            && instruction.get(field) != 0) {
                        throw error(field.symbol() + " is set though calibrated is not");
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            throw error(String.valueOf(e.getMessage()));
        }
    }

    private void load(Instruction instruction, MemoryMap memory, long capacity) throws FormatException {
        int image = requireIndex(instruction, IMAGE, 0, program.images().size() - 1);
        WeightImage held = program.images().get(image);
        long length = memory == weights
                ? Math.max(1, held.maxEntriesPerPe())
                : held.matrix().numColumns() + 1L;
        requireEnd("memory", instruction.get(ADDRESS) + length, capacity);
        memory.load(image, instruction.get(ADDRESS), length);
    }

    private void loadBias(Instruction instruction) throws FormatException {
        requireLayer();
        int bias = requireIndex(instruction, BIAS, 0, program.biases().size() - 1);
        ProgramValidator.checkFinite("bias " + bias, program.biases().get(bias));
        requireEnd(
                "bias segment",
                instruction.get(OFFSET) + instruction.get(COUNT),
                program.biases().get(bias).length);
        requireEnd("register file", instruction.get(COUNT), target.registerFileCapacity());
        destinationLength = instruction.get(COUNT);
        activated = false;
    }

    private void transfer(Instruction instruction, TransferCode direction) throws FormatException {
        requireLayer();
        int buffer = requireIndex(instruction, BUFFER, 0, program.buffers().size() - 1);
        long count = instruction.get(COUNT);
        long position = instruction.get(POSITION);
        if (direction == TransferCode.LOAD) {
            requireWritten(buffer);
            requireEnd("register file", position + count, target.registerFileCapacity());
            requireEnd("source register file", position, sourceLength);
            sourceLength = Math.max(sourceLength, position + count);
        } else {
            requireNotInput(buffer);
            requireActivated();
            requireEnd("destination register file", position + count, destinationLength);
            written[buffer] = true;
        }
        if (count > 0) {
            long last = instruction.get(OFFSET)
                    + (count - 1) * step[direction.code()]
                    + (times - 1) * stride[direction.code()];
            requireEnd("host buffer", last + 1, program.buffers().get(buffer).length());
        }
    }

    private void requireNotInput(int buffer) throws FormatException {
        if (isInput(buffer)) {
            throw error("writes buffer " + buffer + ", an input of the network");
        }
    }

    private void matrixVector(Instruction instruction) throws FormatException {
        requireLayer();
        int index = requireIndex(instruction, IMAGE, 0, program.images().size() - 1);
        WeightImage image = program.images().get(index);
        requireIndex(instruction, ROWS, image.matrix().numRows(), image.matrix().numRows());
        requireIndex(instruction, COLUMNS, image.numInputs(), image.numInputs());
        requireEnd("source register file", instruction.get(POSITION) + image.numInputs(), sourceLength);
        if (instruction.get(POSITION) % target.numPes() != 0) {
            throw error("position " + instruction.get(POSITION) + " is not a multiple of " + target.numPes() + " PEs");
        }
        if (!weights.holds(index) || !pointers.holds(index)) {
            throw error((weights.holds(index) ? "pointers" : "weights") + " of image " + index + " are not loaded");
        }
        if (codebook == null) {
            throw error("no codebook is loaded");
        }
        if (maxCodes[index] >= codebook.length) {
            throw error("code " + maxCodes[index] + " is outside the codebook of " + codebook.length);
        }
        if (instruction.isSet(ACCUMULATE)) {
            requireAccumulating();
            requireEnd("destination register file", instruction.get(ROWS), destinationLength);
        } else {
            destinationLength = instruction.get(ROWS);
            activated = false;
        }
    }

    private void requireAccumulating() throws FormatException {
        if (activated) {
            throw error("the accumulators were already activated");
        }
    }

    private void requireActivated() throws FormatException {
        if (!activated) {
            throw error("the accumulators were not activated");
        }
    }

    private void requireWritten(int buffer) throws FormatException {
        if (!written[buffer]) {
            throw error("buffer " + buffer + " is read before it is written");
        }
    }

    private void requireLayer() throws FormatException {
        if (!inLayer) {
            throw error("no set_layer before it");
        }
    }

    private int requireIndex(Instruction instruction, Field field, int min, int max) throws FormatException {
        long value = instruction.get(field);
        if (value < min || value > max) {
            throw error(field.symbol() + " must be " + min + ".." + max + ", not " + value);
        }
        return (int) value;
    }

    private void requireEnd(String what, long end, long capacity) throws FormatException {
        if (end > capacity) {
            throw error("reaches " + end + " in a " + what + " of " + capacity);
        }
    }

    private void enter(String part, int index, Instruction instruction) {
        where = part + " instruction " + index + " (" + instruction.opcode().mnemonic() + ")";
    }

    private FormatException error(String reason) {
        return new FormatException(where, reason);
    }
}
