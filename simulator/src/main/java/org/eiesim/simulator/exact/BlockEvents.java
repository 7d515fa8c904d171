package org.eiesim.simulator.exact;

import org.eiesim.simulator.element.Numbers;
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
    void count(Numbers inputs, int offset, int numVectors, int stride, EventRecord events) {
        LiveBlock block = live();
        if (inputs instanceof Numbers.Floats floats) {
            block.set(floats.values(), offset, numVectors, stride);
        } else {
            block.set(inputs.raws(), offset, numVectors, stride);
        }
        for (int v = 0; v < numVectors; v++) {
            timing.runVector(block.liveVectors(), v, events);
        }
    }

    private LiveBlock live() {
        LiveBlock block = live;
        if (block == null) {
            block = new LiveBlock(numInputs, timing.rule());
            live = block;
        }
        return block;
    }
}
