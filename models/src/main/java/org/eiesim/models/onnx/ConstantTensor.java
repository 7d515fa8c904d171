package org.eiesim.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
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

    private static final Set<DataType> FLOATING =
            Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16);

    /**
     * Makes a constant of floating-point values.
     *
     * @param name its name
     * @param extents its extents
     * @param values its elements in C order
     */
    static ConstantTensor of(String name, int[] extents, float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return of(name, extents, DataType.FLOAT_VALUE, raw);
    }

    /**
     * Makes a constant of integers.
     *
     * @param name its name
     * @param extents its extents
     * @param values its elements in C order
     */
    static ConstantTensor of(String name, int[] extents, long[] values) {
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return of(name, extents, DataType.INT64_VALUE, raw);
    }

    private static ConstantTensor of(String name, int[] extents, int type, ByteBuffer raw) {
        TensorProto.Builder proto =
                TensorProto.newBuilder().setDataType(type).setRawData(UnsafeByteOperations.unsafeWrap(raw));
        for (int extent : extents) {
            proto.addDims(extent);
        }
        return new ConstantTensor(name, proto.build());
    }

    /** Tells whether its elements are floating-point values. */
    boolean isFloating() {
        return FLOATING.contains(type());
    }

    /** Decodes its elements, integers or not, in double precision. */
    double[] doubles() throws FormatException {
        if (type() == DataType.DOUBLE) {
            int count = isEmpty() ? 0 : shape().size();
            requireHere();
            requireCount(count, Double.BYTES, proto.getDoubleDataCount());
            ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = proto.hasRawData() ? raw.getDouble() : proto.getDoubleData(i);
            }
            return values;
        }
        if (!isFloating()) {
            return Arrays.stream(integers()).asDoubleStream().toArray();
        }
        float[] numbers = numbers();
        double[] values = new double[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers[i];
        }
        return values;
    }

    /**
     * Makes a constant of double precision.
     *
     * @param name its name
     * @param extents its extents
     * @param values its elements in C order
     */
    static ConstantTensor of(String name, int[] extents, double[] values) {
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        raw.asDoubleBuffer().put(values);
        return of(name, extents, DataType.DOUBLE_VALUE, raw);
    }

    /** Decodes its elements, integers or not, as floating-point values, which may be infinite or NaN. */
    float[] numbers() throws FormatException {
        if (isFloating()) {
            return decodeFloats();
        }
        long[] integers = integers();
        float[] values = new float[integers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = integers[i];
        }
        return values;
    }

    /** Returns the extents, of which one may be 0. */
    int[] extents() throws FormatException {
        return isEmpty()
                ? proto.getDimsList().stream().mapToInt(Math::toIntExact).toArray()
                : shape().toArray();
    }

    private boolean isEmpty() {
        return proto.getDimsCount() <= MAX_RANK
                && proto.getDimsList().contains(0L)
                && proto.getDimsList().stream().allMatch(extent -> extent >= 0 && extent <= Integer.MAX_VALUE);
    }

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
        shape();
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
        int count = isEmpty() ? 0 : shape().size();
        return switch (type()) {
            case INT64 -> longs(count, proto.getInt64DataCount(), proto::getInt64Data, Long.BYTES);
            case INT32 -> longs(count, proto.getInt32DataCount(), proto::getInt32Data, Integer.BYTES);
            case UINT64 -> longs(count, proto.getUint64DataCount(), proto::getUint64Data, Long.BYTES);
            case UINT32 ->
                unsigned(longs(count, proto.getUint64DataCount(), proto::getUint64Data, Integer.BYTES), 0xFFFFFFFFL);
            case UINT8 -> unsigned(longs(count, proto.getInt32DataCount(), proto::getInt32Data, Byte.BYTES), 0xFF);
            case UINT16 -> unsigned(longs(count, proto.getInt32DataCount(), proto::getInt32Data, Short.BYTES), 0xFFFF);
            case INT8 -> longs(count, proto.getInt32DataCount(), proto::getInt32Data, Byte.BYTES);
            case INT16 -> longs(count, proto.getInt32DataCount(), proto::getInt32Data, Short.BYTES);
            case BOOL -> longs(count, proto.getInt32DataCount(), proto::getInt32Data, Byte.BYTES);
            default -> throw error("must hold integers, not " + typeName());
        };
    }

    private float[] decodeFloats() throws FormatException {
        requireHere();
        int count = isEmpty() ? 0 : shape().size();
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
                values[i] = switch (width) {
                    case Long.BYTES -> raw.getLong();
                    case Integer.BYTES -> raw.getInt();
                    case Short.BYTES -> raw.getShort();
                    default -> raw.get();
                };
            }
        }
        return values;
    }

    private static long[] unsigned(long[] values, long mask) {
        for (int i = 0; i < values.length; i++) {
            values[i] &= mask;
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

    /** Returns the type of its elements. */
    DataType type() {
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
