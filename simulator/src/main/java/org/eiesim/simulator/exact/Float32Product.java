package org.eiesim.simulator.exact;

import org.eiesim.kernels.check.Ranges;
import org.eiesim.simulator.machine.EventRecord;

/** A product in single precision. */
final class Float32Product implements ExactProduct {
    private final Float32Entries entries;
    private final int numRows;
    private final ExactTiming timing;

    Float32Product(Float32Entries entries, int numRows, ExactTiming timing) {
        this.entries = entries;
        this.numRows = numRows;
        this.timing = timing;
    }

    @Override
    public void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
        Ranges.requireSection("accumulators", accumulators.length, 0, numRows);
        timing.run(inputs, offset, events);
        LiveColumns live = timing.live();
        entries.add(live.columns(), live.numLiveInputs(), inputs, offset, accumulators);
        if (live.hasBias()) {
            entries.addBias(live.columns()[live.numLiveInputs()], accumulators);
        }
    }

    @Override
    public void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
        throw new IllegalStateException("prepared for float32, run in fixed point");
    }

    @Override
    public ExactProduct fork() {
        return new Float32Product(entries, numRows, timing.fork());
    }
}
