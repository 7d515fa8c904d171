package org.eiesim.compiler.isa;

import java.util.List;
import org.eiesim.kernels.bits.FormatException;

/** Encodes instructions into their 128 bits and back, after the table in {@link Opcode}. */
public final class InstructionCodec {
    /** Bytes of an encoded instruction. */
    public static final int LENGTH = Opcode.INSTRUCTION_BITS / Byte.SIZE;

    private static final Opcode[] BY_CODE = new Opcode[1 << Opcode.OPCODE_BITS];

    static {
        for (Opcode opcode : Opcode.values()) {
            BY_CODE[opcode.code()] = opcode;
        }
    }

    private InstructionCodec() {}

    /**
     * Encodes an instruction.
     *
     * @param instruction the instruction
     * @return two words: bits 0..63, then bits 64..127
     */
    public static long[] encode(Instruction instruction) {
        Opcode opcode = instruction.opcode();
        long[] words = {opcode.code(), 0};
        for (Field field : opcode.fields()) {
            int bit = opcode.lowBit(field);
            words[bit / Long.SIZE] |= (instruction.get(field) & mask(field)) << (bit % Long.SIZE);
        }
        return words;
    }

    /**
     * Decodes an instruction.
     *
     * @param low bits 0..63
     * @param high bits 64..127
     * @return the instruction
     * @throws FormatException if the opcode is unknown, a field is out of range, or a bit outside the fields is set
     */
    public static Instruction decode(long low, long high) throws FormatException {
        Opcode opcode = BY_CODE[(int) (low & 0xFF)];
        if (opcode == null) {
            throw new FormatException("instruction", String.format("unknown opcode 0x%02x", low & 0xFF));
        }
        List<Field> fields = opcode.fields();
        long[] values = new long[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            int bit = opcode.lowBit(field);
            long value = ((bit < Long.SIZE ? low : high) >>> (bit % Long.SIZE)) & mask(field);
            int unused = Long.SIZE - field.width();
            values[i] = field.signed() ? (value << unused) >> unused : value;
            if (values[i] > field.max()) {
                throw new FormatException(
                        "instruction " + opcode.mnemonic(),
                        field.symbol() + " must be at most " + field.max() + ", not " + values[i]);
            }
        }
        Instruction instruction = Instruction.of(opcode, values);
        long[] words = encode(instruction);
        if (words[0] != low || words[1] != high) {
            throw new FormatException("instruction " + opcode.mnemonic(), "bits outside its fields are set");
        }
        return instruction;
    }

    private static long mask(Field field) {
        return (1L << field.width()) - 1;
    }
}
