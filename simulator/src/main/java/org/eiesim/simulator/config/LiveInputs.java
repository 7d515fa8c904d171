package org.eiesim.simulator.config;

/** Which inputs of a product are broadcast. */
public enum LiveInputs {
    /** Those that are not zero (in fixed point: whose raw value is not zero). */
    NONZERO,
    /** Those above zero, as in the EIE authors' simulator, where this test stands in for the ReLU of the layer before. */
    POSITIVE;

    /**
     * Tells whether an input is broadcast.
     *
     * @param value the input
     * @return whether it is live; no zero is, of either sign
     */
    public boolean isLive(float value) {
        return this == POSITIVE ? value > 0 : value != 0;
    }

    /**
     * Tells whether a fixed-point input is broadcast.
     *
     * @param raw the raw value
     * @return whether it is live
     */
    public boolean isLive(int raw) {
        return this == POSITIVE ? raw > 0 : raw != 0;
    }
}
