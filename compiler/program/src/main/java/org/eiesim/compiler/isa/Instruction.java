package org.eiesim.compiler.isa;

import java.util.Arrays;

/** One instruction: an opcode and a value for each of its fields, all in range. Immutable. */
public final class Instruction {
    private final Opcode opcode;
    private final long[] values;

    private Instruction(Opcode opcode, long[] values) {
        this.opcode = opcode;
        this.values = values;
    }

    /**
     * Makes an instruction.
     *
     * @param opcode the opcode
     * @param values one value per field, in the opcode's order; copied
     * @return the instruction
     * @throws IllegalArgumentException if the number of values or one of them does not fit
     */
    public static Instruction of(Opcode opcode, long... values) {
        if (values.length != opcode.fields().size()) {
            throw new IllegalArgumentException(
                    opcode.mnemonic() + " has " + opcode.fields().size() + " fields, not " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            Field field = opcode.fields().get(i);
            if (values[i] < field.min() || values[i] > field.max()) {
                throw new IllegalArgumentException(opcode.mnemonic() + ": " + field.symbol() + " must be " + field.min()
                        + ".." + field.max() + ", not " + values[i]);
            }
        }
        return new Instruction(opcode, values.clone());
    }

    /**
     * Returns the opcode.
     *
     * @return the opcode
     */
    public Opcode opcode() {
        return opcode;
    }

    /**
     * Returns the value of a field.
     *
     * @param field one of the opcode's fields
     * @return the value
     * @throws IllegalArgumentException if the opcode does not have the field
     */
    public long get(Field field) {
        return values[indexOf(field)];
    }

    /**
     * Returns the value of a field that fits an int.
     *
     * @param field one of the opcode's fields
     * @return the value
     * @throws IllegalArgumentException if the opcode does not have the field
     * @throws ArithmeticException if the value does not fit an int
     */
    public int getInt(Field field) {
        return Math.toIntExact(get(field));
    }

    /**
     * Returns whether a one-bit field is set.
     *
     * @param field one of the opcode's fields
     * @return whether its value is not 0
     */
    public boolean isSet(Field field) {
        return get(field) != 0;
    }

    /**
     * Returns the instruction with one field changed.
     *
     * @param field one of the opcode's fields
     * @param value its new value
     * @return a new instruction
     */
    public Instruction with(Field field, long value) {
        long[] changed = values.clone();
        changed[indexOf(field)] = value;
        return of(opcode, changed);
    }

    private int indexOf(Field field) {
        int index = opcode.fields().indexOf(field);
        if (index < 0) {
            throw new IllegalArgumentException(opcode.mnemonic() + " has no field " + field.symbol());
        }
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Instruction that && opcode == that.opcode && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * opcode.hashCode() + Arrays.hashCode(values);
    }

    /** Returns the instruction as assembly: {@code mnemonic field=value ...}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(opcode.mnemonic());
        for (int i = 0; i < values.length; i++) {
            Field field = opcode.fields().get(i);
            text.append(' ').append(field.symbol()).append('=').append(field.format(values[i]));
        }
        return text.toString();
    }
}
