package org.eiesim.kernels.sparse;

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
    private static final String SECTION = "entry stream";

    /** Codes scanned at once: their positions fit the first-level cache. */
    private static final int BLOCK = 2048;

    /** Runs of fewer zeros are counted by length first. */
    private static final int SHORT_RUN = 256;

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
        int[] positions = new int[Math.min(length, BLOCK) + NonzeroScan.SLACK];
        int[] counts = new int[InterleavedCscBuilder.MAX_INDEX_BITS + 1];
        int[] shortRuns = new int[SHORT_RUN];
        int end = offset + length;
        int reached = offset - 1;
        for (int from = offset; from < end; from += BLOCK) {
            int found = NonzeroScan.find(codes, from, Math.min(end, from + BLOCK), positions);
            for (int i = 0; i < found; i++) {
                int zeros = positions[i] - reached - 1;
                reached = positions[i];
                if (zeros < SHORT_RUN) {
                    shortRuns[zeros]++;
                } else {
                    addEntries(zeros, 1, counts);
                }
            }
        }
        for (int zeros = 0; zeros < SHORT_RUN; zeros++) {
            addEntries(zeros, shortRuns[zeros], counts);
        }
        return counts;
    }

    /** Adds what runs of so many zeros and the non-zero after each need at every width. */
    private static void addEntries(int zeros, int numRuns, int[] counts) {
        for (int bits = 1; bits < counts.length; bits++) {
            counts[bits] += ((zeros >> bits) + 1) * numRuns;
        }
        counts[0] += numRuns;
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
        Ranges.requireWithin("the number of index bits", indexBits, 1, InterleavedCscBuilder.MAX_INDEX_BITS);
        int end = offset + length;
        int[] positions = new int[Math.min(length, BLOCK) + NonzeroScan.SLACK];
        EntryList entries = new EntryList(length, indexBits);
        int reached = offset - 1;
        for (int from = offset; from < end; from += BLOCK) {
            int found = NonzeroScan.find(codes, from, Math.min(end, from + BLOCK), positions);
            for (int i = 0; i < found; i++) {
                entries.append(codes[positions[i]], positions[i] - reached - 1);
                reached = positions[i];
            }
        }
        return entries.toEntries();
    }

    /** Growing arrays of entries. Every entry stands for at least one code of the run, so its length bounds them. */
    private static final class EntryList {
        private final int maxEntries;
        private final int indexBits;
        private byte[] codes;
        private short[] zeroCounts;
        private int count;

        EntryList(int maxEntries, int indexBits) {
            this.maxEntries = maxEntries;
            this.indexBits = indexBits;
            codes = new byte[Math.min(maxEntries, BLOCK)];
            zeroCounts = new short[codes.length];
        }

        void append(byte code, int zeros) {
            int paddings = zeros >> indexBits;
            if (paddings >= codes.length - count) {
                grow(paddings + 1);
            }
            short maxIndex = (short) ((1 << indexBits) - 1);
            for (int i = 0; i < paddings; i++) {
                zeroCounts[count++] = maxIndex;
            }
            codes[count] = code;
            zeroCounts[count++] = (short) (zeros & maxIndex);
        }

        private void grow(int needed) {
            int capacity = (int) Math.min(maxEntries, Math.max(2L * codes.length, (long) count + needed));
            codes = Arrays.copyOf(codes, capacity);
            zeroCounts = Arrays.copyOf(zeroCounts, capacity);
        }

        Entries toEntries() {
            return new Entries(Arrays.copyOf(codes, count), Arrays.copyOf(zeroCounts, count));
        }
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
        Ranges.requireWithin("the number of index bits", indexBits, 1, InterleavedCscBuilder.MAX_INDEX_BITS);
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
}
