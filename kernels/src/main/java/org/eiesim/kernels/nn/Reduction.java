package org.eiesim.kernels.nn;

import java.util.Arrays;
import org.eiesim.kernels.check.Ranges;

/** Combines the elements along some axes of a tensor into one. */
public final class Reduction {
    private Reduction() {}

    /**
     * Reduces some axes. Sums and products are taken in double in C order and rounded once.
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
        Positions positions = new Positions(operator, output.length);
        int[] position = new int[extents.length];
        int to = 0;
        for (float value : input) {
            double combined = combine(operator, results[to], value);
            positions.see(to, combined != results[to]);
            results[to] = combined;
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
            output[i] = positions.isWanted() ? positions.of(i) : (float) (results[i] / divisor);
        }
    }

    /** Where the largest or smallest elements stand, where that is asked for. */
    private static final class Positions {
        private final int[] found;
        private final int[] seen;

        Positions(ReductionOperator operator, int numResults) {
            boolean wanted = operator == ReductionOperator.ARG_MAXIMUM || operator == ReductionOperator.ARG_MINIMUM;
            found = new int[wanted ? numResults : 0];
            seen = new int[found.length];
        }

        boolean isWanted() {
            return found.length > 0;
        }

        void see(int result, boolean isBetter) {
            if (isWanted()) {
                if (isBetter) {
                    found[result] = seen[result];
                }
                seen[result]++;
            }
        }

        int of(int result) {
            return found[result];
        }
    }

    private static double start(ReductionOperator operator) {
        return switch (operator) {
            case MEAN, SUM -> 0;
            case PRODUCT -> 1;
            case MAXIMUM, ARG_MAXIMUM -> Double.NEGATIVE_INFINITY;
            case MINIMUM, ARG_MINIMUM -> Double.POSITIVE_INFINITY;
        };
    }

    private static double combine(ReductionOperator operator, double result, double value) {
        return switch (operator) {
            case MEAN, SUM -> result + value;
            case PRODUCT -> result * value;
            case MAXIMUM, ARG_MAXIMUM -> Math.max(result, value);
            case MINIMUM, ARG_MINIMUM -> Math.min(result, value);
        };
    }
}
