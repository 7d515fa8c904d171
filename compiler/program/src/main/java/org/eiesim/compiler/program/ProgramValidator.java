package org.eiesim.compiler.program;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.InterleavedCscValidator;

/**
 * Checks that a program can run: that its tables are sound, every instruction refers to what exists, stays inside
 * buffers, memories and register files, and finds loaded what it needs, for the first input and for every later one. A
 * program that passes cannot make the machine fail, whatever its input.
 */
public final class ProgramValidator {
    /** Values all host buffers hold together, at most. */
    public static final int MAX_BUFFER_VALUES = 1 << 27;

    private ProgramValidator() {}

    /**
     * Checks a program.
     *
     * @param program the program
     * @throws FormatException if something is wrong; the message names the table entry or instruction
     */
    public static void validate(Program program) throws FormatException {
        checkBuffers(program);
        checkSegments(program);
        for (int i = 0; i < program.images().size(); i++) {
            checkImage(program, i);
        }
        new InstructionChecker(program).check();
    }

    private static void checkBuffers(Program program) throws FormatException {
        long total = 0;
        for (HostBuffer buffer : program.buffers()) {
            total += buffer.length();
        }
        if (total > MAX_BUFFER_VALUES) {
            throw new FormatException("buffers", "hold " + total + " values together, more than " + MAX_BUFFER_VALUES);
        }
        checkPorts("inputs", program.inputs(), program.buffers().size());
        checkPorts("outputs", program.outputs(), program.buffers().size());
        Set<Integer> inputs = new HashSet<>();
        for (Port input : program.inputs()) {
            if (!inputs.add(input.buffer())) {
                throw new FormatException("inputs", "buffer " + input.buffer() + " is used twice");
            }
        }
    }

    private static void checkPorts(String what, List<Port> ports, int numBuffers) throws FormatException {
        if (ports.isEmpty()) {
            throw new FormatException(what, "there are none");
        }
        Set<String> names = new HashSet<>();
        for (Port port : ports) {
            if (port.buffer() < 0 || port.buffer() >= numBuffers) {
                throw new FormatException(
                        what, "\"" + port.name() + "\" is in buffer " + port.buffer() + " of " + numBuffers);
            }
            if (!names.add(port.name())) {
                throw new FormatException(what, "two are named \"" + port.name() + "\"");
            }
        }
    }

    private static void checkSegments(Program program) throws FormatException {
        int maxCodebook = 1 << program.target().weightBits();
        for (int i = 0; i < program.codebooks().size(); i++) {
            float[] codebook = program.codebooks().get(i);
            String where = "codebook " + i;
            if (codebook.length < 1 || codebook.length > maxCodebook) {
                throw new FormatException(where, "has " + codebook.length + " entries, must have 1.." + maxCodebook);
            }
            if (Float.floatToRawIntBits(codebook[0]) != 0) {
                throw new FormatException(where, "entry 0 must be 0, not " + codebook[0]);
            }
            checkFinite(where, codebook);
        }
        for (int i = 0; i < program.attributes().size(); i++) {
            for (Map.Entry<String, Integer> entry : program.attributes().get(i).entrySet()) {
                if (!entry.getKey().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    throw new FormatException("attributes " + i, "\"" + entry.getKey() + "\" is not a name");
                }
                if (entry.getValue() < 0) {
                    throw new FormatException("attributes " + i, entry.getKey() + " is negative: " + entry.getValue());
                }
            }
        }
    }

    static void checkFinite(String where, float[] values) throws FormatException {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new FormatException(where, "holds " + value);
            }
        }
    }

    private static void checkImage(Program program, int index) throws FormatException {
        WeightImage image = program.images().get(index);
        Target target = program.target();
        String where = "image " + index;
        requireRange(where, "layer", image.layer(), 0, program.layers().size() - 1L);
        requireRange(where, "PEs", image.matrix().numPes(), target.numPes(), target.numPes());
        requireRange(where, "index bits", image.matrix().indexBits(), target.indexBits(), target.indexBits());
        requireRange(where, "first row", image.firstRow(), 0, Integer.MAX_VALUE);
        requireRange(where, "first column", image.firstColumn(), 0, Integer.MAX_VALUE);
        requireRange(where, "rows", image.matrix().numRows(), 0, target.registerFileCapacity());
        requireRange(where, "inputs", image.numInputs(), 0, target.registerFileCapacity());
        requireRange(where, "columns", image.matrix().numColumns(), 0, target.pointerCapacityColumns());
        requireRange(where, "entries in a PE", image.maxEntriesPerPe(), 0, target.spmatCapacityEntries());
        requireRange(where, "codes", image.maxCode(), 0, (1L << target.weightBits()) - 1);
        try {
            // Entries of code 0 may stand anywhere: dumps come from other encoders.
            InterleavedCscValidator.validateStructure(image.matrix());
        } catch (FormatException e) {
            throw e.within(where);
        }
    }

    private static void requireRange(String where, String what, long value, long min, long max) throws FormatException {
        if (value < min || value > max) {
            throw new FormatException(where, what + " must be " + min + ".." + max + ", not " + value);
        }
    }
}
