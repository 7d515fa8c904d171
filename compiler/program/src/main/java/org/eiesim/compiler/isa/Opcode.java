package org.eiesim.compiler.isa;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The instruction set: the one table from which encoder, decoder, assembler, disassembler and documentation come.
 *
 * <p>An instruction has 128 bits. Bits 0..7 hold the opcode; the fields follow from bit 8 in the order given here,
 * without gaps except that a field which would cross bit 64 starts there. All other bits are 0.
 */
public enum Opcode {
    /** Begins a layer. */
    SET_LAYER(
            0x01,
            "Begins a layer: sets its registers, and the strides of loads and stores to step 1, stride 0.",
            Field.LAYER,
            Field.INPUTS,
            Field.OUTPUTS,
            Field.ACTIVATION,
            Field.BIAS_MODE),
    /** Sets the layer's fixed-point formats. */
    SET_FORMATS(
            0x02,
            "Sets the fixed-point formats of the layer. Float32 runs do not look at it; fixed-point runs need it"
                    + " calibrated.",
            Field.CALIBRATED,
            Field.INPUT_BITS,
            Field.INPUT_FRACTION,
            Field.WEIGHT_BITS,
            Field.WEIGHT_FRACTION,
            Field.ACCUMULATOR_BITS,
            Field.ACCUMULATOR_FRACTION,
            Field.OUTPUT_BITS,
            Field.OUTPUT_FRACTION),
    /** Sets how transfers walk the host buffer. */
    SET_STRIDES(
            0x03,
            "Value i of a transfer in iteration n of a repeat lies at host element offset + i * step + n * stride.",
            Field.TRANSFER,
            Field.STEP,
            Field.STRIDE),
    /** Repeats the instructions that follow. */
    REPEAT(0x04, "Runs the next `length` instructions `times` times. Repeats do not nest.", Field.TIMES, Field.LENGTH),
    /** Loads shared weights. */
    LOAD_CODEBOOK(0x10, "Loads the table of shared weights into every PE.", Field.CODEBOOK),
    /** Loads entries. */
    LOAD_WEIGHTS(
            0x11,
            "Loads the entries (code, relative index) of a weight image into the weight memories.",
            Field.IMAGE,
            Field.ADDRESS),
    /** Loads column pointers. */
    LOAD_POINTERS(
            0x12, "Loads the column pointers of a weight image into the pointer memories.", Field.IMAGE, Field.ADDRESS),
    /** Starts accumulators at the bias. */
    LOAD_BIAS(
            0x13,
            "Sets accumulators 0..count-1 to the bias, in fixed point rounded to the accumulator's format.",
            Field.BIAS,
            Field.OFFSET,
            Field.COUNT),
    /** Fills the source register file. */
    LOAD_ACTIVATIONS(
            0x14,
            "Loads values of a host buffer into the source register file, in fixed point converted to the input"
                    + " format.",
            Field.BUFFER,
            Field.POSITION,
            Field.OFFSET,
            Field.COUNT),
    /** Empties the destination register file. */
    STORE_ACTIVATIONS(
            0x15,
            "Stores values of the destination register file, as `activate` left them, in a host buffer.",
            Field.BUFFER,
            Field.POSITION,
            Field.OFFSET,
            Field.COUNT),
    /** One product. */
    MATRIX_VECTOR(
            0x20,
            "One product: broadcasts the live inputs from `position` on (a multiple of the PEs) through a weight"
                    + " image, its bias column last, into accumulators 0..rows-1 of the destination register file.",
            Field.IMAGE,
            Field.POSITION,
            Field.ACCUMULATE,
            Field.ROWS,
            Field.COLUMNS),
    /** Ends a layer. */
    ACTIVATE(
            0x21,
            "Applies the layer's activation function to accumulators 0..count-1, in fixed point rounding them to the "
                    + "output format.",
            Field.COUNT),
    /** Outputs become inputs. */
    SWAP_REGISTER_FILES(
            0x22,
            "Source and destination register file change roles. Values keep their format; where the next layer's input "
                    + "format differs, its product converts them first."),
    /** Work outside the array. */
    HOST_OPERATION(
            0x30,
            "The host computes on whole buffers in floating point and, in fixed-point runs, rounds to the output"
                    + " format.",
            Field.KIND,
            Field.INPUT,
            Field.OUTPUT,
            Field.CALIBRATED,
            Field.OUTPUT_BITS,
            Field.OUTPUT_FRACTION,
            Field.ATTRIBUTES),
    /** Waits. */
    BARRIER(
            0x31,
            "Waits until all host work and transfers of activations begun before have ended; a product waits for its"
                    + " weights by itself."),
    /** Ends. */
    HALT(0x3F, "Ends the input; always and only the last instruction.");

    /** Bits of an instruction. */
    public static final int INSTRUCTION_BITS = 128;

    /** Bits of the opcode. */
    public static final int OPCODE_BITS = 8;

    private final int code;
    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Field> fields;

    @SuppressWarnings("ImmutableEnumChecker") // filled by the constructor only
    private final Map<Field, Integer> lowBits = new EnumMap<>(Field.class);

    Opcode(int code, String text, Field... fields) {
        this.code = code;
        this.text = text;
        this.fields = List.of(fields);
        int bit = OPCODE_BITS;
        for (Field field : fields) {
            if (bit < Long.SIZE && bit + field.width() > Long.SIZE) {
                bit = Long.SIZE;
            }
            lowBits.put(field, bit);
            bit += field.width();
        }
        if (bit > INSTRUCTION_BITS) {
            throw new IllegalStateException(name() + " needs " + bit + " bits of " + INSTRUCTION_BITS);
        }
    }

    /**
     * Returns the name in assembly and documentation.
     *
     * @return the name in lower case
     */
    public String mnemonic() {
        return Field.lower(name());
    }

    /**
     * Returns the encoded opcode.
     *
     * @return 0..255
     */
    public int code() {
        return code;
    }

    /**
     * Returns what it does.
     *
     * @return one or two sentences
     */
    public String text() {
        return text;
    }

    /**
     * Returns its fields.
     *
     * @return the fields, in order
     */
    public List<Field> fields() {
        return fields;
    }

    /**
     * Returns where a field starts.
     *
     * @param field one of its fields
     * @return the lowest bit, 8..127
     * @throws IllegalArgumentException if it does not have the field
     */
    public int lowBit(Field field) {
        Integer bit = lowBits.get(field);
        if (bit == null) {
            throw new IllegalArgumentException(mnemonic() + " has no field " + field.symbol());
        }
        return bit;
    }
}
