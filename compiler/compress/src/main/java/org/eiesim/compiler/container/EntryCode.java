package org.eiesim.compiler.container;

import java.util.Arrays;
import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.huffman.HuffmanCode;
import org.eiesim.kernels.huffman.HuffmanDecoder;
import org.eiesim.kernels.huffman.HuffmanEncoder;

/**
 * The Huffman code of one of the two streams of a layer, or of a text. Where one symbol alone occurs its words take no
 * bits: a layer without zeros has all indices 0 and pays nothing for them.
 */
final class EntryCode {
    private final HuffmanCode huffman;
    private final boolean lone;

    private EntryCode(HuffmanCode huffman) {
        this.huffman = huffman;
        this.lone = CodeLengths.isLoneSymbol(huffman);
    }

    /** Returns the smallest code for symbols of which at least one occurs. */
    static EntryCode of(long[] frequencies) {
        return new EntryCode(HuffmanCode.fromFrequencies(frequencies, EieFormat.MAX_WORD_BITS));
    }

    static EntryCode read(BitReader in, int numSymbols) throws FormatException {
        return new EntryCode(CodeLengths.read(in, numSymbols));
    }

    void writeAlphabet(BitWriter out) {
        CodeLengths.write(out, huffman);
    }

    long alphabetBits() {
        return CodeLengths.numBits(huffman);
    }

    long wordBits(long[] frequencies) {
        return lone ? 0 : huffman.encodedBits(frequencies);
    }

    void write(byte[] symbols, BitWriter out) {
        if (!lone) {
            new HuffmanEncoder(huffman).encode(symbols, 0, symbols.length, out);
        }
    }

    void write(short[] symbols, BitWriter out) {
        if (!lone) {
            new HuffmanEncoder(huffman).encode(symbols, 0, symbols.length, out);
        }
    }

    void read(BitReader in, byte[] symbols) throws FormatException {
        if (lone) {
            Arrays.fill(symbols, (byte) CodeLengths.firstSymbol(huffman));
        } else {
            new HuffmanDecoder(huffman).decode(in, symbols, 0, symbols.length);
        }
    }

    void read(BitReader in, short[] symbols) throws FormatException {
        if (lone) {
            Arrays.fill(symbols, (short) CodeLengths.firstSymbol(huffman));
        } else {
            new HuffmanDecoder(huffman).decode(in, symbols, 0, symbols.length);
        }
    }
}
