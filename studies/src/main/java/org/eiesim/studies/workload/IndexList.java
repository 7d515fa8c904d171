package org.eiesim.studies.workload;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A growing list of indices. */
final class IndexList {
    private int[] indices;
    private int length;

    IndexList(long capacity) {
        indices = new int[(int) Math.min(capacity, Integer.MAX_VALUE - 8)];
    }

    /** Appends each of 0..count-1 with a probability, independently. */
    void drawFrom(SplittableRandom random, int count, double probability) {
        if (probability >= 1) {
            for (int index = 0; index < count; index++) {
                append(index);
            }
        } else if (probability > 0) {
            // The gap to the next one drawn is geometrically distributed.
            double logOfMiss = Math.log1p(-probability);
            for (long index = gap(random, logOfMiss); index < count; index += 1 + gap(random, logOfMiss)) {
                append((int) index);
            }
        }
    }

    private static long gap(SplittableRandom random, double logOfMiss) {
        return (long) (Math.log1p(-random.nextDouble()) / logOfMiss);
    }

    private void append(int index) {
        if (length == indices.length) {
            indices = Arrays.copyOf(indices, Math.max(16, length + length / 2));
        }
        indices[length++] = index;
    }

    int length() {
        return length;
    }

    int[] toArray() {
        return Arrays.copyOf(indices, length);
    }
}
