package org.eiesim.simulator.exact;

import org.eiesim.simulator.machine.EventRecord;
import org.jspecify.annotations.Nullable;

/** The events of a block of vectors: those of each, one after another. Of one thread. */
final class BlockEvents {
    private final ExactTiming timing;
    private final int numInputs;
    private @Nullable LiveBlock live;

    BlockEvents(ExactTiming timing, int numInputs) {
        this.timing = timing;
        this.numInputs = numInputs;
    }

    /** Counts a block of input vectors, input i of vector v at {@code offset + i * stride + v}. */
    void count(float[] inputs, int offset, int numVectors, int stride, EventRecord events) {
        LiveBlock block = live();
        block.set(inputs, offset, numVectors, stride);
        count(block, numVectors, events);
    }

    /** Counts a block of raw input vectors. */
    void count(int[] inputs, int offset, int numVectors, int stride, EventRecord events) {
        LiveBlock block = live();
        block.set(inputs, offset, numVectors, stride);
        count(block, numVectors, events);
    }

    private LiveBlock live() {
        LiveBlock block = live;
        if (block == null) {
            block = new LiveBlock(numInputs, timing.rule());
            live = block;
        }
        return block;
    }

    private void count(LiveBlock block, int numVectors, EventRecord events) {
        for (int v = 0; v < numVectors; v++) {
            timing.runVector(block.liveVectors(), v, events);
        }
    }
}
