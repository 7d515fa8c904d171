package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The types of the elements of ONNX values, which decide what a quotient or a conversion means: networks have float32 only. */
final class ElementTypes {
    private static final Set<DataType> INTEGERS = Set.of(
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.UINT8,
            DataType.UINT16,
            DataType.UINT32,
            DataType.UINT64);

    private static final Set<String> CONDITIONS = Set.of(
            "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor", "Not", "IsNaN", "IsInf");

    private static final Set<String> COUNTS = Set.of("Shape", "Size", "ArgMax", "ArgMin", "NonZero");

    private final Map<String, DataType> types = new HashMap<>();

    /**
     * Finds the types in a graph.
     *
     * @param graph the graph, its nodes in order
     */
    ElementTypes(GraphProto graph) {
        add(graph);
    }

    /** Tells whether a type is one of whole numbers; truth values are not. */
    static boolean isInteger(DataType type) {
        return INTEGERS.contains(type);
    }

    /** Returns the type of a value; undefined where that is not known. */
    DataType of(String value) {
        return types.getOrDefault(value, DataType.UNDEFINED);
    }

    private void add(GraphProto graph) {
        for (ValueInfoProto input : graph.getInputList()) {
            put(input.getName(), input.getType().getTensorType().getElemType());
        }
        for (TensorProto tensor : graph.getInitializerList()) {
            put(tensor.getName(), tensor.getDataType());
        }
        graph.getNodeList().forEach(this::add);
    }

    private void put(String value, int type) {
        DataType known = DataType.forNumber(type);
        types.put(value, known == null ? DataType.UNDEFINED : known);
    }

    /** Finds the types of what one more node yields. */
    void add(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                add(attribute.getG());
            }
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            types.put(node.getOutput(i), type(node, i));
        }
    }

    private DataType type(NodeProto node, int output) {
        String operator = node.getOpType();
        if (CONDITIONS.contains(operator) || (operator.equals("Dropout") && output == 1)) {
            return DataType.BOOL;
        }
        if (COUNTS.contains(operator) || (operator.equals("TopK") && output == 1)) {
            return DataType.INT64;
        }
        return switch (operator) {
            case "Where", "CastLike" -> ofInput(node, 1);
            case "OneHot" -> ofInput(node, 2);
            case "Cast" -> attribute(node, "to");
            case "Constant" -> ofConstant(node);
            case "ConstantOfShape" -> node.getAttributeCount() == 0 ? DataType.FLOAT : ofConstant(node);
            case "If" -> ofBranch(node, output);
            case "DequantizeLinear" -> ofInput(node, 1);
            case "QuantizeLinear" -> ofQuantized(node);
            case "DynamicQuantizeLinear" -> output == 1 ? DataType.FLOAT : DataType.UINT8;
            case "MatMulInteger", "ConvInteger" -> DataType.INT32;
            default -> ofInput(node, 0);
        };
    }

    private DataType ofInput(NodeProto node, int index) {
        return index < node.getInputCount() ? of(node.getInput(index)) : DataType.UNDEFINED;
    }

    private DataType ofQuantized(NodeProto node) {
        if (node.getInputCount() > 2 && !node.getInput(2).isEmpty()) {
            return ofInput(node, 2);
        }
        DataType named = attribute(node, "output_dtype");
        return named == DataType.UNDEFINED ? DataType.UINT8 : named;
    }

    private DataType ofBranch(NodeProto node, int output) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG() && output < attribute.getG().getOutputCount()) {
                return of(attribute.getG().getOutput(output).getName());
            }
        }
        return DataType.UNDEFINED;
    }

    private static DataType attribute(NodeProto node, String name) {
        for (AttributeProto attribute : node.getAttributeList()) {
            DataType type = DataType.forNumber((int) attribute.getI());
            if (attribute.getName().equals(name) && type != null) {
                return type;
            }
        }
        return DataType.UNDEFINED;
    }

    private static DataType ofConstant(NodeProto node) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasT()) {
                DataType type = DataType.forNumber(attribute.getT().getDataType());
                return type == null ? DataType.UNDEFINED : type;
            }
            if (attribute.getName().startsWith("value_int")) {
                return DataType.INT64;
            }
        }
        return DataType.FLOAT;
    }
}
