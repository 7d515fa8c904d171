package org.eiesim.simulator.element;

/**
 * A matrix ready for products in one arithmetic: adds columns to accumulators, each accumulator seeing its entries in
 * stream order. This is all of the exact engine that knows numbers. Scratch belongs to one thread; {@link #fork} shares
 * the rest.
 */
public interface ProductSums {
    /**
     * Adds {@code weight * input} of every entry of some columns, one column after another.
     *
     * @param columns the columns
     * @param count how many of them, from the first
     * @param inputs the input of column c at {@code offset + c}
     * @param offset first input
     * @param accumulators one per row, added to
     * @return how many sums were clipped
     */
    long add(int[] columns, int count, Numbers inputs, int offset, Numbers accumulators);

    /**
     * Adds the bias column, whose input is 1.
     *
     * @param column its index
     * @param accumulators one per row, added to
     * @return how many sums were clipped
     */
    long addBias(int column, Numbers accumulators);

    /**
     * Tells whether a block of vectors can be added at once with the same results.
     *
     * @param accumulators those of the block
     * @param length how many of them hold the block
     * @return whether {@link #addBlock} may be called
     */
    default boolean takesBlock(Numbers accumulators, int length) {
        return false;
    }

    /**
     * Adds a matrix times a block of vectors, element i of vector v at {@code i * stride + v}.
     *
     * @param block the vectors
     * @param accumulators accumulator of row r and vector v at {@code r * stride + v}
     * @return how many sums were clipped
     * @throws UnsupportedOperationException if it takes no blocks
     */
    default long addBlock(Block block, Numbers accumulators) {
        throw new UnsupportedOperationException("no blocks");
    }

    /**
     * Makes the same for another thread.
     *
     * @return one that gives the same results
     */
    ProductSums fork();

    /**
     * A block of input vectors.
     *
     * @param inputs input i of vector v at {@code offset + i * stride + v}
     * @param offset first input
     * @param numVectors vectors
     * @param stride distance of two inputs
     * @param positiveOnly whether inputs below zero are not live
     */
    record Block(Numbers inputs, int offset, int numVectors, int stride, boolean positiveOnly) {}
}
