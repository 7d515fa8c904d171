package org.eiesim.kernels.sparse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.Ranges;

/**
 * Relative-index coding of one run of codes, such as a whole tensor in one scan order: an entry (code, zero count) per
 * non-zero code, and a padding entry (code 0, zero count {@code 2^indexBits - 1}) for each {@code 2^indexBits} zeros a
 * count cannot reach over. Zeros after the last non-zero are not stored.
 *
 * <p>Source: Deep Compression section 2, figure 2; EIE III-B.
 */
public final class RelativeIndex {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final String SECTION = "entry stream";

    private RelativeIndex() {}

    /**
     * The entries of a run.
     *
     * @param codes unsigned codes, 0 for padding; owned by the record
     * @param zeroCounts as many unsigned zero counts; owned by the record
     */
    public record Entries(byte[] codes, short[] zeroCounts) {
        /** Checks that there is a count for every code. */
        public Entries {
            Ranges.requireLength("zeroCounts", zeroCounts.length, codes.length);
        }

        /**
         * Returns the number of entries, padding included.
         *
         * @return the number
         */
        public int count() {
            return codes.length;
        }
    }

    /**
     * Counts the entries a run needs at every index width, in one pass.
     *
     * @param codes the array; not changed
     * @param offset first code of the run
     * @param length codes in the run
     * @return {@code [17]}: entries for an index of that many bits; element 0 is the number of non-zero codes
     * @throws IllegalArgumentException if the run is outside the array
     */
    public static int[] countByWidth(byte[] codes, int offset, int length) {
        Ranges.requireSection("codes", codes.length, offset, length);
        int[] counts = new int[InterleavedCscBuilder.MAX_INDEX_BITS + 1];
        int reached = offset - 1;
        int nonzeros = 0;
        for (int at = nextNonzero(codes, offset, offset + length);
                at < offset + length;
                at = nextNonzero(codes, at + 1, offset + length)) {
            nonzeros++;
            int zeros = at - reached - 1;
            for (int bits = 1; bits < counts.length && zeros >> bits != 0; bits++) {
                counts[bits] += zeros >> bits;
            }
            reached = at;
        }
        for (int bits = 0; bits < counts.length; bits++) {
            counts[bits] += nonzeros;
        }
        return counts;
    }

    /**
     * Encodes a run.
     *
     * @param codes the array; not changed
     * @param offset first code of the run
     * @param length codes in the run
     * @param indexBits bits of a zero count, 1..16
     * @return the entries
     * @throws IllegalArgumentException if the run is outside the array or the width out of range
     */
    public static Entries encode(byte[] codes, int offset, int length, int indexBits) {
        Ranges.requireSection("codes", codes.length, offset, length);
        Ranges.requireWithin("indexBits", indexBits, 1, InterleavedCscBuilder.MAX_INDEX_BITS);
        int maxIndex = (1 << indexBits) - 1;
        int end = offset + length;
        byte[] entryCodes = new byte[Math.min(length, 64)];
        short[] zeroCounts = new short[entryCodes.length];
        int count = 0;
        int reached = offset - 1;
        for (int at = nextNonzero(codes, offset, end); at < end; at = nextNonzero(codes, at + 1, end)) {
            int zeros = at - reached - 1;
            int needed = (zeros >> indexBits) + 1;
            if (needed > entryCodes.length - count) {
                // Every entry stands for at least one code of the run, so its length bounds their number.
                int capacity = (int) Math.min(length, Math.max(2L * entryCodes.length, (long) count + needed));
                entryCodes = Arrays.copyOf(entryCodes, capacity);
                zeroCounts = Arrays.copyOf(zeroCounts, capacity);
            }
            while (zeros > maxIndex) {
                zeroCounts[count++] = (short) maxIndex;
                zeros -= maxIndex + 1;
            }
            entryCodes[count] = codes[at];
            zeroCounts[count++] = (short) zeros;
            reached = at;
        }
        return new Entries(Arrays.copyOf(entryCodes, count), Arrays.copyOf(zeroCounts, count));
    }

    /**
     * Decodes a run.
     *
     * @param entries the entries
     * @param indexBits bits of a zero count, 1..16
     * @param out destination, owned by the caller; the run's section is wholly overwritten
     * @param offset first code of the run
     * @param length codes in the run
     * @throws FormatException if a count does not fit its width, an entry lies past the run, a padding entry's count is
     *     not the largest, or the last entry is a padding entry
     * @throws IllegalArgumentException if the run is outside the array or the width out of range
     */
    public static void decode(Entries entries, int indexBits, byte[] out, int offset, int length)
            throws FormatException {
        Ranges.requireSection("out", out.length, offset, length);
        Ranges.requireWithin("indexBits", indexBits, 1, InterleavedCscBuilder.MAX_INDEX_BITS);
        int maxIndex = (1 << indexBits) - 1;
        byte[] codes = entries.codes();
        short[] zeroCounts = entries.zeroCounts();
        Arrays.fill(out, offset, offset + length, (byte) 0);
        int reached = -1;
        for (int entry = 0; entry < codes.length; entry++) {
            int zeros = zeroCounts[entry] & 0xFFFF;
            byte code = codes[entry];
            if (zeros > maxIndex || (code == 0 && zeros != maxIndex)) {
                throw new FormatException(
                        SECTION,
                        "entry " + entry + (code == 0 ? " (padding)" : "") + " has zero count " + zeros + ", "
                                + (code == 0 ? "expected " : "the largest is ") + maxIndex);
            }
            if (zeros >= length - reached - 1) {
                throw new FormatException(
                        SECTION,
                        "entry " + entry + " lies at position " + ((long) reached + zeros + 1) + " of " + length);
            }
            reached += zeros + 1;
            out[offset + reached] = code;
        }
        if (codes.length > 0 && codes[codes.length - 1] == 0) {
            throw new FormatException(SECTION, "the last of " + codes.length + " entries is a padding entry");
        }
    }

    /** The first non-zero code at or after a position, or the end; eight codes at a time. */
    private static int nextNonzero(byte[] codes, int from, int end) {
        int at = from;
        while (at <= end - Long.BYTES) {
            long eight = (long) LONG.get(codes, at);
            if (eight != 0) {
                return at + (Long.numberOfTrailingZeros(eight) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && codes[at] == 0) {
            at++;
        }
        return at;
    }
}
