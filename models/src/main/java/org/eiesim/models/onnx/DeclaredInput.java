package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;

/**
 * What a graph says about one of its inputs.
 *
 * @param batchExtent the declared extent of the first axis; 0 where it is left open
 * @param sampleShape the shape without that axis
 */
record DeclaredInput(long batchExtent, Shape sampleShape) {
    private static final int MAX_RANK = 8;

    /**
     * Reads a declaration.
     *
     * @param input the declaration
     * @return its meaning
     * @throws FormatException if it is no floating-point tensor with a batch axis and further axes of known extent
     */
    static DeclaredInput of(ValueInfoProto input) throws FormatException {
        String place = "input " + LayerNames.shorten(input.getName());
        TypeProto.Tensor tensor = input.getType().getTensorType();
        if (!input.getType().hasTensorType() || !tensor.hasShape()) {
            throw new FormatException(place, "it has no declared shape");
        }
        DataType type = DataType.forNumber(tensor.getElemType());
        if (type != DataType.FLOAT && type != DataType.FLOAT16 && type != DataType.DOUBLE) {
            throw new FormatException(
                    place,
                    "its elements must be floating-point values, not "
                            + (type == null ? "of type " + tensor.getElemType() : type));
        }
        int rank = tensor.getShape().getDimCount();
        if (rank < 2 || rank > MAX_RANK) {
            throw new FormatException(
                    place, "it must have 2.." + MAX_RANK + " axes, the first being the batch, not " + rank);
        }
        int[] extents = new int[rank - 1];
        for (int axis = 1; axis < rank; axis++) {
            extents[axis - 1] = extent(place, axis, tensor.getShape().getDim(axis));
        }
        try {
            return new DeclaredInput(Math.max(0, tensor.getShape().getDim(0).getDimValue()), Shape.of(extents));
        } catch (IllegalArgumentException e) {
            throw new FormatException(place, String.valueOf(e.getMessage()));
        }
    }

    private static int extent(String place, int axis, TensorShapeProto.Dimension dimension) throws FormatException {
        if (!dimension.hasDimValue()) {
            String symbol = dimension.hasDimParam() ? " (" + LayerNames.shorten(dimension.getDimParam()) + ")" : "";
            throw new FormatException(
                    place, "axis " + axis + symbol + " is dynamic; export the network with a fixed extent");
        }
        long extent = dimension.getDimValue();
        if (extent < 1 || extent > Integer.MAX_VALUE) {
            throw new FormatException(place, "axis " + axis + " has extent " + extent);
        }
        return (int) extent;
    }
}
