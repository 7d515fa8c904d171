package org.eiesim.simulator.element;

import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.sparse.ColumnEntries;

/**
 * A matrix ready for fixed-point products: 5 bytes an entry, its row and its code. A column's entries share the input,
 * so there are no more different terms than codes: each is multiplied and rounded once. Immutable.
 *
 * @param entries the entries
 * @param rawCodebook the shared weights in the weight format
 * @param arithmetic the formats
 */
record FixedPointEntries(ColumnEntries entries, int[] rawCodebook, Arithmetic.FixedPoint arithmetic) {
    static FixedPointEntries of(ColumnEntries entries, float[] codebook, Arithmetic.FixedPoint arithmetic) {
        return new FixedPointEntries(entries, arithmetic.rawCodebook(codebook), arithmetic);
    }

    /**
     * Adds {@code weight * input}, shifted to the accumulators' format, to the accumulators of a column's rows.
     *
     * @param terms scratch, one place per code
     * @return how many sums were clipped
     */
    int add(int column, int input, int[] accumulators, long[] terms) {
        int from = entries.starts()[column];
        int end = entries.starts()[column + 1];
        if (end - from < rawCodebook.length) {
            return addFew(from, end, input, accumulators);
        }
        for (int code = 1; code < rawCodebook.length; code++) {
            terms[code] = term(code, input);
        }
        int[] rows = entries.rows();
        byte[] codes = entries.codes();
        int max = arithmetic.accumulator().maxRaw();
        int min = arithmetic.accumulator().minRaw();
        int clipped = 0;
        for (int entry = from; entry < end; entry++) {
            int row = rows[entry];
            long sum = accumulators[row] + terms[codes[entry] & 0xFF];
            if (sum > max) {
                sum = max;
                clipped++;
            } else if (sum < min) {
                sum = min;
                clipped++;
            }
            accumulators[row] = (int) sum;
        }
        return clipped;
    }

    /** Does the same for a column shorter than the codebook. */
    private int addFew(int from, int end, int input, int[] accumulators) {
        int clipped = 0;
        for (int entry = from; entry < end; entry++) {
            int row = entries.rows()[entry];
            long sum = accumulators[row] + term(entries.codes()[entry] & 0xFF, input);
            int kept = FixedPoint.saturate(sum, arithmetic.accumulator());
            clipped += kept == sum ? 0 : 1;
            accumulators[row] = kept;
        }
        return clipped;
    }

    /** Returns what an entry of a code adds for an input. */
    long term(int code, int input) {
        long product = (long) rawCodebook[code] * input;
        return FixedPoint.shiftRight(product, arithmetic.shift(), arithmetic.rounding());
    }
}
