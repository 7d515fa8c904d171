package org.eiesim.kernels.huffman;

import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.Ranges;

/**
 * A canonical prefix code, given by the code length of each symbol. Codes of one length are consecutive and ascend with
 * the symbol; shorter codes precede longer ones. A code word enters the bit stream with its most significant bit first.
 *
 * <p>A code is complete (its lengths meet Kraft's inequality with equality), with two exceptions: an alphabet of which
 * one symbol occurs has the one code word 0, and one of which none occurs has no code word at all.
 *
 * <p>Immutable. Source: Deep Compression section 4.
 */
public final class HuffmanCode {
    /** The longest code word, in bits. */
    public static final int MAX_LENGTH_BITS = 30;

    /** The largest alphabet. */
    public static final int MAX_SYMBOLS = 1 << 16;

    private static final String SECTION = "Huffman code lengths";

    private final int[] lengths;
    private final int maxLengthBits;

    private HuffmanCode(int[] lengths) {
        this.lengths = lengths;
        int longest = 0;
        for (int length : lengths) {
            longest = Math.max(longest, length);
        }
        this.maxLengthBits = longest;
    }

    /**
     * Returns the code with the fewest bits, {@code sum of frequencies[s] * length[s]}, among those whose words have at
     * most {@code maxLengthBits} bits (package-merge). The same frequencies always give the same lengths.
     *
     * @param frequencies how often each symbol occurs, each &ge; 0; 1..65536 symbols; those of frequency 0 get no code
     * @param maxLengthBits the longest word allowed, 1..30
     * @return the code
     * @throws IllegalArgumentException if an argument is out of range, or the symbols that occur outnumber
     *     {@code 2^maxLengthBits}
     */
    public static HuffmanCode fromFrequencies(long[] frequencies, int maxLengthBits) {
        Ranges.requireWithin("number of symbols", frequencies.length, 1, MAX_SYMBOLS);
        Ranges.requireWithin("maxLengthBits", maxLengthBits, 1, MAX_LENGTH_BITS);
        return new HuffmanCode(PackageMerge.lengths(frequencies, maxLengthBits));
    }

    /**
     * Returns the code of stored lengths.
     *
     * @param lengths bits of each symbol's word, 0 where it has none; 1..65536 symbols; copied
     * @return the code
     * @throws FormatException if a length is not in 0..30, or the lengths are no complete code and neither of the two
     *     exceptions
     * @throws IllegalArgumentException if there is no symbol or there are too many
     */
    public static HuffmanCode fromLengths(int[] lengths) throws FormatException {
        Ranges.requireWithin("number of symbols", lengths.length, 1, MAX_SYMBOLS);
        long kraftSum = 0;
        int used = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length < 0 || length > MAX_LENGTH_BITS) {
                throw new FormatException(
                        SECTION, "symbol " + symbol + " has length " + length + ", allowed are 0.." + MAX_LENGTH_BITS);
            }
            if (length > 0) {
                used++;
                kraftSum += 1L << (MAX_LENGTH_BITS - length);
            }
        }
        long complete = 1L << MAX_LENGTH_BITS;
        boolean singleSymbol = used == 1 && kraftSum == complete / 2;
        if (used > 0 && kraftSum != complete && !singleSymbol) {
            throw new FormatException(
                    SECTION,
                    "the " + used + " code words are " + (kraftSum > complete ? "too many" : "too few")
                            + " for their lengths (Kraft sum " + kraftSum + " / " + complete + ")");
        }
        return new HuffmanCode(lengths.clone());
    }

    /**
     * Returns the code lengths.
     *
     * @return a copy; 0 for a symbol without a word
     */
    public int[] lengths() {
        return lengths.clone();
    }

    /**
     * Returns the size of the alphabet.
     *
     * @return the number of symbols, those without a word included
     */
    public int numSymbols() {
        return lengths.length;
    }

    /**
     * Returns the length of the longest word.
     *
     * @return bits, 0 where no symbol has a word
     */
    public int maxLengthBits() {
        return maxLengthBits;
    }

    /**
     * Returns what a message costs: {@code sum of frequencies[s] * length[s]}.
     *
     * @param frequencies how often each symbol occurs, each &ge; 0
     * @return bits
     * @throws IllegalArgumentException if the alphabet's size differs, a frequency is negative, or a symbol that occurs
     *     has no word
     */
    public long encodedBits(long[] frequencies) {
        Ranges.requireLength("frequencies", frequencies.length, lengths.length);
        long bits = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (frequencies[symbol] < 0 || (frequencies[symbol] > 0 && lengths[symbol] == 0)) {
                throw new IllegalArgumentException("symbol " + symbol + " has frequency " + frequencies[symbol]
                        + " and code length " + lengths[symbol]);
            }
            bits = Math.addExact(bits, Math.multiplyExact(frequencies[symbol], (long) lengths[symbol]));
        }
        return bits;
    }

    /** Length of a symbol's word, 0 if it has none. */
    int length(int symbol) {
        return lengths[symbol];
    }

    /** How many words there are of each length: {@code [maxLengthBits + 1]}, entry 0 being 0. */
    int[] wordsByLength() {
        int[] counts = new int[maxLengthBits + 1];
        for (int length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        return counts;
    }

    /** The words as they lie in the stream: first bit least significant. */
    int[] streamWords() {
        int[] next = new int[maxLengthBits + 1];
        int[] counts = wordsByLength();
        for (int length = 1, word = 0; length <= maxLengthBits; length++) {
            word = (word + counts[length - 1]) << 1;
            next[length] = word;
        }
        int[] words = new int[lengths.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                words[symbol] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
            }
        }
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HuffmanCode code && Arrays.equals(lengths, code.lengths);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lengths);
    }

    @Override
    public String toString() {
        return "HuffmanCode" + Arrays.toString(lengths);
    }
}
