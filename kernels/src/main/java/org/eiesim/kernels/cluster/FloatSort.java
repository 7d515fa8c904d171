package org.eiesim.kernels.cluster;

import java.util.Arrays;

/** Ascending copies of finite floats; large arrays by a radix sort of three digits. */
final class FloatSort {
    private static final int DIGIT_BITS = 11;
    private static final int RADIX = 1 << DIGIT_BITS;
    private static final int NUM_DIGITS = 3;
    private static final int RADIX_THRESHOLD = 4096;

    private FloatSort() {}

    /**
     * Sorts into a new array.
     *
     * @throws IllegalArgumentException if a value is NaN or infinite
     */
    static float[] sorted(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " is " + values[i]);
            }
        }
        if (values.length < RADIX_THRESHOLD) {
            float[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted;
        }
        return radixSorted(values);
    }

    private static float[] radixSorted(float[] values) {
        int n = values.length;
        int[] keys = new int[n];
        int[][] starts = new int[NUM_DIGITS][RADIX];
        for (int i = 0; i < n; i++) {
            int key = key(values[i]);
            keys[i] = key;
            for (int digit = 0; digit < NUM_DIGITS; digit++) {
                starts[digit][digit(key, digit)]++;
            }
        }
        int[] scratch = new int[n];
        for (int digit = 0; digit < NUM_DIGITS; digit++) {
            int[] next = starts[digit];
            int total = 0;
            for (int i = 0; i < RADIX; i++) {
                int count = next[i];
                next[i] = total;
                total += count;
            }
            for (int key : keys) {
                scratch[next[digit(key, digit)]++] = key;
            }
            int[] swap = keys;
            keys = scratch;
            scratch = swap;
        }
        float[] sorted = new float[n];
        for (int i = 0; i < n; i++) {
            sorted[i] = value(keys[i]);
        }
        return sorted;
    }

    private static int digit(int key, int digit) {
        return key >>> (digit * DIGIT_BITS) & (RADIX - 1);
    }

    /** Bits whose unsigned order is the order of the floats: all bits of negative ones flipped, else only the sign. */
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits ^ (bits >> 31 | Integer.MIN_VALUE);
    }

    private static float value(int key) {
        return Float.intBitsToFloat(key ^ (~key >> 31 | Integer.MIN_VALUE));
    }
}
