package org.eiesim.simulator.exact;

import org.eiesim.kernels.check.Ranges;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.exact.lanes.BlockLanes;
import org.eiesim.simulator.exact.lanes.RawSum;
import org.eiesim.simulator.machine.Arithmetic;
import org.eiesim.simulator.machine.EventRecord;
import org.jspecify.annotations.Nullable;

/** A product in fixed point. */
final class FixedPointProduct implements ExactProduct {
    private static final int MAX_BLOCK_SHIFT = 30;

    private final FixedPointEntries entries;
    private final SharedRows rows;
    private final ExactTiming timing;
    private final @Nullable BlockLanes lanes;
    private final BlockEvents blocks;
    private final long[] terms;
    private final int rawOne;
    private int[] liveInputs = {};

    FixedPointProduct(FixedPointEntries entries, SharedRows rows, ExactTiming timing, @Nullable BlockLanes lanes) {
        this.entries = entries;
        this.rows = rows;
        this.timing = timing;
        Arithmetic.FixedPoint arithmetic = entries.arithmetic();
        boolean takesBlocks = arithmetic.rounding() != Rounding.HALF_EVEN && arithmetic.shift() <= MAX_BLOCK_SHIFT;
        this.lanes = takesBlocks ? lanes : null;
        blocks = new BlockEvents(timing, rows.numInputs());
        terms = new long[entries.rawCodebook().length];
        rawOne = arithmetic.rawOne();
    }

    @Override
    public void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
        Ranges.requireSection("accumulators", accumulators.length, 0, rows.numRows());
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
    public void runBlock(
            int[] inputs, int position, int numVectors, int stride, int[] accumulators, EventRecord events) {
        if (lanes == null) {
            runOneByOne(inputs, position, numVectors, stride, accumulators, events);
            return;
        }
        int offset = position * stride;
        blocks.count(inputs, offset, numVectors, stride, events);
        RowLayout layout = rows.get();
        boolean dense = timing.rule() == LiveInputs.NONZERO;
        events.saturations += lanes.add(
                layout.inputs(),
                entries.rawCodebook(),
                dense ? inputs : rectified(inputs, offset, stride),
                dense ? offset : 0,
                stride,
                accumulators,
                numVectors,
                sum());
        events.saturations += addBias(layout.biasCodes(), numVectors, stride, accumulators);
    }

    private RawSum sum() {
        Arithmetic.FixedPoint arithmetic = entries.arithmetic();
        int shift = arithmetic.shift();
        boolean rounds = arithmetic.rounding() == Rounding.HALF_UP && shift > 0;
        return new RawSum(
                rounds ? 1 << (shift - 1) : 0,
                shift,
                arithmetic.accumulator().minRaw(),
                arithmetic.accumulator().maxRaw());
    }

    private int[] rectified(int[] inputs, int offset, int stride) {
        int length = rows.numInputs() * stride;
        if (liveInputs.length < length) {
            liveInputs = new int[length];
        }
        for (int i = 0; i < length; i++) {
            liveInputs[i] = Math.max(0, inputs[offset + i]);
        }
        return liveInputs;
    }

    private long addBias(byte[] codes, int numVectors, int stride, int[] accumulators) {
        long clipped = 0;
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] != 0) {
                long term = entries.term(codes[row] & 0xFF, rawOne);
                for (int i = row * stride; i < row * stride + numVectors; i++) {
                    long sum = accumulators[i] + term;
                    accumulators[i] =
                            FixedPoint.saturate(sum, entries.arithmetic().accumulator());
                    clipped += accumulators[i] == sum ? 0 : 1;
                }
            }
        }
        return clipped;
    }

    private void runOneByOne(
            int[] inputs, int position, int numVectors, int stride, int[] accumulators, EventRecord events) {
        int[] vector = new int[rows.numInputs()];
        int[] sums = new int[rows.numRows()];
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
    public void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
        throw new IllegalStateException("prepared for fixed point, run in float32");
    }

    @Override
    public void runBlock(
            float[] inputs, int position, int numVectors, int stride, float[] accumulators, EventRecord events) {
        throw new IllegalStateException("prepared for fixed point, run in float32");
    }

    @Override
    public ExactProduct fork() {
        return new FixedPointProduct(entries, rows, timing.fork(), lanes);
    }
}
