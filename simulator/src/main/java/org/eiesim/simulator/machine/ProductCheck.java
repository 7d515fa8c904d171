package org.eiesim.simulator.machine;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscValidator;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.element.Numbers;

/** What every engine demands of a product before it runs. */
public final class ProductCheck {
    private ProductCheck() {}

    /**
     * Checks that a product can run on a machine without leaving an array: as many PEs, columns that follow one another,
     * codes inside the codebook, rows inside the matrix, finite weights of which entry 0 is 0.
     *
     * @param image the weights
     * @param config the machine
     * @throws IllegalArgumentException naming PE, column or entry if one does not hold
     */
    public static void requireRunnable(ProductImage image, MachineConfig config) {
        InterleavedCsc matrix = image.matrix();
        if (matrix.numPes() != config.pes()) {
            throw new IllegalArgumentException(
                    "a matrix encoded for " + matrix.numPes() + " PEs on a machine of " + config.pes());
        }
        float[] codebook = image.codebook();
        for (int code = 0; code < codebook.length; code++) {
            if (!Float.isFinite(codebook[code])) {
                throw new IllegalArgumentException("codebook entry " + code + " is " + codebook[code]);
            }
        }
        if (codebook.length == 0 || codebook[0] != 0) {
            throw new IllegalArgumentException("entry 0 of the codebook must be 0, the weight of padding entries");
        }
        try {
            InterleavedCscValidator.validateStructure(matrix);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            requireCodes(matrix.codes()[pe], pe, codebook.length);
        }
    }

    private static void requireCodes(byte[] codes, int pe, int codebookSize) {
        for (int entry = 0; entry < codes.length; entry++) {
            if ((codes[entry] & 0xFF) >= codebookSize) {
                throw new IllegalArgumentException("PE " + pe + ", entry " + entry + ": code " + (codes[entry] & 0xFF)
                        + " is outside a codebook of " + codebookSize);
            }
        }
    }

    /**
     * Checks an input vector.
     *
     * @param inputs the inputs
     * @param offset the first
     * @param numInputs how many
     * @throws IllegalArgumentException naming the input that is NaN or infinite
     */
    public static void requireFinite(float[] inputs, int offset, int numInputs) {
        for (int i = 0; i < numInputs; i++) {
            if (!Float.isFinite(inputs[offset + i])) {
                throw new IllegalArgumentException("input " + i + " is " + inputs[offset + i]);
            }
        }
    }

    /**
     * Checks an input vector of any numbers.
     *
     * @param inputs the inputs
     * @param offset the first
     * @param numInputs how many
     * @throws IllegalArgumentException naming the input that is NaN or infinite
     */
    public static void requireFinite(Numbers inputs, int offset, int numInputs) {
        if (inputs instanceof Numbers.Floats floats) {
            requireFinite(floats.values(), offset, numInputs);
        }
    }

    /**
     * Tells whether an input is broadcast.
     *
     * @param inputs the inputs
     * @param index which of them
     * @param rule which are live
     * @return whether it is
     */
    public static boolean isLive(Numbers inputs, int index, LiveInputs rule) {
        return inputs instanceof Numbers.Floats floats
                ? rule.isLive(floats.values()[index])
                : rule.isLive(inputs.raws()[index]);
    }

    /**
     * Checks that numbers are those of an arithmetic.
     *
     * @param inputs the inputs
     * @param accumulators the accumulators
     * @param arithmetic what a product was prepared for
     * @throws IllegalStateException if they are not
     */
    public static void requireNumbers(Numbers inputs, Numbers accumulators, Arithmetic arithmetic) {
        boolean floats = arithmetic.numbers(0) instanceof Numbers.Floats;
        if (floats) {
            inputs.floats();
            accumulators.floats();
        } else {
            inputs.raws();
            accumulators.raws();
        }
    }
}
