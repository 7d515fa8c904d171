package org.eiesim.kernels.nn;

import java.util.Arrays;
import org.eiesim.kernels.check.Ranges;

/** Combines the elements along some axes of a tensor into one. */
public final class Reduction {
    private Reduction() {}

    /**
     * Reduces some axes. Sums are taken in double in C order and rounded once.
     *
     * @param operator how elements are combined
     * @param input the input; not changed
     * @param extents its extents, each &ge; 1
     * @param reduced for each axis, whether it ends
     * @param output the remaining extents, overwritten; owned by the caller
     * @throws IllegalArgumentException if a length does not fit
     */
    public static void apply(
            ReductionOperator operator, float[] input, int[] extents, boolean[] reduced, float[] output) {
        Ranges.requireLength("reduced", reduced.length, extents.length);
        Ranges.requireLength("input", input.length, Extents.size(extents));
        int[] kept = extents.clone();
        for (int axis = 0; axis < extents.length; axis++) {
            kept[axis] = reduced[axis] ? 1 : extents[axis];
        }
        Ranges.requireLength("output", output.length, Extents.size(kept));
        if (input.length == 0) {
            throw new IllegalArgumentException("there is nothing to reduce in extents " + Arrays.toString(extents));
        }
        int[] strides = Broadcast.strides(kept, extents.length);
        double[] results = new double[output.length];
        Arrays.fill(results, start(operator));
        int[] position = new int[extents.length];
        int to = 0;
        for (float value : input) {
            results[to] = combine(operator, results[to], value);
            for (int axis = extents.length - 1; axis >= 0; axis--) {
                to += strides[axis];
                if (++position[axis] < extents[axis]) {
                    break;
                }
                to -= extents[axis] * strides[axis];
                position[axis] = 0;
            }
        }
        double divisor = operator == ReductionOperator.MEAN ? (double) input.length / output.length : 1;
        for (int i = 0; i < output.length; i++) {
            output[i] = (float) (results[i] / divisor);
        }
    }

    private static double start(ReductionOperator operator) {
        return switch (operator) {
            case MEAN, SUM -> 0;
            case MAXIMUM -> Double.NEGATIVE_INFINITY;
            case MINIMUM -> Double.POSITIVE_INFINITY;
        };
    }

    private static double combine(ReductionOperator operator, double result, double value) {
        return switch (operator) {
            case MEAN, SUM -> result + value;
            case MAXIMUM -> Math.max(result, value);
            case MINIMUM -> Math.min(result, value);
        };
    }
}
