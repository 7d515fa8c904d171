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
        for (; lane < stride; lane += 2 * LANES) {
            int other = other(lane, stride);
            for (int row = 0; row < rows.numRows(); row++) {
                addPair(rows, codebook, row, inputs, offset + lane, other, stride, accumulators, row * stride + lane);
            }
        }
    }

    /** Returns how far the second vector register of a pair is from the first: of an odd number the last is both. */
    private static int other(int lane, int stride) {
        return lane + 2 * LANES <= stride ? LANES : 0;
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
            int packed = entries[entry];
            FloatVector weight = FloatVector.broadcast(FLOATS, codebook[RowEntries.code(packed)]);
            int from = offset + RowEntries.column(packed) * stride;
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

    private static void addPair(
            RowEntries rows,
            float[] codebook,
            int row,
            float[] inputs,
            int offset,
            int other,
            int stride,
            float[] sums,
            int at) {
        int[] entries = rows.entries();
        int end = rows.starts()[row + 1];
        FloatVector a = FloatVector.fromArray(FLOATS, sums, at);
        FloatVector b = FloatVector.fromArray(FLOATS, sums, at + other);
        for (int entry = rows.starts()[row]; entry < end; entry++) {
            int packed = entries[entry];
            FloatVector weight = FloatVector.broadcast(FLOATS, codebook[RowEntries.code(packed)]);
            int from = offset + RowEntries.column(packed) * stride;
            a = a.add(FloatVector.fromArray(FLOATS, inputs, from).mul(weight));
            b = b.add(FloatVector.fromArray(FLOATS, inputs, from + other).mul(weight));
        }
        a.intoArray(sums, at);
        b.intoArray(sums, at + other);
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
        boolean wide = sum.max() == Integer.MAX_VALUE;
        for (int lane = 0; lane < stride; lane += 2 * LANES) {
            int other = other(lane, stride);
            for (int row = 0; row < rows.numRows(); row++) {
                int at = row * stride + lane;
                boolean isAdded = wide
                        ? addWidePair(rows, codebook, row, inputs, offset + lane, other, stride, accumulators, at, sum)
                        : addPair(rows, codebook, row, inputs, offset + lane, other, stride, accumulators, at, sum);
                if (isAdded) {
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
     * Adds a row's entries for two vector registers of vectors, or changes nothing and returns false if a sum may be clipped.
     * A sum of two numbers of magnitude {@code MAX_MAGNITUDE} does not wrap around unseen.
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
            int packed = entries[entry];
            IntVector weight = IntVector.broadcast(INTS, codebook[RowEntries.code(packed)]);
            int from = offset + RowEntries.column(packed) * stride;
            a = a.add(term(inputs, from, weight, half, shift));
            b = b.add(term(inputs, from + other, weight, half, shift));
            low = low.min(a).min(b);
            high = high.max(a).max(b);
        }
        if (low.reduceLanes(VectorOperators.MIN) < Math.max(sum.min(), -MAX_MAGNITUDE)
                || high.reduceLanes(VectorOperators.MAX) > Math.min(sum.max(), MAX_MAGNITUDE - 1)) {
            return false;
        }
        a.intoArray(sums, at);
        b.intoArray(sums, at + other);
        return true;
    }

    /** Does the same for sums of 32 bits, which are clipped where an addition overflows. */
    private static boolean addWidePair(
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
        IntVector overflow = IntVector.zero(INTS);
        int shift = sum.shift();
        for (int entry = rows.starts()[row]; entry < end; entry++) {
            int packed = entries[entry];
            IntVector weight = IntVector.broadcast(INTS, codebook[RowEntries.code(packed)]);
            int from = offset + RowEntries.column(packed) * stride;
            IntVector termA = term(inputs, from, weight, half, shift);
            IntVector termB = term(inputs, from + other, weight, half, shift);
            IntVector sumA = a.add(termA);
            IntVector sumB = b.add(termB);
            // The sign of the sum differs from both its parts' where it overflows.
            overflow = overflow.or(a.lanewise(VectorOperators.XOR, sumA).and(termA.lanewise(VectorOperators.XOR, sumA)))
                    .or(b.lanewise(VectorOperators.XOR, sumB).and(termB.lanewise(VectorOperators.XOR, sumB)));
            a = sumA;
            b = sumB;
        }
        if (overflow.reduceLanes(VectorOperators.OR) < 0) {
            return false;
        }
        a.intoArray(sums, at);
        b.intoArray(sums, at + other);
        return true;
    }

    private static IntVector term(int[] inputs, int from, IntVector weight, IntVector half, int shift) {
        return IntVector.fromArray(INTS, inputs, from).mul(weight).add(half).lanewise(VectorOperators.ASHR, shift);
    }
}
