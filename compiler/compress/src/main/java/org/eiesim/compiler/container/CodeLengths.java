package org.eiesim.compiler.container;

import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.huffman.HuffmanCode;

/**
 * Stores the word lengths of a Huffman code in few bits, since small layers have more header than content. For each
 * symbol that has a word, in ascending order: the number of symbols without a word before it (exponential Golomb, order
 * 0), then its length: the first in five bits, the others as the difference to the one before (folded, exponential
 * Golomb, order 0). A lone symbol stores no length.
 */
final class CodeLengths {
    private static final int COUNT_ORDER = 4;
    private static final int FIRST_LENGTH_BITS = 5;

    private CodeLengths() {}

    /** Appends the lengths of a code of which at least one symbol has a word. */
    static void write(BitWriter out, HuffmanCode code) {
        int[] lengths = code.lengths();
        int used = numUsed(lengths);
        ExpGolomb.write(out, used - 1, COUNT_ORDER);
        int previousSymbol = -1;
        int previousLength = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length == 0) {
                continue;
            }
            ExpGolomb.write(out, symbol - previousSymbol - 1, 0);
            if (previousSymbol >= 0) {
                ExpGolomb.write(out, ExpGolomb.fold(length - previousLength), 0);
            } else if (used > 1) {
                out.write(length, FIRST_LENGTH_BITS);
            }
            previousSymbol = symbol;
            previousLength = length;
        }
    }

    /** Returns how many bits {@link #write} appends. */
    static long numBits(HuffmanCode code) {
        BitWriter counter = new BitWriter();
        write(counter, code);
        return counter.bitLength();
    }

    /**
     * Reads the lengths of a code over {@code numSymbols} symbols.
     *
     * @throws FormatException if the stream ends before, a symbol is outside the alphabet, or the code is not complete
     */
    static HuffmanCode read(BitReader in, int numSymbols) throws FormatException {
        int[] lengths = new int[numSymbols];
        int used = ExpGolomb.read(in, COUNT_ORDER, numSymbols - 1) + 1;
        int symbol = -1;
        int length = 1;
        for (int i = 0; i < used; i++) {
            symbol += 1 + ExpGolomb.read(in, 0, numSymbols - symbol - 2);
            if (i > 0) {
                length += ExpGolomb.unfold(ExpGolomb.read(in, 0, 2 * EieFormat.MAX_WORD_BITS));
            } else if (used > 1) {
                length = (int) in.read(FIRST_LENGTH_BITS);
            }
            if (length < 1 || length > EieFormat.MAX_WORD_BITS) {
                throw new FormatException(
                        "Huffman code lengths",
                        "symbol " + symbol + " has length " + length + ", allowed are 1.." + EieFormat.MAX_WORD_BITS);
            }
            lengths[symbol] = length;
        }
        return HuffmanCode.fromLengths(lengths);
    }

    /** Returns whether one symbol alone has a word, so that the stream needs no bits to name it. */
    static boolean isLoneSymbol(HuffmanCode code) {
        return numUsed(code.lengths()) == 1;
    }

    /** Returns the lowest symbol that has a word. */
    static int firstSymbol(HuffmanCode code) {
        int[] lengths = code.lengths();
        int symbol = 0;
        while (lengths[symbol] == 0) {
            symbol++;
        }
        return symbol;
    }

    private static int numUsed(int[] lengths) {
        int used = 0;
        for (int length : lengths) {
            used += length > 0 ? 1 : 0;
        }
        return used;
    }
}
