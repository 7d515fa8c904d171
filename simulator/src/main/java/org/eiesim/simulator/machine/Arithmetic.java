package org.eiesim.simulator.machine;

import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;

/** The numbers one product is computed in. */
public sealed interface Arithmetic permits Arithmetic.Float32, Arithmetic.FixedPoint {
    /**
     * Single precision: each entry does {@code accumulator += codebook[code] * input}, both operations rounded, in
     * stream order (what the EIE authors' simulator does).
     */
    record Float32() implements Arithmetic {}

    /**
     * Fixed point: the product of raw weight and raw input, exact in 32 bits, is shifted to the accumulator's format
     * and added with saturation, per entry in stream order.
     *
     * @param input format of the live inputs
     * @param weight format of the decoded codebook
     * @param accumulator format of the accumulators; its fraction is at most that of the product
     * @param rounding how the shift rounds
     */
    record FixedPoint(QFormat input, QFormat weight, QFormat accumulator, Rounding rounding) implements Arithmetic {
        /** Checks that products fit 32 bits and that the shift is not to the left. */
        public FixedPoint {
            if (input.bits() + weight.bits() > 32) {
                throw new IllegalArgumentException(
                        input.bits() + "-bit inputs times " + weight.bits() + "-bit weights exceed 32 bits");
            }
            if (accumulator.fractionBits() > input.fractionBits() + weight.fractionBits()) {
                throw new IllegalArgumentException("accumulator fraction " + accumulator.fractionBits()
                        + " exceeds the product's " + (input.fractionBits() + weight.fractionBits()));
            }
        }

        /**
         * Returns how far a product is shifted right.
         *
         * @return the shift, &ge; 0
         */
        public int shift() {
            return input.fractionBits() + weight.fractionBits() - accumulator.fractionBits();
        }

        /**
         * Returns the shared weights in the weight format.
         *
         * @param codebook finite weights
         * @return their raw values, a new array
         */
        public int[] rawCodebook(float[] codebook) {
            int[] raw = new int[codebook.length];
            for (int code = 0; code < codebook.length; code++) {
                raw[code] = org.eiesim.kernels.fixed.FixedPoint.quantize(codebook[code], weight);
            }
            return raw;
        }

        /**
         * Returns the input 1 that a bias column is broadcast with, in the input format. Like any other input it
         * saturates if the format does not reach it, so calibration must count it among the inputs.
         *
         * @return the raw value
         */
        public int rawOne() {
            return org.eiesim.kernels.fixed.FixedPoint.quantize(1, input);
        }
    }
}
