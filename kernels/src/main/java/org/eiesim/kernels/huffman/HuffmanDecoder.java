package org.eiesim.kernels.huffman;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.Ranges;

/**
 * Reads the words of a {@link HuffmanCode}. A table over the next bits of the stream yields as many symbols as lie
 * whole in them, so that one look-up decodes several; longer words are found by their length, as canonical codes allow.
 * Immutable.
 */
public final class HuffmanDecoder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final String SECTION = "Huffman stream";

    /** How many look-ups one window of 57 bits always serves. */
    private static final int RUNS_PER_WINDOW = BitWriter.MAX_FIELD_BITS / DecodeTable.TABLE_BITS;

    private final DecodeTable table;

    /**
     * Prepares the tables.
     *
     * @param code the code
     */
    public HuffmanDecoder(HuffmanCode code) {
        table = new DecodeTable(code);
    }

    /**
     * Reads symbols into unsigned bytes.
     *
     * @param in the stream, advanced past them
     * @param out destination, owned by the caller; where this throws, its section holds no defined values
     * @param offset first symbol written
     * @param count how many
     * @throws FormatException if the stream ends before, or holds bits that are no word
     * @throws IllegalArgumentException if the section is outside the array or the alphabet exceeds 256 symbols
     */
    public void decode(BitReader in, byte[] out, int offset, int count) throws FormatException {
        Ranges.requireSection("out", out.length, offset, count);
        Ranges.requireWithin("symbols of a code decoded to bytes", table.numSymbols(), 1, DecodeTable.NARROW_SYMBOLS);
        requireBits(in, count);
        long[] runs = table.runs();
        long position = in.bitPosition();
        int next = offset;
        int end = offset + count;
        // A run is stored as eight bytes whatever its length; the next one overwrites what was too much.
        int lastSafe = end - RUNS_PER_WINDOW * Long.BYTES;
        while (next <= lastSafe) {
            long window = in.windowAt(position);
            int usedBits = 0;
            for (int i = 0; i < RUNS_PER_WINDOW; i++) {
                long run = runs[(int) (window >>> usedBits) & DecodeTable.TABLE_MASK];
                LONG.set(out, next, run);
                next += DecodeTable.runCount(run);
                usedBits += DecodeTable.runBits(run);
            }
            position += usedBits;
            if (usedBits == 0) {
                int found = table.wordAt(in, position);
                out[next++] = (byte) DecodeTable.symbol(found);
                position += DecodeTable.wordBits(found);
            }
        }
        while (next < end) {
            int found = table.wordAt(in, position);
            out[next++] = (byte) DecodeTable.symbol(found);
            position += DecodeTable.wordBits(found);
        }
        in.seek(position);
    }

    /**
     * Reads symbols into unsigned shorts.
     *
     * @param in the stream, advanced past them
     * @param out destination, owned by the caller; where this throws, its section holds no defined values
     * @param offset first symbol written
     * @param count how many
     * @throws FormatException if the stream ends before, or holds bits that are no word
     * @throws IllegalArgumentException if the section is outside the array
     */
    public void decode(BitReader in, short[] out, int offset, int count) throws FormatException {
        Ranges.requireSection("out", out.length, offset, count);
        requireBits(in, count);
        long[] runs = table.runs();
        long position = in.bitPosition();
        int next = offset;
        int end = offset + count;
        int lastSafe = runs.length == 0 ? -1 : end - RUNS_PER_WINDOW * DecodeTable.MAX_RUN;
        while (next <= lastSafe) {
            long window = in.windowAt(position);
            int usedBits = 0;
            for (int i = 0; i < RUNS_PER_WINDOW; i++) {
                long run = runs[(int) (window >>> usedBits) & DecodeTable.TABLE_MASK];
                for (int j = 0; j < DecodeTable.MAX_RUN; j++) {
                    out[next + j] = (short) (run >>> (8 * j) & 0xFF);
                }
                next += DecodeTable.runCount(run);
                usedBits += DecodeTable.runBits(run);
            }
            position += usedBits;
            if (usedBits == 0) {
                int found = table.wordAt(in, position);
                out[next++] = (short) DecodeTable.symbol(found);
                position += DecodeTable.wordBits(found);
            }
        }
        while (next < end) {
            int found = table.wordAt(in, position);
            out[next++] = (short) DecodeTable.symbol(found);
            position += DecodeTable.wordBits(found);
        }
        in.seek(position);
    }

    /**
     * Reads symbols into ints, one by one.
     *
     * @param in the stream, advanced past them
     * @param out destination, owned by the caller; where this throws, its section holds no defined values
     * @param offset first symbol written
     * @param count how many
     * @throws FormatException if the stream ends before, or holds bits that are no word
     * @throws IllegalArgumentException if the section is outside the array
     */
    public void decode(BitReader in, int[] out, int offset, int count) throws FormatException {
        Ranges.requireSection("out", out.length, offset, count);
        requireBits(in, count);
        long position = in.bitPosition();
        for (int next = offset; next < offset + count; next++) {
            int found = table.wordAt(in, position);
            out[next] = DecodeTable.symbol(found);
            position += DecodeTable.wordBits(found);
        }
        in.seek(position);
    }

    /** A word has at least one bit, so a count beyond the bits left is damage: found before any work is done. */
    private static void requireBits(BitReader in, int count) throws FormatException {
        long left = in.bitLimit() - in.bitPosition();
        if (count > left) {
            throw new FormatException(
                    SECTION, in.bitPosition() >>> 3, count + " symbols in the " + left + " bits left");
        }
    }
}
