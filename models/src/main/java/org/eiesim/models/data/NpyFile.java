package org.eiesim.models.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * NumPy's {@code .npy} format: read as float32 or float64, written as float32 or int16, little-endian, C order.
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

    private NpyFile() {}

    /**
     * Reads a file of float32, or of float64 rounded to float32.
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
        if (!hasMagic(bytes) || bytes.length < 10) {
            throw new FormatException(name, 0, "not a .npy file: the magic number is missing");
        }
        if (bytes[6] < 1 || bytes[6] > 3 || bytes[7] != 0) {
            throw new FormatException(name, 6, "version must be 1.0, 2.0 or 3.0, not " + bytes[6] + "." + bytes[7]);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int start = bytes[6] == 1 ? 10 : 12;
        if (bytes.length < start) {
            throw new FormatException(name, bytes.length, "file ends within the header");
        }
        long length = bytes[6] == 1 ? buffer.getShort(8) & 0xFFFF : buffer.getInt(8) & 0xFFFFFFFFL;
        if (length > bytes.length - start) {
            throw new FormatException(
                    name, 8, "header of " + length + " bytes, but only " + (bytes.length - start) + " follow");
        }
        int end = start + (int) length;
        NpyHeader header = NpyHeader.parse(new String(bytes, start, (int) length, StandardCharsets.UTF_8), name, start);
        return new Tensor(header.shape(), elements(header, buffer.position(end).slice(), name, end));
    }

    private static float[] elements(NpyHeader header, ByteBuffer bytes, String name, int offset)
            throws FormatException {
        int width = switch (header.descriptor()) {
            case FLOAT32 -> Float.BYTES;
            case FLOAT64 -> Double.BYTES;
            default ->
                throw new FormatException(
                        name, "element type must be '<f4' or '<f8' (little-endian), not '" + header.descriptor() + "'");
        };
        long needed = (long) width * header.shape().size();
        if (bytes.remaining() != needed) {
            throw new FormatException(
                    name,
                    offset,
                    "shape (" + header.shape() + ") of " + header.descriptor() + " takes " + needed + " bytes, but "
                            + bytes.remaining() + " follow");
        }
        float[] values = new float[header.shape().size()];
        ByteBuffer ordered = bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            values[i] = width == Float.BYTES ? ordered.getFloat() : (float) ordered.getDouble();
        }
        FiniteValues.require(name, values);
        return values;
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
