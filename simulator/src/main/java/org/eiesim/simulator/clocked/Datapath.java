package org.eiesim.simulator.clocked;

import org.eiesim.simulator.machine.Arithmetic;

/** The numbers inside the ArithmeticUnit, as raw bits. */
sealed interface Datapath permits Float32Datapath, FixedPointDatapath {
    /** Returns a shared weight. */
    int weight(int code);

    /** Returns weight times activation. */
    int multiply(int weight, int activation);

    /** Returns the accumulator's next value. */
    int add(int accumulator, int product);

    /** Returns how many sums were clipped since the last call. */
    long takeSaturations();

    static Datapath of(Arithmetic arithmetic, float[] codebook) {
        return arithmetic instanceof Arithmetic.FixedPoint fixedPoint
                ? new FixedPointDatapath(fixedPoint, codebook)
                : new Float32Datapath(codebook);
    }
}
