package org.eiesim.studies.workload;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** A growing list of sets of live inputs, one per run of a product, as bitmaps. */
final class LiveSets {
    private final int numInputs;
    private final int wordsPerSet;
    private long[] words = {};
    private int numSets;

    LiveSets(int numInputs) {
        this.numInputs = numInputs;
        wordsPerSet = (numInputs + Long.SIZE - 1) / Long.SIZE;
    }

    /** Appends a bitmap: bit {@code i mod 64} of word {@code i / 64} is input i. May be called by several threads. */
    synchronized void append(long[] bitmap) {
        int start = numSets * wordsPerSet;
        int end = Math.addExact(start, wordsPerSet);
        if (end > words.length) {
            words = Arrays.copyOf(words, Math.max(end, words.length + words.length / 2));
        }
        System.arraycopy(bitmap, 0, words, start, wordsPerSet);
        numSets++;
    }

    /** Appends the inputs that are live. */
    void append(IntPredicate isLive) {
        long[] bitmap = new long[wordsPerSet];
        for (int input = 0; input < numInputs; input++) {
            if (isLive.test(input)) {
                bitmap[input / Long.SIZE] |= 1L << input;
            }
        }
        append(bitmap);
    }

    /** Appends a list of live inputs. */
    void append(int[] liveInputs) {
        long[] bitmap = new long[wordsPerSet];
        for (int input : liveInputs) {
            bitmap[input / Long.SIZE] |= 1L << input;
        }
        append(bitmap);
    }

    int size() {
        return numSets;
    }

    /** Copies a set: bit {@code i mod 64} of word {@code i / 64} is input i. */
    long[] bitmap(int set) {
        return Arrays.copyOfRange(words, set * wordsPerSet, (set + 1) * wordsPerSet);
    }
}
