package org.eiesim.models.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Composes idx files byte by byte. */
final class IdxBytes {
    private IdxBytes() {}

    static byte[] of(byte[] elements, int... extents) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * extents.length + elements.length);
        buffer.put((byte) 0).put((byte) 0).put((byte) 8).put((byte) extents.length);
        for (int extent : extents) {
            buffer.putInt(extent);
        }
        return buffer.put(elements).array();
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    static byte[] ramp(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (37 * i);
        }
        return bytes;
    }
}
