package org.eiesim.compiler.program;

import org.eiesim.kernels.fixed.QFormat;

/**
 * The fixed-point formats of one layer.
 *
 * @param input format of its inputs
 * @param weight format of its decoded weights
 * @param accumulator format of its sums; its fraction is at most those of input and weight together
 * @param output format of its outputs
 */
public record LayerFormats(QFormat input, QFormat weight, QFormat accumulator, QFormat output) {
    /** Checks that products are not shifted to the left. */
    public LayerFormats {
        if (accumulator.fractionBits() > input.fractionBits() + weight.fractionBits()) {
            throw new IllegalArgumentException("accumulator fraction " + accumulator.fractionBits()
                    + " exceeds the product's " + (input.fractionBits() + weight.fractionBits()));
        }
    }
}
