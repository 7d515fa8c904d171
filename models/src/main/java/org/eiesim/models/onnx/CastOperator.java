package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;

/** Cast. The network computes in float32, so that a cast to a floating-point type changes nothing. */
final class CastOperator {
    private static final Set<DataType> FLOATING =
            Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16);

    private static final Set<DataType> WIDE = Set.of(DataType.INT64, DataType.INT32);

    private CastOperator() {}

    /** Imports Cast to a floating-point type, or of a network input, which is as it was declared, to an integer. */
    static void cast(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(1, 1);
        node.ignore("saturate");
        Operand.Computed input = node.computed(0);
        boolean isInteger = graph.producer(input) == null && WIDE.contains(type(node));
        if (!isFloating(node) && !isInteger) {
            throw node.unsupported("to", type(node));
        }
        graph.define(node, input);
    }

    /** Tells whether a node casts to a floating-point type. */
    static boolean isFloating(OnnxNode node) throws FormatException {
        return FLOATING.contains(type(node));
    }

    private static DataType type(OnnxNode node) throws FormatException {
        DataType type = DataType.forNumber((int) node.integer("to", 0));
        return type == null ? DataType.UNDEFINED : type;
    }
}
