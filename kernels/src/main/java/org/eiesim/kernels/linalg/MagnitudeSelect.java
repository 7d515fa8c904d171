package org.eiesim.kernels.linalg;

import java.util.List;
import org.eiesim.kernels.check.Ranges;

/**
 * Finds the values of largest magnitude without sorting. Magnitudes order like the bits of a float without its sign;
 * three histograms over 11, 10 and 10 of these bits, each over the values that share the bits before, close in on the
 * one wanted.
 *
 * <p>Source: Deep Compression section 2 (pruning by magnitude).
 */
public final class MagnitudeSelect {
    private static final int MAGNITUDE_MASK = 0x7FFF_FFFF;
    private static final int INFINITY_BITS = 0x7F80_0000;
    private static final int[] DIGIT_SHIFTS = {20, 10, 0};
    private static final int[] DIGIT_BITS = {11, 10, 10};

    /** Neighbouring values often fall into one bin; taking turns keeps their additions from waiting for each other. */
    private static final int NUM_HISTOGRAMS = 4;

    private MagnitudeSelect() {}

    /**
     * Which values are the largest: all whose magnitude exceeds the threshold, and the first {@code numTied} of those
     * that equal it.
     *
     * @param magnitude the threshold, &ge; 0; infinite where no value is chosen
     * @param numTied how many of the values of exactly that magnitude are chosen, in order of position
     */
    public record Threshold(float magnitude, long numTied) {}

    /**
     * Finds the threshold of the largest values of one array.
     *
     * @param values none NaN; not changed
     * @param count how many to choose, 0..values.length
     * @return the threshold
     * @throws IllegalArgumentException if the count is out of range or a value is NaN
     */
    public static Threshold largest(float[] values, int count) {
        return largest(List.of(values), count);
    }

    /**
     * Finds the threshold of the largest values of several arrays taken as one.
     *
     * @param arrays none holding NaN; not changed
     * @param count how many values to choose, 0..sum of the lengths
     * @return the threshold
     * @throws IllegalArgumentException if the count is out of range or a value is NaN
     */
    public static Threshold largest(List<float[]> arrays, long count) {
        long total = 0;
        for (float[] array : arrays) {
            total += array.length;
        }
        Ranges.requireWithin("count", count, 0, total);
        if (count == 0) {
            return new Threshold(Float.POSITIVE_INFINITY, 0);
        }
        long wanted = count;
        int prefix = 0;
        for (int pass = 0; pass < DIGIT_SHIFTS.length; pass++) {
            long[] histogram = new long[1 << DIGIT_BITS[pass]];
            for (float[] array : arrays) {
                if (pass == 0) {
                    addLeadingDigits(array, histogram);
                } else {
                    addDigits(array, prefix, pass, histogram);
                }
            }
            int digit = histogram.length - 1;
            while (histogram[digit] < wanted) {
                wanted -= histogram[digit--];
            }
            prefix |= digit << DIGIT_SHIFTS[pass];
        }
        return new Threshold(Float.intBitsToFloat(prefix), wanted);
    }

    private static void addLeadingDigits(float[] array, long[] histogram) {
        int shift = DIGIT_SHIFTS[0];
        int[][] partial = new int[NUM_HISTOGRAMS][histogram.length];
        int[] first = partial[0];
        int[] second = partial[1];
        int[] third = partial[2];
        int[] fourth = partial[3];
        int largest = 0;
        int i = 0;
        for (; i <= array.length - NUM_HISTOGRAMS; i += NUM_HISTOGRAMS) {
            int bits0 = Float.floatToRawIntBits(array[i]) & MAGNITUDE_MASK;
            int bits1 = Float.floatToRawIntBits(array[i + 1]) & MAGNITUDE_MASK;
            int bits2 = Float.floatToRawIntBits(array[i + 2]) & MAGNITUDE_MASK;
            int bits3 = Float.floatToRawIntBits(array[i + 3]) & MAGNITUDE_MASK;
            first[bits0 >>> shift]++;
            second[bits1 >>> shift]++;
            third[bits2 >>> shift]++;
            fourth[bits3 >>> shift]++;
            largest = Math.max(largest, Math.max(Math.max(bits0, bits1), Math.max(bits2, bits3)));
        }
        for (; i < array.length; i++) {
            int bits = Float.floatToRawIntBits(array[i]) & MAGNITUDE_MASK;
            first[bits >>> shift]++;
            largest = Math.max(largest, bits);
        }
        if (largest > INFINITY_BITS) {
            throw new IllegalArgumentException("an array to select from holds NaN");
        }
        for (int[] part : partial) {
            for (int digit = 0; digit < part.length; digit++) {
                histogram[digit] += part[digit];
            }
        }
    }

    private static void addDigits(float[] array, int prefix, int pass, long[] histogram) {
        int shift = DIGIT_SHIFTS[pass];
        int prefixShift = DIGIT_SHIFTS[pass - 1];
        int wantedPrefix = prefix >>> prefixShift;
        int mask = histogram.length - 1;
        for (float value : array) {
            int bits = Float.floatToRawIntBits(value) & MAGNITUDE_MASK;
            if (bits >>> prefixShift == wantedPrefix) {
                histogram[bits >>> shift & mask]++;
            }
        }
    }

    /**
     * Marks the chosen values of an array. Several arrays of one threshold are marked one after another, each with what
     * the one before returned.
     *
     * @param values as given to {@code largest}; not changed
     * @param threshold the threshold, with the tied values still to choose
     * @param chosen {@code [values.length]}, overwritten; owned by the caller
     * @return the threshold for the arrays that follow: tied values chosen here are taken off
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Threshold mark(float[] values, Threshold threshold, boolean[] chosen) {
        Ranges.requireLength("chosen", chosen.length, values.length);
        float magnitude = threshold.magnitude();
        long tiedLeft = threshold.numTied();
        for (int i = 0; i < values.length; i++) {
            float own = Math.abs(values[i]);
            boolean tied = own == magnitude && tiedLeft > 0;
            tiedLeft -= tied ? 1 : 0;
            chosen[i] = own > magnitude || tied;
        }
        return new Threshold(magnitude, tiedLeft);
    }
}
