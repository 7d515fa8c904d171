package org.eiesim.compiler.isa;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The fields of instructions. A field has the same width and meaning in every instruction that has it. */
public enum Field {
    /** Which layer. */
    LAYER(16, "number of the layer in the layer table"),
    /** Inputs of the layer. */
    INPUTS(28, "inputs of the layer, the bias not counted"),
    /** Outputs of the layer. */
    OUTPUTS(28, "outputs of the layer"),
    /** Activation function of the layer. */
    ACTIVATION(4, ActivationCode.values(), "activation function at the end of the layer"),
    /** How the bias gets in. */
    BIAS_MODE(2, BiasCode.values(), "how the bias reaches the accumulators"),
    /** Whether the formats below hold. */
    CALIBRATED(1, "1 when the formats hold, 0 when they are still to be found by calibration"),
    /** Width of a raw input. */
    INPUT_BITS(6, "bits of a raw input, 2..32"),
    /** Fraction of a raw input. */
    INPUT_FRACTION(8, true, "fraction bits of the input"),
    /** Width of a raw weight. */
    WEIGHT_BITS(6, "bits of a raw weight, 2..32"),
    /** Fraction of a raw weight. */
    WEIGHT_FRACTION(8, true, "fraction bits of the decoded weight"),
    /** Width of a raw accumulator. */
    ACCUMULATOR_BITS(6, "bits of an accumulator, 2..32"),
    /** Fraction of a raw accumulator. */
    ACCUMULATOR_FRACTION(8, true, "fraction bits of the accumulator, at most those of input and weight together"),
    /** Width of a raw output. */
    OUTPUT_BITS(6, "bits of a raw output, 2..32"),
    /** Fraction of a raw output. */
    OUTPUT_FRACTION(8, true, "fraction bits of the output"),
    /** Which transfers. */
    TRANSFER(1, TransferCode.values(), "the transfers this is about"),
    /** Distance of neighbours in the host buffer. */
    STEP(32, "elements of the host buffer from one value of a vector to the next, at least 1"),
    /** Distance of vectors in the host buffer. */
    STRIDE(32, "elements of the host buffer from one iteration of a repeat to the next"),
    /** Iterations. */
    TIMES(24, "iterations, at least 1"),
    /** Instructions repeated. */
    LENGTH(16, "instructions repeated, at least 1"),
    /** Which codebook. */
    CODEBOOK(16, "number of the codebook segment"),
    /** Which weight image. */
    IMAGE(16, "number of the weight image"),
    /** Place in a PE's memory. */
    ADDRESS(32, "first entry (weights) or first column (pointers) in every PE's memory"),
    /** Which bias. */
    BIAS(16, "number of the bias segment"),
    /** Which host buffer. */
    BUFFER(16, "number of the host buffer"),
    /** First value in a segment or buffer. */
    OFFSET(32, "first value in the bias segment or host buffer"),
    /** First value in a register file. */
    POSITION(32, "first value in the register file: value i lies in PE i mod pes at i / pes"),
    /** Number of values. */
    COUNT(28, "values"),
    /** Whether accumulators keep what they hold. */
    ACCUMULATE(1, "1 to add to the accumulators, 0 to start them at 0"),
    /** Rows of the product. */
    ROWS(28, "rows of the product: accumulators 0..rows-1"),
    /** Columns of the product. */
    COLUMNS(28, "inputs of the product, the bias column not counted"),
    /** What the host does. */
    KIND(8, HostKind.values(), "what the host computes"),
    /** What the host reads. */
    INPUT(16, "number of the host buffer that is read"),
    /** What the host writes. */
    OUTPUT(16, "number of the host buffer that is written"),
    /** Details of the host's work. */
    ATTRIBUTES(16, "number of the attribute list");

    private final int width;
    private final boolean signed;

    @SuppressWarnings("ImmutableEnumChecker") // Stream.toList
    private final List<String> valueNames;

    private final String text;

    Field(int width, String text) {
        this(width, false, List.of(), text);
    }

    Field(int width, boolean signed, String text) {
        this(width, signed, List.of(), text);
    }

    Field(int width, Coded[] constants, String text) {
        this(width, false, names(constants), text);
    }

    Field(int width, boolean signed, List<String> valueNames, String text) {
        this.width = width;
        this.signed = signed;
        this.valueNames = valueNames;
        this.text = text;
    }

    private static List<String> names(Coded[] constants) {
        return IntStream.range(0, constants.length)
                .mapToObj(code -> lower(Coded.of(constants, code).toString()))
                .toList();
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the name in assembly and documentation.
     *
     * @return the name in lower case
     */
    public String symbol() {
        return lower(name());
    }

    /**
     * Returns how many bits it takes.
     *
     * @return 1..32
     */
    public int width() {
        return width;
    }

    /**
     * Returns whether values are in two's complement.
     *
     * @return true for signed fields
     */
    public boolean signed() {
        return signed;
    }

    /**
     * Returns the names its values have in assembly.
     *
     * @return the name of value 0, of value 1, ...; empty for numbers
     */
    public List<String> valueNames() {
        return valueNames;
    }

    /**
     * Returns what it means.
     *
     * @return one phrase
     */
    public String text() {
        return text;
    }

    /**
     * Returns the smallest value.
     *
     * @return 0, or {@code -2^(width-1)} for a signed field
     */
    public long min() {
        return signed ? -(1L << (width - 1)) : 0;
    }

    /**
     * Returns the largest value.
     *
     * @return what the bits hold, or the last named value
     */
    public long max() {
        if (!valueNames.isEmpty()) {
            return valueNames.size() - 1L;
        }
        return signed ? (1L << (width - 1)) - 1 : (1L << width) - 1;
    }

    /**
     * Returns how a value is written in assembly.
     *
     * @param value a value in range
     * @return its name, or the decimal number
     */
    public String format(long value) {
        return valueNames.isEmpty() ? Long.toString(value) : valueNames.get((int) value);
    }
}
