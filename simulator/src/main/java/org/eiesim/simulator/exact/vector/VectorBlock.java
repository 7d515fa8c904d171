package org.eiesim.simulator.exact.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.eiesim.simulator.exact.lanes.BlockLanes;
import org.eiesim.simulator.exact.lanes.RawSum;
import org.eiesim.simulator.exact.lanes.RowEntries;

/**
 * Blocks of vectors, four vector registers of them at a time where there are as many, so that one entry's column and weight
 * serve all and sums that wait for each other overlap.
 */
final class VectorBlock implements BlockLanes {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED.vectorBitSize() > 512
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final int LANES = FLOATS.length();
    /** No product is larger, nor its half. */
    private static final int MAX_MAGNITUDE = 1 << 30;

    @Override
    public void add(RowEntries rows, float[] codebook, float[] inputs, int offset, int stride, float[] accumulators) {
        int lane = 0;
        for (; lane + 4 * LANES <= stride; lane += 4 * LANES) {
            for (int row = 0; row < rows.numRows(); row++) {
                addFour(rows, codebook, row, inputs, offset + lane, stride, accumulators, row * stride + lane);
            }
        }
        for (; lane < stride; lane += LANES) {
            for (int row = 0; row < rows.numRows(); row++) {
                addOne(rows, codebook, row, inputs, offset + lane, stride, accumulators, row * stride + lane);
            }
        }
    }

    private static void addFour(
            RowEntries rows, float[] codebook, int row, float[] inputs, int offset, int stride, float[] sums, int at) {
        int[] entries = rows.entries();
        int end = rows.starts()[row + 1];
        FloatVector a = FloatVector.fromArray(FLOATS, sums, at);
        FloatVector b = FloatVector.fromArray(FLOATS, sums, at + LANES);
        FloatVector c = FloatVector.fromArray(FLOATS, sums, at + 2 * LANES);
        FloatVector d = FloatVector.fromArray(FLOATS, sums, at + 3 * LANES);
        for (int entry = rows.starts()[row]; entry < end; entry++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, codebook[RowEntries.code(entries[entry])]);
            int from = offset + RowEntries.column(entries[entry]) * stride;
            a = a.add(FloatVector.fromArray(FLOATS, inputs, from).mul(weight));
            b = b.add(FloatVector.fromArray(FLOATS, inputs, from + LANES).mul(weight));
            c = c.add(FloatVector.fromArray(FLOATS, inputs, from + 2 * LANES).mul(weight));
            d = d.add(FloatVector.fromArray(FLOATS, inputs, from + 3 * LANES).mul(weight));
        }
        a.intoArray(sums, at);
        b.intoArray(sums, at + LANES);
        c.intoArray(sums, at + 2 * LANES);
        d.intoArray(sums, at + 3 * LANES);
    }

    private static void addOne(
            RowEntries rows, float[] codebook, int row, float[] inputs, int offset, int stride, float[] sums, int at) {
        int[] entries = rows.entries();
        int end = rows.starts()[row + 1];
        FloatVector a = FloatVector.fromArray(FLOATS, sums, at);
        for (int entry = rows.starts()[row]; entry < end; entry++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, codebook[RowEntries.code(entries[entry])]);
            a = a.add(FloatVector.fromArray(FLOATS, inputs, offset + RowEntries.column(entries[entry]) * stride)
                    .mul(weight));
        }
        a.intoArray(sums, at);
    }

    @Override
    public long add(
            RowEntries rows,
            int[] codebook,
            int[] inputs,
            int offset,
            int stride,
            int[] accumulators,
            int numVectors,
            RawSum sum) {
        long clipped = 0;
        int pair = 2 * LANES;
        for (int lane = 0; lane < stride; lane += pair) {
            // Of an odd number the last is done alone, by a pair that is twice the same.
            int other = lane + pair <= stride ? LANES : 0;
            for (int row = 0; row < rows.numRows(); row++) {
                int at = row * stride + lane;
                if (addPair(rows, codebook, row, inputs, offset + lane, other, stride, accumulators, at, sum)) {
                    continue;
                }
                // A sum may be clipped, which happens to few: once more, one vector after another, and counted.
                int from = rows.starts()[row];
                int to = rows.starts()[row + 1];
                for (int v = 0; v < LANES + other; v++) {
                    int count = sum.addRow(
                            rows.entries(),
                            codebook,
                            from,
                            to,
                            inputs,
                            offset + lane + v,
                            stride,
                            accumulators,
                            at + v);
                    clipped += lane + v < numVectors ? count : 0;
                }
            }
        }
        return clipped;
    }

    /**
     * Adds a row's entries for two vector registers of vectors, or changes nothing and returns false if a sum may be clipped:
     * a sum of two numbers of magnitude {@code MAX_MAGNITUDE} does not wrap around unseen.
     */
    private static boolean addPair(
            RowEntries rows,
            int[] codebook,
            int row,
            int[] inputs,
            int offset,
            int other,
            int stride,
            int[] sums,
            int at,
            RawSum sum) {
        int[] entries = rows.entries();
        int end = rows.starts()[row + 1];
        IntVector a = IntVector.fromArray(INTS, sums, at);
        IntVector b = IntVector.fromArray(INTS, sums, at + other);
        IntVector half = IntVector.broadcast(INTS, sum.half());
        IntVector low = a.min(b);
        IntVector high = a.max(b);
        int shift = sum.shift();
        for (int entry = rows.starts()[row]; entry < end; entry++) {
            IntVector weight = IntVector.broadcast(INTS, codebook[RowEntries.code(entries[entry])]);
            int from = offset + RowEntries.column(entries[entry]) * stride;
            a = a.add(IntVector.fromArray(INTS, inputs, from)
                    .mul(weight)
                    .add(half)
                    .lanewise(VectorOperators.ASHR, shift));
            b = b.add(IntVector.fromArray(INTS, inputs, from + other)
                    .mul(weight)
                    .add(half)
                    .lanewise(VectorOperators.ASHR, shift));
            low = low.min(a).min(b);
            high = high.max(a).max(b);
        }
        // Below these limits no sum can have run out of 32 bits.
        if (low.reduceLanes(VectorOperators.MIN) < Math.max(sum.min(), -MAX_MAGNITUDE)
                || high.reduceLanes(VectorOperators.MAX) > Math.min(sum.max(), MAX_MAGNITUDE - 1)) {
            return false;
        }
        a.intoArray(sums, at);
        b.intoArray(sums, at + other);
        return true;
    }
}
