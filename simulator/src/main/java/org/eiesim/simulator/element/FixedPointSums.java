package org.eiesim.simulator.element;

import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.simulator.exact.lanes.BlockLanes;
import org.eiesim.simulator.exact.lanes.RawSum;
import org.eiesim.simulator.exact.lanes.RowLayout;

/** Sums in fixed point; 5 bytes an entry, its row and its code. */
final class FixedPointSums implements ProductSums {
    private static final int MAX_BLOCK_SHIFT = 30;

    private final ProductMatrix matrix;
    private final FixedPointEntries entries;
    private final long[] terms;
    private int[] liveInputs = {};

    FixedPointSums(ProductMatrix matrix, Arithmetic.FixedPoint arithmetic) {
        this(matrix, FixedPointEntries.of(matrix.entries(), matrix.codebook(), arithmetic));
    }

    private FixedPointSums(ProductMatrix matrix, FixedPointEntries entries) {
        this.matrix = matrix;
        this.entries = entries;
        terms = new long[entries.rawCodebook().length];
    }

    @Override
    public long add(int[] columns, int count, Numbers inputs, int offset, Numbers accumulators) {
        int[] values = inputs.raws();
        int[] sums = accumulators.raws();
        long clipped = 0;
        for (int i = 0; i < count; i++) {
            clipped += entries.add(columns[i], values[offset + columns[i]], sums, terms);
        }
        return clipped;
    }

    @Override
    public long addBias(int column, Numbers accumulators) {
        return entries.add(column, entries.arithmetic().rawOne(), accumulators.raws(), terms);
    }

    @Override
    public boolean takesBlock(Numbers accumulators, int length) {
        Arithmetic.FixedPoint arithmetic = entries.arithmetic();
        return matrix.lanes() != null
                && arithmetic.rounding() != Rounding.HALF_EVEN
                && arithmetic.shift() <= MAX_BLOCK_SHIFT;
    }

    @Override
    public long addBlock(Block block, Numbers accumulators) {
        BlockLanes lanes = matrix.lanes();
        if (lanes == null) {
            throw new UnsupportedOperationException("no lanes for blocks");
        }
        RowLayout layout = matrix.rows();
        int[] inputs = block.inputs().raws();
        int[] sums = accumulators.raws();
        int stride = block.stride();
        long clipped = lanes.add(
                layout.inputs(),
                entries.rawCodebook(),
                block.positiveOnly() ? rectified(inputs, block.offset(), stride) : inputs,
                block.positiveOnly() ? 0 : block.offset(),
                stride,
                sums,
                block.numVectors(),
                sum());
        return clipped + addBias(layout.biasCodes(), block.numVectors(), stride, sums);
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
        int length = matrix.numInputs() * stride;
        if (liveInputs.length < length) {
            liveInputs = new int[length];
        }
        for (int i = 0; i < length; i++) {
            liveInputs[i] = Math.max(0, inputs[offset + i]);
        }
        return liveInputs;
    }

    private long addBias(byte[] codes, int numVectors, int stride, int[] accumulators) {
        int one = entries.arithmetic().rawOne();
        long clipped = 0;
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] != 0) {
                long term = entries.term(codes[row] & 0xFF, one);
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

    @Override
    public ProductSums fork() {
        return new FixedPointSums(matrix, entries);
    }
}
