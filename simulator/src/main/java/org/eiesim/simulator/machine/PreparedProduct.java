package org.eiesim.simulator.machine;

import org.eiesim.simulator.element.Numbers;

/**
 * One product ready to run on any number of inputs. Not safe for use by several threads at once: each has a
 * {@link #fork} of its own. The caller owns all arrays. Engines that take several vectors at a time implement
 * {@link BlockProduct}.
 */
public interface PreparedProduct {
    /**
     * Runs it.
     *
     * @param inputs the input vector; {@code numInputs} values from {@code offset}, in the arithmetic it was prepared for
     * @param offset first input
     * @param accumulators {@code matrix.numRows} accumulators in row order, added to
     * @param events what happened is added to it
     * @throws IllegalStateException if the numbers are not those of its arithmetic
     */
    void run(Numbers inputs, int offset, Numbers accumulators, EventRecord events);

    /**
     * Runs it in float32.
     *
     * @param inputs the input vector; {@code numInputs} finite values from {@code offset}
     * @param offset first input
     * @param accumulators {@code matrix.numRows} accumulators in row order, added to
     * @param events what happened is added to it
     * @throws IllegalStateException if it was prepared for fixed point
     */
    default void run(float[] inputs, int offset, float[] accumulators, EventRecord events) {
        run(new Numbers.Floats(inputs), offset, new Numbers.Floats(accumulators), events);
    }

    /**
     * Runs it on raw numbers.
     *
     * @param inputs raw input values in the input format; {@code numInputs} from {@code offset}
     * @param offset first input
     * @param accumulators {@code matrix.numRows} raw accumulators in row order, added to with saturation
     * @param events what happened is added to it
     * @throws IllegalStateException if it was prepared for float32
     */
    default void run(int[] inputs, int offset, int[] accumulators, EventRecord events) {
        run(new Numbers.Raws(inputs), offset, new Numbers.Raws(accumulators), events);
    }

    /**
     * Makes the same for another thread, sharing what running it does not change. May be called while this one runs.
     *
     * @return one that gives the same results
     */
    PreparedProduct fork();
}
