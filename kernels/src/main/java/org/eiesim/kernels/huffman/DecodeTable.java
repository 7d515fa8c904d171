package org.eiesim.kernels.huffman;

import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.FormatException;

/**
 * What the next bits of a stream mean. {@code words} tells the first word of every pattern of {@link #TABLE_BITS} bits;
 * {@code runs}, for alphabets of at most 256 symbols, all words that lie whole in the pattern, up to six.
 *
 * <p>A found word is {@code symbol | bits << 16}. A run is {@code symbols (6 x 8 bits) | count << 48 | bits << 56}.
 * Either is 0 where the pattern does not begin with a word of at most {@link #TABLE_BITS} bits.
 */
final class DecodeTable {
    /** 2,048 runs of 8 bytes leave half of a first-level cache to the data. */
    static final int TABLE_BITS = 11;

    static final int TABLE_MASK = (1 << TABLE_BITS) - 1;
    static final int MAX_RUN = 6;
    static final int NARROW_SYMBOLS = 256;

    private static final int RUN_COUNT_SHIFT = 48;
    private static final int RUN_BITS_SHIFT = 56;
    private static final String SECTION = "Huffman stream";

    private final int numSymbols;
    private final int[] words = new int[1 << TABLE_BITS];
    private final long[] runs;

    /** Canonical decoding: words of length b count from firstWord[b]; their symbols stand from firstIndex[b] on. */
    private final int[] firstWord;

    private final int[] firstIndex;
    private final int[] symbolsInOrder;

    DecodeTable(HuffmanCode code) {
        numSymbols = code.numSymbols();
        int[] counts = code.wordsByLength();
        firstWord = new int[counts.length + 1];
        firstIndex = new int[counts.length + 1];
        for (int length = 1; length < counts.length; length++) {
            firstWord[length] = (firstWord[length - 1] + counts[length - 1]) << 1;
            firstIndex[length + 1] = firstIndex[length] + counts[length];
        }
        symbolsInOrder = new int[firstIndex[counts.length]];
        int[] next = firstIndex.clone();
        int[] streamWords = code.streamWords();
        for (int symbol = 0; symbol < numSymbols; symbol++) {
            int length = code.length(symbol);
            if (length > 0) {
                symbolsInOrder[next[length]++] = symbol;
            }
            if (length > 0 && length <= TABLE_BITS) {
                for (int i = streamWords[symbol]; i <= TABLE_MASK; i += 1 << length) {
                    words[i] = symbol | length << 16;
                }
            }
        }
        runs = numSymbols <= NARROW_SYMBOLS ? runs(words) : new long[0];
    }

    private static long[] runs(int[] words) {
        long[] runs = new long[words.length];
        for (int pattern = 0; pattern < runs.length; pattern++) {
            long run = 0;
            int usedBits = 0;
            int count = 0;
            int found = words[pattern];
            while (count < MAX_RUN && found != 0 && usedBits + wordBits(found) <= TABLE_BITS) {
                run |= (long) symbol(found) << (8 * count++);
                usedBits += wordBits(found);
                found = words[pattern >>> usedBits];
            }
            runs[pattern] = run | (long) count << RUN_COUNT_SHIFT | (long) usedBits << RUN_BITS_SHIFT;
        }
        return runs;
    }

    int numSymbols() {
        return numSymbols;
    }

    long[] runs() {
        return runs;
    }

    static int runCount(long run) {
        return (int) (run >>> RUN_COUNT_SHIFT) & 0xF;
    }

    static int runBits(long run) {
        return (int) (run >>> RUN_BITS_SHIFT);
    }

    static int symbol(int found) {
        return found & 0xFFFF;
    }

    static int wordBits(int found) {
        return found >>> 16;
    }

    /** The word at a position of the stream. */
    int wordAt(BitReader in, long position) throws FormatException {
        long window = in.windowAt(position);
        int found = words[(int) window & TABLE_MASK];
        return found != 0 ? found : longWord(window, position);
    }

    private int longWord(long window, long position) throws FormatException {
        int word = 0;
        long rest = window;
        for (int length = 1; length < firstWord.length - 1; length++) {
            word = word << 1 | (int) (rest & 1);
            rest >>>= 1;
            int index = word - firstWord[length];
            int count = firstIndex[length + 1] - firstIndex[length];
            if (index < count) {
                return symbolsInOrder[firstIndex[length] + index] | length << 16;
            }
        }
        throw new FormatException(SECTION, position >>> 3, "the bits from bit " + position + " on are no code word");
    }
}
