package org.eiesim.simulator.exact;

import org.eiesim.simulator.config.LiveInputs;

/** Which inputs of a block of up to 64 vectors are live: one bit per vector, one word per input. Of one thread. */
final class LiveBlock {
    private static final int INFINITY_BITS = 0x7F80_0000;
    private static final int MAGNITUDE_BITS = 0x7FFF_FFFF;

    private final LiveInputs rule;
    private final long[] liveVectors;

    LiveBlock(int numInputs, LiveInputs rule) {
        this.rule = rule;
        liveVectors = new long[numInputs];
    }

    /** Returns per input the vectors in which it is live, vector v being bit v. */
    long[] liveVectors() {
        return liveVectors;
    }

    /**
     * Takes a block of input vectors.
     *
     * @param inputs input i of vector v at {@code offset + i * stride + v}
     * @throws IllegalArgumentException naming the input that is NaN or infinite
     */
    void set(float[] inputs, int offset, int numVectors, int stride) {
        // A NaN or an infinity has the largest magnitude; a value is positive if its bits are.
        int signBits = rule == LiveInputs.POSITIVE ? -1 : MAGNITUDE_BITS;
        int maxMagnitude = 0;
        for (int i = 0; i < liveVectors.length; i++) {
            int from = offset + i * stride;
            long live = 0;
            for (int v = 0; v < numVectors; v++) {
                int bits = Float.floatToRawIntBits(inputs[from + v]);
                maxMagnitude = Math.max(maxMagnitude, bits & MAGNITUDE_BITS);
                live |= (long) isPositive(bits & signBits) << v;
            }
            liveVectors[i] = live;
        }
        if (maxMagnitude >= INFINITY_BITS) {
            requireFinite(inputs, offset, numVectors, stride);
        }
    }

    private void requireFinite(float[] inputs, int offset, int numVectors, int stride) {
        for (int v = 0; v < numVectors; v++) {
            for (int i = 0; i < liveVectors.length; i++) {
                float input = inputs[offset + i * stride + v];
                if (!Float.isFinite(input)) {
                    throw new IllegalArgumentException("input " + i + " is " + input);
                }
            }
        }
    }

    /**
     * Takes a block of raw input vectors.
     *
     * @param inputs raw input i of vector v at {@code offset + i * stride + v}
     */
    void set(int[] inputs, int offset, int numVectors, int stride) {
        boolean positive = rule == LiveInputs.POSITIVE;
        for (int i = 0; i < liveVectors.length; i++) {
            int from = offset + i * stride;
            long live = 0;
            for (int v = 0; v < numVectors; v++) {
                int raw = inputs[from + v];
                live |= (long) (positive ? isPositive(raw) : (raw | -raw) >>> 31) << v;
            }
            liveVectors[i] = live;
        }
    }

    /** Returns 1 for a positive number, else 0. */
    private static int isPositive(int value) {
        return (-value & ~value) >>> 31;
    }
}
