package org.eiesim.simulator.element;

/** The arithmetic inside a processing element, one entry at a time, on raw bits. Of one thread: it counts what it clips. */
public interface Datapath {
    /**
     * Returns a shared weight.
     *
     * @param code the entry's code
     * @return what the multiplier gets
     */
    int weight(int code);

    /**
     * Returns weight times activation.
     *
     * @param weight a weight
     * @param activation an input
     * @return the product
     */
    int multiply(int weight, int activation);

    /**
     * Returns the accumulator's next value.
     *
     * @param accumulator its value
     * @param product a product
     * @return the sum
     */
    int add(int accumulator, int product);

    /**
     * Returns how many sums were clipped since the last call.
     *
     * @return a count
     */
    long takeSaturations();
}
