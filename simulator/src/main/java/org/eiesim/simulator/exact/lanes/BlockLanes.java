package org.eiesim.simulator.exact.lanes;

/**
 * Multiplies a sparse matrix with a block of vectors, row by row: a row's accumulators stay in registers while its entries
 * are added in their order. Dead inputs are added too; they are 0 and change nothing (accumulators must not be -0, to which
 * adding 0 gives +0). Element i of vector v stands at {@code i * stride + v}. Keeps nothing and may be shared.
 */
public interface BlockLanes {
    /** What strides must be a multiple of. */
    int STRIDE_MULTIPLE = 16;

    /**
     * Adds {@code weight * input}, product and sum rounded apart, for every entry of every row.
     *
     * @param rows the matrix
     * @param codebook the weight of each code
     * @param inputs the inputs of column 0 from {@code offset}
     * @param offset first input
     * @param stride distance of two columns and of two rows
     * @param accumulators added to
     */
    void add(RowEntries rows, float[] codebook, float[] inputs, int offset, int stride, float[] accumulators);

    /**
     * Adds {@code (weight * input + half) >> shift}, with saturation, for every entry of every row.
     *
     * @param rows the matrix
     * @param codebook the raw weight of each code; products and rounded products fit 32 bits
     * @param inputs the inputs of column 0 from {@code offset}
     * @param offset first input
     * @param stride distance of two columns and of two rows
     * @param accumulators added to
     * @param numVectors vectors whose saturations count
     * @param sum how products become sums
     * @return how many sums were clipped
     */
    long add(
            RowEntries rows,
            int[] codebook,
            int[] inputs,
            int offset,
            int stride,
            int[] accumulators,
            int numVectors,
            RawSum sum);
}
