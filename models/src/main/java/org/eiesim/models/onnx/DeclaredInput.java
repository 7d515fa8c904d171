package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Set;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;

/**
 * What a graph says about one of its inputs.
 *
 * @param batchExtent the extent of the batch axis; 0 where it is left open, 1 where there is none
 * @param batchAxis which axis that is, or {@link Operand#NO_BATCH}
 * @param sampleShape the shape without that axis
 */
record DeclaredInput(int batchExtent, int batchAxis, Shape sampleShape) {
    private static final int MAX_RANK = 8;

    private static final Set<DataType> TYPES = Set.of(
            DataType.FLOAT,
            DataType.FLOAT16,
            DataType.BFLOAT16,
            DataType.DOUBLE,
            DataType.INT64,
            DataType.INT32,
            DataType.INT16,
            DataType.INT8,
            DataType.UINT64,
            DataType.UINT32,
            DataType.UINT16,
            DataType.UINT8,
            DataType.BOOL);

    /**
     * Reads a declaration.
     *
     * @param input the declaration
     * @param dimensions extents of dynamic dimensions by name
     * @param batchAxis which axis is the batch, or {@link Operand#NO_BATCH}
     * @return its meaning
     * @throws FormatException if it is no tensor of numbers whose axes, besides the batch, have known extents
     */
    static DeclaredInput of(ValueInfoProto input, DimensionExtents dimensions, int batchAxis) throws FormatException {
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
        if (rank > MAX_RANK) {
            throw new FormatException(place, "it must have at most " + MAX_RANK + " axes, not " + rank);
        }
        int[] extents = new int[rank];
        int batchExtent = 1;
        for (int axis = 0; axis < rank; axis++) {
            TensorShapeProto.Dimension dimension = tensor.getShape().getDim(axis);
            if (axis == batchAxis) {
                batchExtent = known(input.getName(), axis, dimension, dimensions);
            } else {
                extents[axis] = extent(input.getName(), axis, dimension, dimensions);
            }
        }
        try {
            int[] sample = batchAxis == Operand.NO_BATCH ? extents : Operand.without(extents, batchAxis);
            return new DeclaredInput(batchExtent, batchAxis, Shape.of(sample));
        } catch (IllegalArgumentException e) {
            throw new FormatException(place, String.valueOf(e.getMessage()));
        }
    }

    /** Tells whether a declaration is that of a tensor of numbers. */
    static boolean isNumeric(ValueInfoProto input) {
        DataType type = DataType.forNumber(input.getType().getTensorType().getElemType());
        return input.getType().hasTensorType() && type != null && TYPES.contains(type);
    }

    /**
     * Guesses which axis is the batch.
     *
     * @param input the declaration
     * @param dimensions extents of dynamic dimensions by name
     * @param isSequence whether a recurrent cell reads it as steps, batch, values
     */
    static int likelyBatchAxis(ValueInfoProto input, DimensionExtents dimensions, boolean isSequence) {
        TensorShapeProto shape = input.getType().getTensorType().getShape();
        int rank = shape.getDimCount();
        if (rank < 2) {
            return rank == 1 && known(input.getName(), 0, shape.getDim(0), dimensions) == 0 ? 0 : Operand.NO_BATCH;
        }
        int axis = isSequence ? 1 : 0;
        // Who gives an extent to a dimension does not take it for the batch, if another one is left open.
        if (!shape.getDim(axis).hasDimValue() && known(input.getName(), axis, shape.getDim(axis), dimensions) > 0) {
            for (int other = 0; other < rank; other++) {
                if (known(input.getName(), other, shape.getDim(other), dimensions) == 0) {
                    return other;
                }
            }
        }
        return axis;
    }

    /** Returns an extent, or 0 where it is left open. */
    private static int known(
            String input, int axis, TensorShapeProto.Dimension dimension, DimensionExtents dimensions) {
        if (dimension.hasDimValue()) {
            return (int) Math.max(0, Math.min(Integer.MAX_VALUE, dimension.getDimValue()));
        }
        Integer bound = dimensions.find(DimensionExtents.name(input, axis, dimension));
        return bound == null ? 0 : bound;
    }

    private static int extent(String input, int axis, TensorShapeProto.Dimension dimension, DimensionExtents dimensions)
            throws FormatException {
        int known = known(input, axis, dimension, dimensions);
        if (known > 0 && known < Integer.MAX_VALUE) {
            return known;
        }
        String place = "input " + LayerNames.shorten(input);
        if (dimension.hasDimValue()) {
            throw new FormatException(place, "axis " + axis + " has extent " + dimension.getDimValue());
        }
        String name = LayerNames.shorten(DimensionExtents.name(input, axis, dimension));
        throw new FormatException(
                place,
                "axis " + axis + (dimension.getDimParam().isEmpty() ? "" : " (" + name + ")")
                        + " is dynamic; give its extent (--dim " + name
                        + "=N) or export the network with a fixed extent");
    }
}
