package org.eiesim.compiler.program;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eiesim.compiler.isa.Coded;
import org.eiesim.compiler.isa.Field;
import org.eiesim.compiler.isa.HostAttribute;
import org.eiesim.compiler.isa.HostAttribute.Role;
import org.eiesim.compiler.isa.HostKind;
import org.eiesim.compiler.isa.Instruction;
import org.eiesim.kernels.bits.FormatException;

/** Checks host operations: that their buffers exist, are written before they are read, and have the right lengths. */
final class HostChecker {
    private final Program program;
    private final boolean[] written;

    /**
     * Makes a checker.
     *
     * @param written which buffers have been written; kept up to date
     */
    HostChecker(Program program, boolean[] written) {
        this.program = program;
        this.written = written;
    }

    /** Checks one operation, which a repeat runs {@code times} times. */
    void check(Instruction instruction, long times, String where) throws FormatException {
        requireIndex(instruction.get(Field.INPUT), program.buffers().size(), "buffer", where);
        requireIndex(instruction.get(Field.OUTPUT), program.buffers().size(), "buffer", where);
        requireIndex(instruction.get(Field.ATTRIBUTES), program.attributes().size(), "attribute list", where);
        HostKind kind = Coded.of(HostKind.values(), instruction.get(Field.KIND));
        Map<String, Integer> attributes = program.attributes().get(instruction.getInt(Field.ATTRIBUTES));
        requireAttributes(kind, attributes, where);
        HostOperation operation = HostOperation.of(program, instruction);
        HostShape shape;
        try {
            shape = operation.shape(program);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FormatException(where, String.valueOf(e.getMessage()));
        }
        if (HostShape.readsNothing(kind)) {
            require(operation.input() == operation.output(), "reads and writes different buffers", where);
        } else {
            requireWritten(operation.input(), where);
            require(operation.input() != operation.output(), "writes the buffer it reads", where);
        }
        requireLength(operation.input(), shape.input(), where);
        for (int i = 0; i < operation.others().size(); i++) {
            checkOther(operation, i, shape.others().get(i), where);
        }
        if (kind == HostKind.PUT_BACK) {
            requirePermutation(program.biases().get(operation.others().get(0).number()), where);
        }
        if (kind == HostKind.GATHER) {
            requireIndices(
                    program.biases().get(operation.others().get(0).number()),
                    attributes.getOrDefault("axis_length", 0),
                    where);
        }
        requireNotInput(operation.output(), where);
        if (HostShape.writesPart(kind)) {
            int length = program.buffers().get(operation.output()).length();
            require(shape.output() <= length, "writes " + shape.output() + " of " + length + " values", where);
        } else {
            requireLength(
                    operation.output(), HostShape.yieldsSteps(kind) ? shape.output() * times : shape.output(), where);
        }
        written[operation.output()] = true;
    }

    private static void requirePermutation(float[] order, String where) throws FormatException {
        boolean[] seen = new boolean[order.length];
        for (float row : order) {
            boolean isNew = row >= 0 && row < order.length && row == (int) row && !seen[(int) row];
            require(isNew, "order names row " + row + " twice or outside of " + order.length, where);
            seen[(int) row] = true;
        }
    }

    private static void requireIndices(float[] indices, int end, String where) throws FormatException {
        for (float index : indices) {
            boolean exists = index >= 0 && index < end && index == (int) index;
            require(exists, "takes element " + index + " of " + end, where);
        }
    }

    private void checkOther(HostOperation operation, int index, long length, String where) throws FormatException {
        HostOperation.Other other = operation.others().get(index);
        if (other.attribute().role() == Role.CONSTANT) {
            requireIndex(other.number(), program.biases().size(), "bias segment", where);
            int actual = program.biases().get(other.number()).length;
            if (operation.kind() != HostKind.CONSTANT && operation.kind() != HostKind.CLIP) {
                ProgramValidator.checkFinite(
                        "bias " + other.number(), program.biases().get(other.number()));
            }
            require(
                    actual == length,
                    "bias segment " + other.number() + " has " + actual + " values, expected " + length,
                    where);
            return;
        }
        requireIndex(other.number(), program.buffers().size(), "buffer", where);
        requireLength(other.number(), length, where);
        if (other.attribute().role() == Role.UPDATES) {
            requireNotInput(other.number(), where);
            require(
                    other.number() != operation.output() && other.number() != operation.input(),
                    "updates buffer " + other.number() + ", which is also its input or output",
                    where);
            for (HostOperation.Other second : operation.others().subList(0, index)) {
                require(
                        second.attribute().role() == Role.CONSTANT || second.number() != other.number(),
                        "updates buffer " + other.number() + ", which it names twice",
                        where);
            }
        }
        requireWritten(other.number(), where);
    }

    private static void requireAttributes(HostKind kind, Map<String, Integer> attributes, String where)
            throws FormatException {
        Set<String> names = kind.attributes().stream().map(HostAttribute::name).collect(Collectors.toUnmodifiableSet());
        if (!attributes.keySet().equals(names)) {
            throw new FormatException(
                    where,
                    "needs the attributes "
                            + kind.attributes().stream()
                                    .map(HostAttribute::name)
                                    .toList() + ", not "
                            + attributes.keySet());
        }
    }

    private void requireWritten(int buffer, String where) throws FormatException {
        require(written[buffer], "buffer " + buffer + " is read before it is written", where);
    }

    private void requireNotInput(int buffer, String where) throws FormatException {
        boolean isInput = program.inputs().stream().anyMatch(port -> port.buffer() == buffer);
        require(!isInput, "writes buffer " + buffer + ", an input of the network", where);
    }

    private void requireLength(int buffer, long length, String where) throws FormatException {
        int actual = program.buffers().get(buffer).length();
        require(actual == length, "buffer " + buffer + " has " + actual + " values, expected " + length, where);
    }

    private static void requireIndex(long value, int end, String what, String where) throws FormatException {
        require(value < end, "refers to " + what + " " + value + " of " + end, where);
    }

    private static void require(boolean condition, String otherwise, String where) throws FormatException {
        if (!condition) {
            throw new FormatException(where, otherwise);
        }
    }
}
