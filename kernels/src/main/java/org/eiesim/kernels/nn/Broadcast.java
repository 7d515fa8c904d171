package org.eiesim.kernels.nn;

import java.util.Arrays;
import org.eiesim.kernels.check.Ranges;

/**
 * Element-wise operations on two tensors whose axes are aligned from the last one; an axis that one of them lacks or that
 * has an extent of 1 there is repeated, as in NumPy and ONNX.
 */
public final class Broadcast {
    private Broadcast() {}

    /**
     * Returns the extents of the result.
     *
     * @param left the extents of one operand, &ge; 0
     * @param right the extents of the other
     * @return the extents both are repeated to
     * @throws IllegalArgumentException if two aligned extents differ and neither is 1
     */
    public static int[] extents(int[] left, int[] right) {
        int rank = Math.max(left.length, right.length);
        int[] extents = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int a = aligned(left, axis, rank);
            int b = aligned(right, axis, rank);
            if (a != b && a != 1 && b != 1) {
                throw new IllegalArgumentException(
                        "extents " + Arrays.toString(left) + " and " + Arrays.toString(right) + " do not match");
            }
            extents[axis] = a == 1 ? b : a;
        }
        return extents;
    }

    /**
     * Computes {@code output[i] = left[i] op right[i]}.
     *
     * @param operator the operation
     * @param left the first operand; not changed
     * @param leftExtents its extents
     * @param right the second operand; not changed
     * @param rightExtents its extents
     * @param output of the extents that {@link #extents} returns, overwritten; owned by the caller
     * @throws IllegalArgumentException if the extents do not match or a length does not fit
     */
    public static void apply(
            ArithmeticOperator operator,
            float[] left,
            int[] leftExtents,
            float[] right,
            int[] rightExtents,
            float[] output) {
        int[] extents = extents(leftExtents, rightExtents);
        Ranges.requireLength("left", left.length, Extents.size(leftExtents));
        Ranges.requireLength("right", right.length, Extents.size(rightExtents));
        Ranges.requireLength("output", output.length, Extents.size(extents));
        if (output.length == 0) {
            return;
        }
        if (Arrays.equals(leftExtents, rightExtents)) {
            run(operator, left, 0, 1, right, 0, 1, output, 0, output.length);
            return;
        }
        int[] leftStrides = strides(leftExtents, extents.length);
        int[] rightStrides = strides(rightExtents, extents.length);
        int last = extents.length - 1;
        int[] position = new int[extents.length];
        int leftAt = 0;
        int rightAt = 0;
        for (int at = 0; at < output.length; at += extents[last]) {
            run(
                    operator,
                    left,
                    leftAt,
                    leftStrides[last],
                    right,
                    rightAt,
                    rightStrides[last],
                    output,
                    at,
                    extents[last]);
            for (int axis = last - 1; axis >= 0; axis--) {
                leftAt += leftStrides[axis];
                rightAt += rightStrides[axis];
                if (++position[axis] < extents[axis]) {
                    break;
                }
                leftAt -= extents[axis] * leftStrides[axis];
                rightAt -= extents[axis] * rightStrides[axis];
                position[axis] = 0;
            }
        }
    }

    /**
     * Returns, for each element of a result, which element of an operand it is made of.
     *
     * @param operand the operand's extents
     * @param result the result's extents, that the operand is repeated to
     * @return positions in C order of the result
     * @throws IllegalArgumentException if the operand cannot be repeated to the result
     */
    public static int[] positions(int[] operand, int[] result) {
        if (!Arrays.equals(extents(operand, result), result)) {
            throw new IllegalArgumentException(
                    "extents " + Arrays.toString(operand) + " cannot be repeated to " + Arrays.toString(result));
        }
        int[] strides = strides(operand, result.length);
        int[] positions = new int[Math.toIntExact(Extents.size(result))];
        for (int i = 0; i < positions.length; i++) {
            int rest = i;
            for (int axis = result.length - 1; axis >= 0; axis--) {
                positions[i] += rest % result[axis] * strides[axis];
                rest /= result[axis];
            }
        }
        return positions;
    }

    private static void run(
            ArithmeticOperator operator,
            float[] left,
            int leftAt,
            int leftStep,
            float[] right,
            int rightAt,
            int rightStep,
            float[] output,
            int at,
            int count) {
        for (int i = 0; i < count; i++) {
            output[at + i] = operator.apply(left[leftAt + i * leftStep], right[rightAt + i * rightStep]);
        }
    }

    /**
     * Returns the strides of an operand along the axes of the result: 0 along axes it is repeated on.
     *
     * @param extents the operand's extents
     * @param rank axes of the result, at least as many
     * @return one stride per axis of the result
     */
    static int[] strides(int[] extents, int rank) {
        int[] own = Extents.strides(extents);
        int[] strides = new int[rank];
        for (int axis = 0; axis < extents.length; axis++) {
            strides[rank - extents.length + axis] = extents[axis] == 1 ? 0 : own[axis];
        }
        return strides;
    }

    private static int aligned(int[] extents, int axis, int rank) {
        int own = axis - (rank - extents.length);
        return own < 0 ? 1 : extents[own];
    }
}
