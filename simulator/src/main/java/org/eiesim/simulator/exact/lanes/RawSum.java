package org.eiesim.simulator.exact.lanes;

/**
 * How raw products become raw sums: {@code clamp(sum + ((product + half) >> shift))}.
 *
 * @param half added before the shift; 0 truncates, {@code 2^(shift-1)} rounds half up
 * @param shift 0..30
 * @param min the least sum
 * @param max the greatest sum
 */
public record RawSum(int half, int shift, int min, int max) {
    /**
     * Adds one product.
     *
     * @param sum a sum
     * @param product a product
     * @return the new sum before it is clamped
     */
    public long add(int sum, int product) {
        return (long) sum + ((product + half) >> shift);
    }

    /**
     * Clamps a sum.
     *
     * @param sum any sum
     * @return the nearest in range
     */
    public int clamp(long sum) {
        return (int) Math.max(min, Math.min(max, sum));
    }

    /**
     * Adds a row's entries to the accumulator of one vector, one after another.
     *
     * @param entries packed entries
     * @param codebook raw weight of each code
     * @param from the row's first entry
     * @param to its end
     * @param inputs input of column c at {@code offset + c * stride}
     * @param accumulators the sums
     * @param at which of them is added to
     * @return how many sums were clipped
     */
    public int addRow(
            int[] entries,
            int[] codebook,
            int from,
            int to,
            int[] inputs,
            int offset,
            int stride,
            int[] accumulators,
            int at) {
        int sum = accumulators[at];
        int clipped = 0;
        for (int entry = from; entry < to; entry++) {
            long next = add(
                    sum,
                    codebook[RowEntries.code(entries[entry])]
                            * inputs[offset + RowEntries.column(entries[entry]) * stride]);
            sum = clamp(next);
            clipped += sum == next ? 0 : 1;
        }
        accumulators[at] = sum;
        return clipped;
    }
}
