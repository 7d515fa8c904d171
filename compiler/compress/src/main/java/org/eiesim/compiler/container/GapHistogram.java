package org.eiesim.compiler.container;

import java.util.Arrays;

/**
 * How often each number of zeros stands before a non-zero in one scan of a layer. From it the frequencies of relative
 * indices follow for every index width without coding anything: a gap {@code g} becomes {@code g / 2^bits} padding
 * entries and the index {@code g mod 2^bits}.
 */
final class GapHistogram {
    private static final int NUM_SHORT = 1 << EieFormat.MAX_INDEX_BITS;

    private final long[] shortGaps;
    private int[] longGaps = new int[16];
    private int numLong;
    private int largestGap;

    /** Counts the gaps of codes in scan order; zeros after the last non-zero are no gap. */
    GapHistogram(byte[] scanned) {
        shortGaps = new long[Math.min(NUM_SHORT, scanned.length)];
        int gap = 0;
        for (byte code : scanned) {
            if (code == 0) {
                gap++;
            } else {
                add(gap);
                gap = 0;
            }
        }
    }

    private void add(int gap) {
        largestGap = Math.max(largestGap, gap);
        if (gap < NUM_SHORT) {
            shortGaps[gap]++;
            return;
        }
        if (numLong == longGaps.length) {
            longGaps = Arrays.copyOf(longGaps, 2 * numLong);
        }
        longGaps[numLong++] = gap;
    }

    /** Returns whether no gap needs a padding entry, so that a wider index would change nothing. */
    boolean reachesAll(int indexBits) {
        return largestGap >>> indexBits == 0;
    }

    /** Returns how often each index occurs, those of padding entries included. */
    long[] indexFrequencies(int indexBits) {
        int mask = (1 << indexBits) - 1;
        long[] frequencies = new long[mask + 1];
        for (int gap = 0; gap < shortGaps.length; gap++) {
            frequencies[gap & mask] += shortGaps[gap];
        }
        for (int i = 0; i < numLong; i++) {
            frequencies[longGaps[i] & mask]++;
        }
        frequencies[mask] += numPadding(indexBits);
        return frequencies;
    }

    /** Returns how many padding entries there are. */
    int numPadding(int indexBits) {
        long padding = 0;
        for (int gap = 1 << indexBits; gap < shortGaps.length; gap++) {
            padding += shortGaps[gap] * (gap >>> indexBits);
        }
        for (int i = 0; i < numLong; i++) {
            padding += longGaps[i] >>> indexBits;
        }
        return Math.toIntExact(padding);
    }
}
