package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;

/** Constant nodes, which mean the same as initialisers. */
final class ConstantOperator {
    private ConstantOperator() {}

    /** Imports Constant in its forms value, value_float, value_floats, value_int and value_ints. */
    static void constant(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(0, 0);
        graph.define(node, new ConstantTensor(node.output(), tensor(node)));
    }

    private static TensorProto tensor(OnnxNode node) throws FormatException {
        TensorProto tensor = node.tensor("value");
        if (tensor != null) {
            return tensor;
        }
        if (node.hasAttribute("value_float")) {
            return floats(List.of(node.number("value_float", 0))).build();
        }
        if (node.hasAttribute("value_int")) {
            return integers(List.of(node.integer("value_int", 0))).build();
        }
        List<Float> floats = node.numbers("value_floats");
        if (floats != null) {
            return floats(floats).addDims(floats.size()).build();
        }
        List<Long> integers = node.integers("value_ints");
        if (integers != null) {
            return integers(integers).addDims(integers.size()).build();
        }
        node.requireAllAttributesRead();
        throw node.error("it has no value");
    }

    private static TensorProto.Builder floats(List<Float> values) {
        return TensorProto.newBuilder().setDataType(DataType.FLOAT_VALUE).addAllFloatData(values);
    }

    private static TensorProto.Builder integers(List<Long> values) {
        return TensorProto.newBuilder().setDataType(DataType.INT64_VALUE).addAllInt64Data(values);
    }
}
