package org.eiesim.models.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * NumPy's {@code .npy} format: read as float32, float64 or integers, written as float32 or int16, little-endian, C order.
 *
 * <pre>
 * offset  width   content
 * 0       6       0x93 'N' 'U' 'M' 'P' 'Y'
 * 6       2       version: 1, 2 or 3, then 0
 * 8       2 or 4  length h of the header text, little-endian (4 bytes from version 2 on)
 * ...     h       {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }, blanks, newline
 * ...     ...     elements, and nothing after them
 * </pre>
 */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT_BYTES = 64;
    private static final String FLOAT32 = "<f4";
    private static final String FLOAT64 = "<f8";
    private static final String INT16 = "<i2";
    private static final String UINT8 = "|u1";
    private static final Map<String, Integer> WIDTHS = widths();

    private NpyFile() {}

    private static Map<String, Integer> widths() {
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (String type : List.of(FLOAT32, FLOAT64, "|b1", "|i1", UINT8, INT16, "<u2", "<i4", "<u4", "<i8")) {
            widths.put(type, type.charAt(2) - '0');
        }
        return widths;
    }

    /**
     * Reads a file of float32, of float64 rounded to float32, or of integers that float32 holds exactly.
     *
     * @param path its path
     * @return its array
     * @throws FormatException if it is missing, not such a file, damaged, of another element type or order, or holds
     *     NaN or a value that is infinite (as float32)
     * @throws IOException if reading fails
     */
    public static Tensor read(Path path) throws IOException {
        return parse(InputFiles.readAll(path), path.toString());
    }

    /**
     * Writes float32 values, whole or not at all.
     *
     * @param path the file; replaced if it exists
     * @param tensor the values
     * @throws IOException if writing fails
     */
    public static void write(Path path, Tensor tensor) throws IOException {
        byte[] header = header(FLOAT32, tensor.shape());
        byte[] elements = RawFloats.toBytes(tensor.values());
        AtomicFiles.write(path, stream -> {
            stream.write(header);
            stream.write(elements);
        });
    }

    /**
     * Writes int16 values, whole or not at all.
     *
     * @param path the file; replaced if it exists
     * @param shape their shape
     * @param values {@code shape.size()} values
     * @throws IllegalArgumentException if there are more or fewer values
     * @throws IOException if writing fails
     */
    public static void write(Path path, Shape shape, short[] values) throws IOException {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(values.length + " values for shape " + shape);
        }
        byte[] header = header(INT16, shape);
        ByteBuffer elements = ByteBuffer.allocate(Math.multiplyExact(Short.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        elements.asShortBuffer().put(values);
        AtomicFiles.write(path, stream -> {
            stream.write(header);
            stream.write(elements.array());
        });
    }

    /**
     * Tells whether bytes start as such a file does.
     *
     * @param bytes the bytes
     * @return whether the magic number is there
     */
    static boolean hasMagic(byte[] bytes) {
        return bytes.length >= MAGIC.length
                && ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    /**
     * Parses a whole file.
     *
     * @param bytes its bytes
     * @param name its name, for messages
     * @return its array
     * @throws FormatException as {@link #read} says
     */
    static Tensor parse(byte[] bytes, String name) throws FormatException {
        NpyHeader header = header(bytes, name);
        int start = start(bytes);
        int end = start + headerLength(bytes, start);
        ByteBuffer elements = ByteBuffer.wrap(bytes, end, bytes.length - end).slice();
        return new Tensor(header.shape(), elements(header, elements, name, end));
    }

    private static NpyHeader header(byte[] bytes, String name) throws FormatException {
        if (!hasMagic(bytes) || bytes.length < 10) {
            throw new FormatException(name, 0, "not a .npy file: the magic number is missing");
        }
        if (bytes[6] < 1 || bytes[6] > 3 || bytes[7] != 0) {
            throw new FormatException(name, 6, "version must be 1.0, 2.0 or 3.0, not " + bytes[6] + "." + bytes[7]);
        }
        int start = start(bytes);
        if (bytes.length < start) {
            throw new FormatException(name, bytes.length, "file ends within the header");
        }
        int length = headerLength(bytes, start);
        if (length < 0) {
            throw new FormatException(
                    name, 8, "header of more bytes than the " + (bytes.length - start) + " that follow");
        }
        return NpyHeader.parse(new String(bytes, start, length, StandardCharsets.UTF_8), name, start);
    }

    private static int start(byte[] bytes) {
        return bytes[6] == 1 ? 10 : 12;
    }

    /** Returns the length of the header text, or -1 where the file is shorter. */
    private static int headerLength(byte[] bytes, int start) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long length = bytes[6] == 1 ? buffer.getShort(8) & 0xFFFF : buffer.getInt(8) & 0xFFFFFFFFL;
        return length > bytes.length - start ? -1 : (int) length;
    }

    private static float[] elements(NpyHeader header, ByteBuffer bytes, String name, int offset)
            throws FormatException {
        String type = header.descriptor();
        int width = WIDTHS.getOrDefault(type, 0);
        if (width == 0) {
            throw new FormatException(
                    name,
                    "element type must be one of " + String.join(" ", WIDTHS.keySet()) + " (little-endian), not '"
                            + type + "'");
        }
        long needed = (long) width * header.shape().size();
        if (bytes.remaining() != needed) {
            throw new FormatException(
                    name,
                    offset,
                    "shape (" + header.shape() + ") of " + type + " takes " + needed + " bytes, but "
                            + bytes.remaining() + " follow");
        }
        float[] values = new float[header.shape().size()];
        ByteBuffer ordered = bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT32 -> ordered.getFloat();
                case FLOAT64 -> (float) ordered.getDouble();
                default -> whole(integer(type, ordered), name, i);
            };
        }
        FiniteValues.require(name, values);
        return values;
    }

    private static long integer(String type, ByteBuffer bytes) {
        return switch (type) {
            case "|b1", UINT8 -> bytes.get() & 0xFF;
            case "|i1" -> bytes.get();
            case "<u2" -> bytes.getShort() & 0xFFFF;
            case INT16 -> bytes.getShort();
            case "<u4" -> bytes.getInt() & 0xFFFFFFFFL;
            case "<i4" -> bytes.getInt();
            default -> bytes.getLong();
        };
    }

    /** Integers are taken for float32 numbers, and one that is none would be another number. */
    private static float whole(long value, String name, int i) throws FormatException {
        if ((long) (float) value != value) {
            throw new FormatException(name, "value " + i + " (from 0) is " + value + ", which float32 cannot hold");
        }
        return value;
    }

    /**
     * Tells whether a file holds bytes without a sign, which may be pixels.
     *
     * @param bytes a whole file that {@link #parse} takes
     * @param name its name, for messages
     * @return whether its element type is uint8
     * @throws FormatException as {@link #read} says
     */
    static boolean holdsBytes(byte[] bytes, String name) throws FormatException {
        return header(bytes, name).descriptor().equals(UINT8);
    }

    private static byte[] header(String descriptor, Shape shape) {
        StringBuilder extents = new StringBuilder();
        for (int extent : shape.toArray()) {
            extents.append(extents.length() == 0 ? "" : ", ").append(extent);
        }
        extents.append(shape.rank() == 1 ? "," : "");
        String text = "{'descr': '" + descriptor + "', 'fortran_order': False, 'shape': (" + extents + "), }";
        int used = MAGIC.length + 4 + text.length() + 1;
        int length = text.length() + 1 + (ALIGNMENT_BYTES - used % ALIGNMENT_BYTES) % ALIGNMENT_BYTES;
        ByteBuffer buffer = ByteBuffer.allocate(MAGIC.length + 4 + length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) length);
        buffer.put(text.getBytes(StandardCharsets.US_ASCII));
        while (buffer.remaining() > 1) {
            buffer.put((byte) ' ');
        }
        return buffer.put((byte) '\n').array();
    }
}
