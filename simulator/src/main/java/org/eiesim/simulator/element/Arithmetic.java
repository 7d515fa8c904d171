package org.eiesim.simulator.element;

import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;

/**
 * The numbers one product is computed in: how bits are multiplied and added. The engines ask it and know no kind of number
 * themselves.
 */
public interface Arithmetic {
    /**
     * Makes the arithmetic of one processing element.
     *
     * @param codebook the shared weights
     * @return a datapath of its own
     */
    Datapath datapath(float[] codebook);

    /**
     * Returns the input 1 that a bias column is broadcast with.
     *
     * @return its bits
     */
    int one();

    /**
     * Makes a register file of zeros.
     *
     * @param length how many numbers
     * @return new numbers
     */
    Numbers numbers(int length);

    /**
     * Lays a matrix out for the exact engine. What an arithmetic does not bring itself goes entry by entry through its
     * datapath.
     *
     * @param matrix the weights
     * @return sums for one thread
     */
    default ProductSums sums(ProductMatrix matrix) {
        return new DatapathSums(matrix, this);
    }

    /**
     * Single precision: each entry does {@code accumulator += codebook[code] * input}, both operations rounded, in
     * stream order (what the EIE authors' simulator does).
     */
    record Float32() implements Arithmetic {
        @Override
        public Datapath datapath(float[] codebook) {
            return new Float32Datapath(codebook);
        }

        @Override
        public int one() {
            return Float.floatToRawIntBits(1);
        }

        @Override
        public Numbers numbers(int length) {
            return new Numbers.Floats(new float[length]);
        }

        @Override
        public ProductSums sums(ProductMatrix matrix) {
            return new Float32Sums(matrix);
        }
    }

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

        @Override
        public Datapath datapath(float[] codebook) {
            return new FixedPointDatapath(this, codebook);
        }

        @Override
        public int one() {
            return rawOne();
        }

        @Override
        public Numbers numbers(int length) {
            return new Numbers.Raws(new int[length]);
        }

        @Override
        public ProductSums sums(ProductMatrix matrix) {
            return new FixedPointSums(matrix, this);
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
