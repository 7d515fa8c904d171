package org.eiesim.simulator.element;

import org.eiesim.kernels.sparse.ColumnEntries;
import org.eiesim.simulator.exact.lanes.BlockLanes;
import org.eiesim.simulator.exact.lanes.RowLayout;

/** Sums in single precision; 8 bytes an entry, its row and its weight. Immutable but for scratch. */
final class Float32Sums implements ProductSums {
    private static final int NEGATIVE_ZERO_BITS = 0x8000_0000;

    private final ProductMatrix matrix;
    private final int[] starts;
    private final int[] rows;
    private final float[] weights;
    private float[] liveInputs = {};

    Float32Sums(ProductMatrix matrix) {
        ColumnEntries entries = matrix.entries();
        this.matrix = matrix;
        starts = entries.starts();
        rows = entries.rows();
        byte[] codes = entries.codes();
        weights = new float[codes.length];
        float[] codebook = matrix.codebook();
        for (int entry = 0; entry < codes.length; entry++) {
            weights[entry] = codebook[codes[entry] & 0xFF];
        }
    }

    private Float32Sums(Float32Sums other) {
        matrix = other.matrix;
        starts = other.starts;
        rows = other.rows;
        weights = other.weights;
    }

    @Override
    public long add(int[] columns, int count, Numbers inputs, int offset, Numbers accumulators) {
        add(columns, count, inputs.floats(), offset, accumulators.floats());
        return 0;
    }

    private void add(int[] columns, int count, float[] inputs, int offset, float[] accumulators) {
        int[] startOf = starts;
        int[] rowOf = rows;
        float[] weightOf = weights;
        for (int i = 0; i < count; i++) {
            int column = columns[i];
            float input = inputs[offset + column];
            int end = startOf[column + 1];
            int entry = startOf[column];
            // Sixteen at a time makes this method too long to be inlined. Compiled by itself it has the registers it
            // needs; inlined into a caller it takes 1.4 times as long.
            for (; entry <= end - 16; entry += 16) {
                accumulators[rowOf[entry + 0]] += weightOf[entry + 0] * input;
                accumulators[rowOf[entry + 1]] += weightOf[entry + 1] * input;
                accumulators[rowOf[entry + 2]] += weightOf[entry + 2] * input;
                accumulators[rowOf[entry + 3]] += weightOf[entry + 3] * input;
                accumulators[rowOf[entry + 4]] += weightOf[entry + 4] * input;
                accumulators[rowOf[entry + 5]] += weightOf[entry + 5] * input;
                accumulators[rowOf[entry + 6]] += weightOf[entry + 6] * input;
                accumulators[rowOf[entry + 7]] += weightOf[entry + 7] * input;
                accumulators[rowOf[entry + 8]] += weightOf[entry + 8] * input;
                accumulators[rowOf[entry + 9]] += weightOf[entry + 9] * input;
                accumulators[rowOf[entry + 10]] += weightOf[entry + 10] * input;
                accumulators[rowOf[entry + 11]] += weightOf[entry + 11] * input;
                accumulators[rowOf[entry + 12]] += weightOf[entry + 12] * input;
                accumulators[rowOf[entry + 13]] += weightOf[entry + 13] * input;
                accumulators[rowOf[entry + 14]] += weightOf[entry + 14] * input;
                accumulators[rowOf[entry + 15]] += weightOf[entry + 15] * input;
            }
            for (; entry < end; entry++) {
                accumulators[rowOf[entry]] += weightOf[entry] * input;
            }
        }
    }

    @Override
    public long addBias(int column, Numbers accumulators) {
        float[] sums = accumulators.floats();
        for (int entry = starts[column]; entry < starts[column + 1]; entry++) {
            sums[rows[entry]] += weights[entry];
        }
        return 0;
    }

    /** Not where a sum is -0: dead inputs are added too, and 0 added to -0 is +0. */
    @Override
    public boolean takesBlock(Numbers accumulators, int length) {
        if (matrix.lanes() == null) {
            return false;
        }
        boolean found = false;
        float[] sums = accumulators.floats();
        for (int i = 0; i < length; i++) {
            found |= Float.floatToRawIntBits(sums[i]) == NEGATIVE_ZERO_BITS;
        }
        return !found;
    }

    @Override
    public long addBlock(Block block, Numbers accumulators) {
        BlockLanes lanes = matrix.lanes();
        if (lanes == null) {
            throw new UnsupportedOperationException("no lanes for blocks");
        }
        RowLayout layout = matrix.rows();
        int stride = block.stride();
        float[] inputs = block.inputs().floats();
        float[] sums = accumulators.floats();
        if (block.positiveOnly()) {
            lanes.add(layout.inputs(), matrix.codebook(), rectified(inputs, block.offset(), stride), 0, stride, sums);
        } else {
            lanes.add(layout.inputs(), matrix.codebook(), inputs, block.offset(), stride, sums);
        }
        addBias(layout.biasCodes(), stride, sums);
        return 0;
    }

    private float[] rectified(float[] inputs, int offset, int stride) {
        int length = matrix.numInputs() * stride;
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
                float weight = matrix.codebook()[codes[row] & 0xFF];
                for (int i = row * stride; i < (row + 1) * stride; i++) {
                    accumulators[i] += weight;
                }
            }
        }
    }

    @Override
    public ProductSums fork() {
        return new Float32Sums(this);
    }
}
