package org.eiesim.simulator.exact;

import org.eiesim.kernels.check.Ranges;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.exact.lanes.BlockLanes;
import org.eiesim.simulator.machine.EventRecord;
import org.jspecify.annotations.Nullable;

/** A product in single precision. */
final class Float32Product implements ExactProduct {
    private static final int NEGATIVE_ZERO_BITS = 0x8000_0000;

    private final Float32Entries entries;
    private final SharedRows rows;
    private final ExactTiming timing;
    private final @Nullable BlockLanes lanes;
    private final BlockEvents blocks;
    private float[] liveInputs = {};

    Float32Product(Float32Entries entries, SharedRows rows, ExactTiming timing, @Nullable BlockLanes lanes) {
        this.entries = entries;
        this.rows = rows;
        this.timing = timing;
        this.lanes = lanes;
        blocks = new BlockEvents(timing, rows.numInputs());
    }

    @Override
    public void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
        Ranges.requireSection("accumulators", accumulators.length, 0, rows.numRows());
        timing.run(inputs, offset, events);
        LiveColumns live = timing.live();
        entries.add(live.columns(), live.numLiveInputs(), inputs, offset, accumulators);
        if (live.hasBias()) {
            entries.addBias(live.columns()[live.numLiveInputs()], accumulators);
        }
    }

    @Override
    public void runBlock(
            float[] inputs, int position, int numVectors, int stride, float[] accumulators, EventRecord events) {
        if (lanes == null || hasNegativeZero(accumulators, stride)) {
            runOneByOne(inputs, position, numVectors, stride, accumulators, events);
            return;
        }
        int offset = position * stride;
        blocks.count(inputs, offset, numVectors, stride, events);
        RowLayout layout = rows.get();
        if (timing.rule() == LiveInputs.POSITIVE) {
            lanes.add(layout.inputs(), rows.codebook(), rectified(inputs, offset, stride), 0, stride, accumulators);
        } else {
            lanes.add(layout.inputs(), rows.codebook(), inputs, offset, stride, accumulators);
        }
        addBias(layout.biasCodes(), stride, accumulators);
    }

    private boolean hasNegativeZero(float[] accumulators, int stride) {
        boolean found = false;
        for (int i = 0; i < rows.numRows() * stride; i++) {
            found |= Float.floatToRawIntBits(accumulators[i]) == NEGATIVE_ZERO_BITS;
        }
        return found;
    }

    private float[] rectified(float[] inputs, int offset, int stride) {
        int length = rows.numInputs() * stride;
        if (liveInputs.length < length) {
            liveInputs = new float[length];
        }
        for (int i = 0; i < length; i++) {
            liveInputs[i] = Math.max(0, inputs[offset + i]);
        }
        return liveInputs;
    }

    private void addBias(byte[] codes, int stride, float[] accumulators) {
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] != 0) {
                float weight = rows.codebook()[codes[row] & 0xFF];
                for (int i = row * stride; i < (row + 1) * stride; i++) {
                    accumulators[i] += weight;
                }
            }
        }
    }

    private void runOneByOne(
            float[] inputs, int position, int numVectors, int stride, float[] accumulators, EventRecord events) {
        float[] vector = new float[rows.numInputs()];
        float[] sums = new float[rows.numRows()];
        for (int v = 0; v < numVectors; v++) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = inputs[(position + i) * stride + v];
            }
            for (int row = 0; row < sums.length; row++) {
                sums[row] = accumulators[row * stride + v];
            }
            run(vector, 0, sums, events);
            for (int row = 0; row < sums.length; row++) {
                accumulators[row * stride + v] = sums[row];
            }
        }
    }

    @Override
    public void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
        throw new IllegalStateException("prepared for float32, run in fixed point");
    }

    @Override
    public void runBlock(
            int[] inputs, int position, int numVectors, int stride, int[] accumulators, EventRecord events) {
        throw new IllegalStateException("prepared for float32, run in fixed point");
    }

    @Override
    public ExactProduct fork() {
        return new Float32Product(entries, rows, timing.fork(), lanes);
    }
}
