package org.eiesim.simulator.machine;

import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.compiler.program.LayerFormats;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;

/**
 * The end of a layer in fixed point: activation function, then the output format. Linear functions shift the sum with the
 * machine's rounding, the others are computed in floating point and rounded half up.
 */
final class OutputStage {
    /** A left shift by this much moves every raw value but 0 out of any format's range, or to its lower end. */
    private static final int MAX_LEFT_SHIFT = 31;

    private final QFormat accumulator;
    private final QFormat output;
    private final Rounding rounding;
    private final ActivationCode function;
    private final double accumulatorUnit;
    private final double outputUnit;
    private long saturations;

    OutputStage(LayerFormats formats, Rounding rounding, ActivationCode function) {
        accumulator = formats.accumulator();
        output = formats.output();
        this.rounding = rounding;
        this.function = function;
        accumulatorUnit = Math.scalb(1.0, -accumulator.fractionBits());
        outputUnit = Math.scalb(1.0, -output.fractionBits());
    }

    /** Returns the raw output of a raw sum. */
    int apply(int sum) {
        return switch (function) {
            case NONE -> shift(sum);
            case RELU -> shift(Math.max(0, sum));
            case SIGMOID -> round(1 / (1 + StrictMath.exp(-(sum * accumulatorUnit))));
            case TANH -> round(StrictMath.tanh(sum * accumulatorUnit));
            // Functions that give no number for some sums saturate there as 0 does, which rounding makes of NaN.
            default -> round(ActivationFunctions.apply(function, (float) (sum * accumulatorUnit)));
        };
    }

    /** Returns the value of a raw output. */
    double value(int raw) {
        return raw * outputUnit;
    }

    private int shift(int sum) {
        int right = accumulator.fractionBits() - output.fractionBits();
        return saturate(
                right >= 0
                        ? FixedPoint.shiftRight(sum, right, rounding)
                        : (long) sum << Math.min(MAX_LEFT_SHIFT, -right));
    }

    private int round(double value) {
        return saturate(Math.round(Math.scalb(value, output.fractionBits())));
    }

    private int saturate(long raw) {
        int kept = FixedPoint.saturate(raw, output);
        saturations += kept == raw ? 0 : 1;
        return kept;
    }

    /** Returns how many outputs were clipped. */
    long saturations() {
        return saturations;
    }
}
