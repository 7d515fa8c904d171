package org.eiesim.simulator.exact;

import org.eiesim.kernels.check.Ranges;
import org.eiesim.simulator.machine.EventRecord;

/** A product in fixed point. */
final class FixedPointProduct implements ExactProduct {
    private final FixedPointEntries entries;
    private final int numRows;
    private final ExactTiming timing;
    private final long[] terms;
    private final int rawOne;

    FixedPointProduct(FixedPointEntries entries, int numRows, ExactTiming timing) {
        this.entries = entries;
        this.numRows = numRows;
        this.timing = timing;
        terms = new long[entries.rawCodebook().length];
        rawOne = entries.arithmetic().rawOne();
    }

    @Override
    public void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
        Ranges.requireSection("accumulators", accumulators.length, 0, numRows);
        timing.run(inputs, offset, events);
        LiveColumns live = timing.live();
        int[] columns = live.columns();
        long clipped = 0;
        for (int i = 0; i < live.numLiveInputs(); i++) {
            clipped += entries.add(columns[i], inputs[offset + columns[i]], accumulators, terms);
        }
        if (live.hasBias()) {
            clipped += entries.add(columns[live.numLiveInputs()], rawOne, accumulators, terms);
        }
        events.saturations += clipped;
    }

    @Override
    public void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
        throw new IllegalStateException("prepared for fixed point, run in float32");
    }

    @Override
    public ExactProduct fork() {
        return new FixedPointProduct(entries, numRows, timing.fork());
    }
}
