package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Map;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;

/**
 * What a graph says about one of its inputs.
 *
 * @param batchExtent the declared extent of the batch axis; 0 where it is left open
 * @param batchAxis which axis that is
 * @param sampleShape the shape without that axis
 */
record DeclaredInput(long batchExtent, int batchAxis, Shape sampleShape) {
    private static final int MAX_RANK = 8;

    private static final Set<DataType> TYPES = Set.of(
            DataType.FLOAT,
            DataType.FLOAT16,
            DataType.BFLOAT16,
            DataType.DOUBLE,
            DataType.INT64,
            DataType.INT32,
            DataType.BOOL);

    /**
     * Reads a declaration.
     *
     * @param input the declaration
     * @param dimensions extents of dynamic dimensions by name, the batch's excepted
     * @param batchAxis which axis is the batch
     * @return its meaning
     * @throws FormatException if it is no tensor of numbers with a batch axis and further axes of known extent
     */
    static DeclaredInput of(ValueInfoProto input, Map<String, Integer> dimensions, int batchAxis)
            throws FormatException {
        String place = "input " + LayerNames.shorten(input.getName());
        TypeProto.Tensor tensor = input.getType().getTensorType();
        if (!input.getType().hasTensorType() || !tensor.hasShape()) {
            throw new FormatException(place, "it has no declared shape");
        }
        DataType type = DataType.forNumber(tensor.getElemType());
        if (type == null || !TYPES.contains(type)) {
            throw new FormatException(
                    place,
                    "its elements must be numbers, not " + (type == null ? "of type " + tensor.getElemType() : type));
        }
        int rank = tensor.getShape().getDimCount();
        if (rank < 2 || rank > MAX_RANK) {
            throw new FormatException(place, "it must have 2.." + MAX_RANK + " axes, one being the batch, not " + rank);
        }
        int[] extents = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            if (axis != batchAxis) {
                extents[axis] = extent(place, axis, tensor.getShape().getDim(axis), dimensions);
            }
        }
        try {
            return new DeclaredInput(
                    Math.max(0, tensor.getShape().getDim(batchAxis).getDimValue()),
                    batchAxis,
                    Shape.of(Operand.without(extents, batchAxis)));
        } catch (IllegalArgumentException e) {
            throw new FormatException(place, String.valueOf(e.getMessage()));
        }
    }

    private static int extent(
            String place, int axis, TensorShapeProto.Dimension dimension, Map<String, Integer> dimensions)
            throws FormatException {
        if (!dimension.hasDimValue()) {
            Integer bound = dimensions.get(dimension.getDimParam());
            if (bound != null) {
                return bound;
            }
            String name = LayerNames.shorten(dimension.getDimParam());
            throw new FormatException(
                    place,
                    "axis " + axis + (name.isEmpty() ? "" : " (" + name + ")") + " is dynamic; "
                            + (name.isEmpty() ? "" : "give its extent (--dim " + name + "=N) or ")
                            + "export the network with a fixed extent");
        }
        long extent = dimension.getDimValue();
        if (extent < 1 || extent > Integer.MAX_VALUE) {
            throw new FormatException(place, "axis " + axis + " has extent " + extent);
        }
        return (int) extent;
    }
}
