package org.eiesim.kernels.huffman;

import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.check.Ranges;

/** Writes symbols as the words of a {@link HuffmanCode}. Immutable. */
public final class HuffmanEncoder {
    private final int[] words;
    private final byte[] lengths;

    /**
     * Prepares the words.
     *
     * @param code the code
     */
    public HuffmanEncoder(HuffmanCode code) {
        words = code.streamWords();
        lengths = new byte[words.length];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            lengths[symbol] = (byte) code.length(symbol);
        }
    }

    /**
     * Writes symbols.
     *
     * @param symbols source; not changed
     * @param offset first symbol
     * @param count how many
     * @param out the stream appended to; holds the symbols before a bad one when this throws
     * @throws IllegalArgumentException if the section is outside the array or a symbol has no word
     */
    public void encode(int[] symbols, int offset, int count, BitWriter out) {
        Ranges.requireSection("symbols", symbols.length, offset, count);
        long pending = 0;
        int pendingBits = 0;
        for (int i = offset; i < offset + count; i++) {
            int symbol = symbols[i];
            int length = lengthOf(symbol);
            if (pendingBits + length > BitWriter.MAX_FIELD_BITS) {
                out.write(pending, pendingBits);
                pending = 0;
                pendingBits = 0;
            }
            pending |= (long) words[symbol] << pendingBits;
            pendingBits += length;
        }
        out.write(pending, pendingBits);
    }

    /**
     * Writes symbols, each an unsigned byte.
     *
     * @param symbols source; not changed
     * @param offset first symbol
     * @param count how many
     * @param out the stream appended to; holds the symbols before a bad one when this throws
     * @throws IllegalArgumentException if the section is outside the array or a symbol has no word
     */
    public void encode(byte[] symbols, int offset, int count, BitWriter out) {
        Ranges.requireSection("symbols", symbols.length, offset, count);
        long pending = 0;
        int pendingBits = 0;
        for (int i = offset; i < offset + count; i++) {
            int symbol = symbols[i] & 0xFF;
            int length = lengthOf(symbol);
            if (pendingBits + length > BitWriter.MAX_FIELD_BITS) {
                out.write(pending, pendingBits);
                pending = 0;
                pendingBits = 0;
            }
            pending |= (long) words[symbol] << pendingBits;
            pendingBits += length;
        }
        out.write(pending, pendingBits);
    }

    /**
     * Writes symbols, each an unsigned short.
     *
     * @param symbols source; not changed
     * @param offset first symbol
     * @param count how many
     * @param out the stream appended to; holds the symbols before a bad one when this throws
     * @throws IllegalArgumentException if the section is outside the array or a symbol has no word
     */
    public void encode(short[] symbols, int offset, int count, BitWriter out) {
        Ranges.requireSection("symbols", symbols.length, offset, count);
        long pending = 0;
        int pendingBits = 0;
        for (int i = offset; i < offset + count; i++) {
            int symbol = symbols[i] & 0xFFFF;
            int length = lengthOf(symbol);
            if (pendingBits + length > BitWriter.MAX_FIELD_BITS) {
                out.write(pending, pendingBits);
                pending = 0;
                pendingBits = 0;
            }
            pending |= (long) words[symbol] << pendingBits;
            pendingBits += length;
        }
        out.write(pending, pendingBits);
    }

    private int lengthOf(int symbol) {
        int length = symbol >= 0 && symbol < lengths.length ? lengths[symbol] : 0;
        if (length == 0) {
            throw new IllegalArgumentException("symbol " + symbol + " has no word in a code of " + lengths.length);
        }
        return length;
    }
}
