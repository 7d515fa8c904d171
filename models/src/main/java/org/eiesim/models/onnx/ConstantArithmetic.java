package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.Broadcast;
import org.eiesim.models.network.Shape;

/** Element-wise operators on constants in the type that ONNX gives them: 64-bit integers, float32 or double precision. */
final class ConstantArithmetic {
    private ConstantArithmetic() {}

    /** Returns what computes an operator with any number of operands, from left to right. */
    static ConstantFolding.Folder of(ArithmeticOperator operator, LongBinaryOperator onIntegers) {
        return (node, name) -> {
            node.requireInputs(1, Integer.MAX_VALUE);
            ConstantTensor result = node.constant(0);
            for (int i = 1; i < node.numInputs(); i++) {
                result = combined(node, name, operator, onIntegers, result, node.constant(i));
            }
            return result;
        };
    }

    private static ConstantTensor combined(
            OnnxNode node,
            String name,
            ArithmeticOperator operator,
            LongBinaryOperator onIntegers,
            ConstantTensor left,
            ConstantTensor right)
            throws FormatException {
        int[] extents = broadcast(node, left, right);
        int size = Shape.of(extents).size();
        if (left.type() == DataType.DOUBLE) {
            return inDouble(name, operator, left, right, extents);
        }
        if (left.isFloating()) {
            float[] values = new float[size];
            Broadcast.apply(operator, left.numbers(), left.extents(), right.numbers(), right.extents(), values);
            return ConstantTensor.of(name, extents, values);
        }
        int[] leftPositions = Broadcast.positions(left.extents(), extents);
        int[] rightPositions = Broadcast.positions(right.extents(), extents);
        long[] a = left.integers();
        long[] values = new long[size];
        if (right.isFloating()) {
            float[] b = right.numbers();
            for (int i = 0; i < size; i++) {
                values[i] = (long) operator.apply((float) a[leftPositions[i]], b[rightPositions[i]]);
            }
            return ConstantTensor.of(name, extents, values);
        }
        long[] b = right.integers();
        for (int i = 0; i < size; i++) {
            values[i] = onIntegers.applyAsLong(a[leftPositions[i]], b[rightPositions[i]]);
        }
        return ConstantTensor.of(name, extents, values);
    }

    /** Returns the extents of a result of two constants, with its elements taken from the import's budget. */
    private static int[] broadcast(OnnxNode node, ConstantTensor left, ConstantTensor right) throws FormatException {
        int[] extents = Broadcast.extents(left.extents(), right.extents());
        node.reserve(Shape.of(extents).size());
        return extents;
    }

    private static ConstantTensor inDouble(
            String name, ArithmeticOperator operator, ConstantTensor left, ConstantTensor right, int[] extents)
            throws FormatException {
        double[] a = left.doubles();
        double[] b = right.doubles();
        int[] leftPositions = Broadcast.positions(left.extents(), extents);
        int[] rightPositions = Broadcast.positions(right.extents(), extents);
        double[] values = new double[leftPositions.length];
        for (int i = 0; i < values.length; i++) {
            double x = a[leftPositions[i]];
            double y = b[rightPositions[i]];
            values[i] = switch (operator) {
                case ADD -> x + y;
                case SUBTRACT -> x - y;
                case MULTIPLY -> x * y;
                case DIVIDE -> x / y;
                case MAXIMUM -> Math.max(x, y);
                case MINIMUM -> Math.min(x, y);
                case POWER -> StrictMath.pow(x, y);
                default -> operator.apply((float) x, (float) y);
            };
        }
        return ConstantTensor.of(name, extents, values);
    }

    /** Compares two numbers. */
    interface Comparison {
        boolean test(double a, double b);
    }

    /** Compares two integers. */
    interface LongComparison {
        boolean test(long a, long b);
    }

    /** Returns what compares two operands. */
    static ConstantFolding.Folder compared(Comparison comparison, LongComparison onIntegers) {
        return (node, name) -> {
            node.requireInputs(2, 2);
            ConstantTensor left = node.constant(0);
            ConstantTensor right = node.constant(1);
            int[] extents = broadcast(node, left, right);
            int[] leftPositions = Broadcast.positions(left.extents(), extents);
            int[] rightPositions = Broadcast.positions(right.extents(), extents);
            long[] values = new long[leftPositions.length];
            if (left.isFloating()) {
                double[] a = left.doubles();
                double[] b = right.doubles();
                for (int i = 0; i < values.length; i++) {
                    values[i] = comparison.test(a[leftPositions[i]], b[rightPositions[i]]) ? 1 : 0;
                }
                return ConstantTensor.of(name, extents, values);
            }
            long[] a = left.integers();
            long[] b = right.integers();
            for (int i = 0; i < values.length; i++) {
                values[i] = onIntegers.test(a[leftPositions[i]], b[rightPositions[i]]) ? 1 : 0;
            }
            return ConstantTensor.of(name, extents, values);
        };
    }

    /** Computes Mod. */
    static ConstantTensor mod(OnnxNode node, String name) throws FormatException {
        boolean isC = node.integer("fmod", 0) != 0;
        ArithmeticOperator operator = isC ? ArithmeticOperator.REMAINDER : ArithmeticOperator.MODULO;
        return of(operator, (a, b) -> b == 0 ? 0 : isC ? a % b : Math.floorMod(a, b))
                .fold(node, name);
    }

    /** Powers of whole numbers wrap as they do in ONNX Runtime; those of negative exponents are fractions. */
    static long power(long base, long exponent) {
        if (exponent < 0) {
            return (long) StrictMath.pow((double) base, (double) exponent);
        }
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }

    /** Applies a function to every element. */
    static ConstantTensor mapped(
            String name, ConstantTensor constant, DoubleUnaryOperator function, LongUnaryOperator onIntegers)
            throws FormatException {
        if (!constant.isFloating()) {
            return ConstantTensor.of(
                    name,
                    constant.extents(),
                    Arrays.stream(constant.integers()).map(onIntegers).toArray());
        }
        if (constant.type() == DataType.DOUBLE) {
            return ConstantTensor.of(
                    name,
                    constant.extents(),
                    Arrays.stream(constant.doubles()).map(function).toArray());
        }
        float[] values = constant.numbers();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) function.applyAsDouble(values[i]);
        }
        return ConstantTensor.of(name, constant.extents(), values);
    }
}
