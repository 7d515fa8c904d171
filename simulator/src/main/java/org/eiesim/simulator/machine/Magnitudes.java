package org.eiesim.simulator.machine;

import java.util.Arrays;

/**
 * How large values were: for each power of two the count of the values from it up to the next, and the largest of them.
 * Zeros are not counted, nor what stands for
 * infinity, such as the masks of attention (from 2^63 on): no format is made to hold it, it saturates. That is as fine as a fixed-point format can use: its range doubles with each bit.
 */
public final class Magnitudes {
    private static final int LOWEST_EXPONENT = Float.MIN_EXPONENT - 1;
    private static final int NUM_BUCKETS = Double.MAX_EXPONENT - LOWEST_EXPONENT + 1;
    private static final double WHOLE = 100;
    private static final double UNBOUNDED = 0x1p63;

    private final long[] counts = new long[NUM_BUCKETS];
    private final double[] largest = new double[NUM_BUCKETS];

    /** Makes a count of nothing. */
    public Magnitudes() {}

    /**
     * Counts a value.
     *
     * @param value a number
     */
    public void add(double value) {
        double magnitude = Math.abs(value);
        if (magnitude > 0 && magnitude < UNBOUNDED) {
            int bucket = Math.max(0, Math.getExponent(magnitude) - LOWEST_EXPONENT);
            counts[bucket]++;
            largest[bucket] = Math.max(largest[bucket], magnitude);
        }
    }

    /**
     * Adds another count.
     *
     * @param other the other
     */
    public void add(Magnitudes other) {
        for (int bucket = 0; bucket < NUM_BUCKETS; bucket++) {
            counts[bucket] += other.counts[bucket];
            largest[bucket] = Math.max(largest[bucket], other.largest[bucket]);
        }
    }

    /**
     * Returns the largest magnitude.
     *
     * @return 0 where nothing was counted
     */
    public double max() {
        return percentile(WHOLE);
    }

    /**
     * Returns a magnitude that holds a share of the values: the largest below the power of two which at least that share
     * of the non-zero values stays below.
     *
     * @param percent 0..100
     * @return 0 where nothing was counted
     */
    public double percentile(double percent) {
        double wanted = Arrays.stream(counts).sum() * (percent / WHOLE);
        long below = 0;
        double held = 0;
        for (int bucket = 0; bucket < NUM_BUCKETS; bucket++) {
            if (counts[bucket] > 0 && (below < wanted || below == 0)) {
                held = largest[bucket];
            }
            below += counts[bucket];
        }
        return held;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Magnitudes that
                && Arrays.equals(counts, that.counts)
                && Arrays.equals(largest, that.largest);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counts) + Arrays.hashCode(largest);
    }

    @Override
    public String toString() {
        return Arrays.stream(counts).sum() + " values up to " + max();
    }
}
