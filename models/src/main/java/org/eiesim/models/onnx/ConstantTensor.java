package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToLongFunction;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Shape;

/**
 * A constant of an ONNX graph, decoded when it is asked for. No array is larger than the data that is there.
 *
 * @param name its name
 * @param proto its encoded form
 */
record ConstantTensor(String name, TensorProto proto) implements Operand {
    private static final int MAX_RANK = 8;

    /**
     * Returns the shape, all axes as in the file.
     *
     * @return the shape; has at least one element
     * @throws FormatException if it is not one a tensor can have
     */
    Shape shape() throws FormatException {
        if (proto.getDimsCount() > MAX_RANK) {
            throw error("has " + proto.getDimsCount() + " axes, more than " + MAX_RANK);
        }
        int[] extents = new int[proto.getDimsCount()];
        for (int axis = 0; axis < extents.length; axis++) {
            long extent = proto.getDims(axis);
            if (extent < 1 || extent > Integer.MAX_VALUE) {
                throw error("has extent " + extent + " on axis " + axis);
            }
            extents[axis] = (int) extent;
        }
        try {
            return Shape.of(extents);
        } catch (IllegalArgumentException e) {
            throw error("has too many elements: shape " + proto.getDimsList());
        }
    }

    /**
     * Decodes floating-point elements.
     *
     * @return the elements in C order, all finite
     * @throws FormatException if they are of another type, more or fewer than the shape says, or NaN or infinite
     */
    float[] floats() throws FormatException {
        float[] values = decodeFloats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw error("value " + i + " (from 0) is " + values[i]);
            }
        }
        return values;
    }

    /**
     * Decodes integer or boolean elements.
     *
     * @return the elements in C order
     * @throws FormatException if they are of another type, or more or fewer than the shape says
     */
    long[] integers() throws FormatException {
        requireHere();
        // An empty list of extents is a legal shape operand, though no legal weight.
        int count = proto.getDimsCount() == 1 && proto.getDims(0) == 0 ? 0 : shape().size();
        return switch (type()) {
            case INT64 -> longs(count, proto.getInt64DataCount(), proto::getInt64Data, Long.BYTES);
            case INT32 -> longs(count, proto.getInt32DataCount(), proto::getInt32Data, Integer.BYTES);
            case BOOL -> longs(count, proto.getInt32DataCount(), proto::getInt32Data, Byte.BYTES);
            default -> throw error("must hold integers, not " + typeName());
        };
    }

    private float[] decodeFloats() throws FormatException {
        requireHere();
        int count = shape().size();
        return switch (type()) {
            case FLOAT ->
                floats(count, Float.BYTES, proto.getFloatDataCount(), proto::getFloatData, ByteBuffer::getFloat);
            case DOUBLE ->
                floats(count, Double.BYTES, proto.getDoubleDataCount(), i -> (float) proto.getDoubleData(i), raw ->
                        (float) raw.getDouble());
            case FLOAT16 ->
                floats(
                        count,
                        Short.BYTES,
                        proto.getInt32DataCount(),
                        i -> HalfFloats.fromFloat16(proto.getInt32Data(i)),
                        raw -> HalfFloats.fromFloat16(raw.getShort()));
            case BFLOAT16 ->
                floats(
                        count,
                        Short.BYTES,
                        proto.getInt32DataCount(),
                        i -> HalfFloats.fromBfloat16(proto.getInt32Data(i)),
                        raw -> HalfFloats.fromBfloat16(raw.getShort()));
            default -> throw error("must hold floating-point values, not " + typeName());
        };
    }

    /** Reads one element from raw bytes. */
    @FunctionalInterface
    private interface RawFloat {
        float next(ByteBuffer raw);
    }

    /** Reads one element from a typed field. */
    @FunctionalInterface
    private interface TypedFloat {
        float at(int index);
    }

    private float[] floats(int count, int width, int typedCount, TypedFloat typed, RawFloat fromRaw)
            throws FormatException {
        boolean isRaw = proto.hasRawData();
        requireCount(count, width, typedCount);
        ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = isRaw ? fromRaw.next(raw) : typed.at(i);
        }
        return values;
    }

    private long[] longs(int count, int typedCount, IntToLongFunction typed, int width) throws FormatException {
        boolean isRaw = proto.hasRawData();
        requireCount(count, width, typedCount);
        ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            if (!isRaw) {
                values[i] = typed.applyAsLong(i);
            } else {
                values[i] = width == Long.BYTES ? raw.getLong() : width == Integer.BYTES ? raw.getInt() : raw.get();
            }
        }
        return values;
    }

    private void requireCount(int count, int width, int typedCount) throws FormatException {
        long needed = proto.hasRawData() ? (long) count * width : count;
        long present = proto.hasRawData() ? proto.getRawData().size() : typedCount;
        if (needed != present) {
            throw error("shape " + proto.getDimsList() + " needs " + needed
                    + (proto.hasRawData() ? " bytes, but " : " elements, but ") + present + " are there");
        }
    }

    private void requireHere() throws FormatException {
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL || proto.getExternalDataCount() > 0) {
            throw error("lies in another file; save the network with its weights inside");
        }
        if (proto.hasSegment()) {
            throw error("is stored in segments, which is not supported");
        }
    }

    private DataType type() {
        DataType type = DataType.forNumber(proto.getDataType());
        return type == null ? DataType.UNDEFINED : type;
    }

    private String typeName() {
        return type() == DataType.UNDEFINED ? "data type " + proto.getDataType() : type().toString();
    }

    private FormatException error(String reason) {
        return new FormatException("tensor " + LayerNames.shorten(name), reason);
    }
}
