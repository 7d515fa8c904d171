package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eiesim.kernels.bits.FormatException;

/** Inputs whose values are given, which become constants, and inputs that nothing reads. */
final class BoundInputs {
    private static final int MAX_ELEMENTS = 1 << 20;

    private BoundInputs() {}

    /**
     * Makes constants of inputs.
     *
     * @param graph the graph
     * @param bindings the value of each such input, which all its elements have
     * @return the graph without these inputs
     * @throws FormatException if it has no such input, or one that no number fits
     */
    static GraphProto bind(GraphProto graph, Map<String, Double> bindings) throws FormatException {
        Map<String, Double> left = new TreeMap<>(bindings);
        Set<String> defaults = new HashSet<>();
        graph.getInitializerList().forEach(tensor -> defaults.add(tensor.getName()));
        GraphProto.Builder changed = graph.toBuilder().clearInput().clearInitializer();
        for (ValueInfoProto input : graph.getInputList()) {
            Double value = left.remove(input.getName());
            if (value == null) {
                changed.addInput(input);
            } else {
                changed.addInitializer(constant(input, value));
            }
        }
        if (!left.isEmpty()) {
            throw new FormatException(
                    "graph",
                    "it has no input "
                            + LayerNames.shorten(left.keySet().iterator().next()) + " to bind; its inputs are "
                            + graph.getInputList().stream()
                                    .map(ValueInfoProto::getName)
                                    .filter(name -> !defaults.contains(name))
                                    .toList());
        }
        for (TensorProto tensor : graph.getInitializerList()) {
            if (!bindings.containsKey(tensor.getName())) {
                changed.addInitializer(tensor);
            }
        }
        return changed.build();
    }

    /** Returns the names of inputs that are a single number, of which no dimension bears the name. */
    static Set<String> scalars(GraphProto graph) {
        Set<String> scalars = new HashSet<>();
        Set<String> dimensions = new HashSet<>();
        for (ValueInfoProto input : graph.getInputList()) {
            TypeProto.Tensor type = input.getType().getTensorType();
            boolean isScalar = type.hasShape()
                    && type.getShape().getDimList().stream().allMatch(dimension -> dimension.getDimValue() == 1);
            if (isScalar) {
                scalars.add(input.getName());
            }
            type.getShape().getDimList().forEach(dimension -> dimensions.add(dimension.getDimParam()));
        }
        scalars.removeAll(dimensions);
        return scalars;
    }

    private static TensorProto constant(ValueInfoProto input, double value) throws FormatException {
        String place = "input " + LayerNames.shorten(input.getName());
        TypeProto.Tensor type = input.getType().getTensorType();
        if (!input.getType().hasTensorType()) {
            throw new FormatException(place, "it is no tensor, so that no number can be bound to it");
        }
        long count = 1;
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(input.getName());
        for (var dimension : type.getShape().getDimList()) {
            // An extent that is left open is that of the smallest tensor.
            long extent = dimension.hasDimValue() ? dimension.getDimValue() : 1;
            count = extent < 0 || extent > MAX_ELEMENTS ? MAX_ELEMENTS + 1L : count * extent;
            if (count > MAX_ELEMENTS) {
                throw new FormatException(place, "it has too many elements to be bound to a number");
            }
            tensor.addDims(extent);
        }
        fill(place, tensor, type.getElemType(), value, (int) count);
        return tensor.build();
    }

    private static void fill(String place, TensorProto.Builder tensor, int elementType, double value, int count)
            throws FormatException {
        DataType type = DataType.forNumber(elementType);
        if (type == null) {
            throw new FormatException(place, "it is of the unknown data type " + elementType);
        }
        boolean isFloating = type == DataType.FLOAT
                || type == DataType.DOUBLE
                || type == DataType.FLOAT16
                || type == DataType.BFLOAT16;
        if (!isFloating && value != Math.rint(value)) {
            throw new FormatException(place, "it is of type " + type + ", which cannot be " + value);
        }
        tensor.setDataType(elementType);
        switch (type) {
            case FLOAT16, BFLOAT16 -> tensor.setDataType(DataType.FLOAT_VALUE);
            case FLOAT, DOUBLE, INT64, INT32, INT16, UINT16, INT8, UINT8, BOOL -> {
                // Has a field of its own or shares that of int32.
            }
            default -> throw new FormatException(place, "it is of type " + type + ", which cannot be bound");
        }
        for (int i = 0; i < count; i++) {
            switch (type) {
                case FLOAT, FLOAT16, BFLOAT16 -> tensor.addFloatData((float) value);
                case DOUBLE -> tensor.addDoubleData(value);
                case INT64 -> tensor.addInt64Data((long) value);
                default -> tensor.addInt32Data((int) value);
            }
        }
    }

    /** Leaves out inputs that are no tensors of numbers, where nothing reads them. */
    static GraphProto withoutUnread(GraphProto graph) {
        Set<String> read = new HashSet<>();
        collect(graph, read);
        GraphProto.Builder changed = graph.toBuilder().clearInput();
        for (ValueInfoProto input : graph.getInputList()) {
            boolean isNumeric = input.getType().hasTensorType()
                    && input.getType().getTensorType().getElemType() != DataType.STRING_VALUE;
            if (isNumeric || read.contains(input.getName())) {
                changed.addInput(input);
            }
        }
        return changed.build();
    }

    private static void collect(GraphProto graph, Set<String> read) {
        for (NodeProto node : graph.getNodeList()) {
            read.addAll(node.getInputList());
            node.getAttributeList().stream().filter(AttributeProto::hasG).forEach(body -> collect(body.getG(), read));
        }
        graph.getOutputList().forEach(output -> read.add(output.getName()));
    }
}
