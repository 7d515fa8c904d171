package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;

/**
 * Cast. The network computes in float32, so that a cast to a floating-point type changes nothing; one of a real number to an
 * integer drops its fraction, one to a narrower integer keeps the low bits.
 */
final class CastOperator {
    private static final Set<DataType> FLOATING =
            Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16);

    private CastOperator() {}

    /** Imports Cast. */
    static void cast(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        node.ignore("saturate", "round_mode");
        Operand.Computed input = node.computed(0);
        DataType to = type(node);
        DataType from = node.type(0);
        if (FLOATING.contains(to) || to == from || (from == DataType.BOOL && ElementTypes.isInteger(to))) {
            graph.define(node, input);
        } else if (to == DataType.BOOL) {
            Operand.Computed isZero = ArithmeticOperators.combined(
                    node, graph, ArithmeticOperator.EQUAL, input, ArithmeticOperators.scalar(node, 0));
            ArithmeticOperators.apply(
                    node, graph, ArithmeticOperator.EQUAL, isZero, ArithmeticOperators.scalar(node, 0));
        } else if (ElementTypes.isInteger(to)) {
            Operand.Computed whole = ElementTypes.isInteger(from) ? input : truncated(node, graph, input);
            graph.define(node, wrapped(node, graph, whole, to));
        } else {
            throw node.unsupported("to", to);
        }
    }

    /** Drops the fractions of a value. */
    static Operand.Computed truncated(OnnxNode node, GraphImport graph, Operand.Computed value) {
        return graph.append(
                new Node.Activation(graph.name(node, null), value.value(), ActivationFunction.TRUNCATE),
                value.batchAxis());
    }

    /** Keeps the low bits of whole numbers, as a type of at most 16 bits does. */
    private static Operand.Computed wrapped(OnnxNode node, GraphImport graph, Operand.Computed whole, DataType type)
            throws FormatException {
        float range = range(type);
        if (range == 0) {
            return whole;
        }
        ConstantTensor modulus = ArithmeticOperators.scalar(node, range);
        boolean isSigned = type == DataType.INT8 || type == DataType.INT16;
        if (!isSigned) {
            return ArithmeticOperators.combined(node, graph, ArithmeticOperator.MODULO, whole, modulus);
        }
        ConstantTensor half = ArithmeticOperators.scalar(node, range / 2);
        Operand.Computed raised = ArithmeticOperators.combined(node, graph, ArithmeticOperator.ADD, whole, half);
        Operand.Computed low = ArithmeticOperators.combined(node, graph, ArithmeticOperator.MODULO, raised, modulus);
        return ArithmeticOperators.combined(node, graph, ArithmeticOperator.SUBTRACT, low, half);
    }

    /** Returns how many values a narrow type has, or 0 for one as wide as the network's whole numbers. */
    static int range(DataType type) {
        return switch (type) {
            case UINT8, INT8 -> 1 << Byte.SIZE;
            case UINT16, INT16 -> 1 << Short.SIZE;
            default -> 0;
        };
    }

    /** Tells whether a node casts to a floating-point type. */
    static boolean isFloating(OnnxNode node) throws FormatException {
        return FLOATING.contains(type(node));
    }

    /** Returns the type a node casts to. */
    static DataType type(OnnxNode node) throws FormatException {
        DataType type = DataType.forNumber((int) node.integer("to", 0));
        return type == null ? DataType.UNDEFINED : type;
    }

    /** Casts a constant. */
    static ConstantTensor ofConstant(OnnxNode node, String name) throws FormatException {
        ConstantTensor constant = node.constant(0);
        node.ignore("saturate");
        DataType to = type(node);
        if (to == DataType.DOUBLE && constant.type() == DataType.DOUBLE) {
            return new ConstantTensor(name, constant.proto());
        }
        if (isFloating(node)) {
            return ConstantTensor.of(name, constant.extents(), constant.numbers());
        }
        long[] integers = new long[Shape.of(constant.extents()).size()];
        if (constant.isFloating()) {
            double[] values = constant.doubles();
            for (int i = 0; i < integers.length; i++) {
                integers[i] = to == DataType.BOOL ? (values[i] != 0 ? 1 : 0) : (long) values[i];
            }
        } else {
            long[] values = constant.integers();
            for (int i = 0; i < integers.length; i++) {
                integers[i] = to == DataType.BOOL ? (values[i] != 0 ? 1 : 0) : values[i];
            }
        }
        return ConstantTensor.of(name, constant.extents(), wrapped(integers, to));
    }

    /** Keeps the low bits of integers, as their type does. */
    private static long[] wrapped(long[] values, DataType type) {
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case UINT8 -> values[i] & 0xFF;
                case UINT16 -> values[i] & 0xFFFF;
                case UINT32 -> values[i] & 0xFFFFFFFFL;
                case INT8 -> (byte) values[i];
                case INT16 -> (short) values[i];
                case INT32 -> (int) values[i];
                default -> values[i];
            };
        }
        return values;
    }
}
