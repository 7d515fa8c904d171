package org.eiesim.simulator.machine;

import org.eiesim.simulator.element.Numbers;

/**
 * A product that takes a block of input vectors at once, so that every weight is decoded once for all of them. A
 * convolution is one matrix and thousands of vectors. Vectors lie side by side: element i of vector v stands at
 * {@code i * stride + v}; what stands beside the vectors does not matter, but zeros there are fastest.
 *
 * <p>{@link ProgramMachine} uses it for the iterations of a {@code repeat} that do not depend on each other.
 */
public interface BlockProduct extends PreparedProduct {
    /** What the distance of two elements must be a multiple of. */
    int STRIDE_MULTIPLE = 16;

    /**
     * Runs a block, with the outputs and the events of as many calls of
     * {@link PreparedProduct#run(Numbers, int, Numbers, EventRecord)}, bit for bit.
     *
     * @param inputs input i of vector v at {@code (position + i) * stride + v}
     * @param position first input
     * @param numVectors vectors, 1..stride
     * @param stride a multiple of {@link #STRIDE_MULTIPLE}, at most 64
     * @param accumulators accumulator of row r and vector v at {@code r * stride + v}, added to; places of vectors from
     *     {@code numVectors} on may be overwritten
     * @param events what happened is added to it
     * @throws IllegalArgumentException naming an input that is NaN or infinite
     * @throws IllegalStateException if the numbers are not those of its arithmetic
     */
    void runBlock(Numbers inputs, int position, int numVectors, int stride, Numbers accumulators, EventRecord events);

    /**
     * Runs a block in float32.
     *
     * @param inputs as for {@link #runBlock(Numbers, int, int, int, Numbers, EventRecord)}, finite
     * @param position first input
     * @param numVectors vectors, 1..stride
     * @param stride a multiple of {@link #STRIDE_MULTIPLE}, at most 64
     * @param accumulators added to
     * @param events what happened is added to it
     * @throws IllegalStateException if it was prepared for fixed point
     */
    default void runBlock(
            float[] inputs, int position, int numVectors, int stride, float[] accumulators, EventRecord events) {
        runBlock(new Numbers.Floats(inputs), position, numVectors, stride, new Numbers.Floats(accumulators), events);
    }

    /**
     * Runs a block on raw numbers.
     *
     * @param inputs as for {@link #runBlock(Numbers, int, int, int, Numbers, EventRecord)}
     * @param position first input
     * @param numVectors vectors, 1..stride
     * @param stride a multiple of {@link #STRIDE_MULTIPLE}, at most 64
     * @param accumulators added to with saturation
     * @param events what happened is added to it
     * @throws IllegalStateException if it was prepared for float32
     */
    default void runBlock(
            int[] inputs, int position, int numVectors, int stride, int[] accumulators, EventRecord events) {
        runBlock(new Numbers.Raws(inputs), position, numVectors, stride, new Numbers.Raws(accumulators), events);
    }
}
