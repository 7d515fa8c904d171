package org.eiesim.models.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.files.AtomicFiles;

/** Files that hold nothing but little-endian float32 values. */
public final class RawFloats {
    private RawFloats() {}

    /**
     * Reads a file.
     *
     * @param path its path
     * @return its values
     * @throws FormatException if it is missing, its length is not a multiple of 4, or a value is NaN or infinite
     * @throws IOException if reading fails
     */
    public static float[] read(Path path) throws IOException {
        byte[] bytes = InputFiles.readAll(path);
        return parse(bytes, path.toString());
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @param path its path; replaced if it exists
     * @param values the values
     * @throws IOException if writing fails
     */
    public static void write(Path path, float[] values) throws IOException {
        AtomicFiles.write(path, toBytes(values));
    }

    /**
     * Returns values as bytes.
     *
     * @param values the values
     * @return four bytes each, little-endian
     */
    public static byte[] toBytes(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    static float[] parse(byte[] bytes, String name) throws FormatException {
        if (bytes.length % Float.BYTES != 0) {
            throw new FormatException(
                    name, "has " + bytes.length + " bytes, which is not a multiple of 4 (one float32)");
        }
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        FiniteValues.require(name, values);
        return values;
    }
}
