package org.eiesim.models.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eiesim.kernels.bits.FormatException;

/**
 * An array of unsigned bytes in the idx format of MNIST, plain or compressed with gzip (told by the content, not by the
 * name). All numbers are big-endian.
 *
 * <pre>
 * offset        width  content
 * 0             2      0
 * 2             1      element type, 0x08 = unsigned byte (the only one read)
 * 3             1      number of axes r, 1..4
 * 4             4 r    extents, outermost first
 * 4 + 4 r       ...    elements in C order, and nothing after them
 * </pre>
 *
 * <p>Memory grows with the bytes that are really there, never with what the header promises, and never beyond it: a
 * compressed file that expands further is refused at its first byte too many. Offsets in errors count uncompressed
 * bytes.
 *
 * @param extents the extents, one to four
 * @param bytes the elements; owned by the record, not copied
 */
record IdxFile(int[] extents, byte[] bytes) {
    /** Larger files are refused: EMNIST, the largest in use, has half of that. */
    static final int MAX_ELEMENTS = 1 << 30;

    private static final int UNSIGNED_BYTE = 0x08;
    private static final int MAX_RANK = 4;
    private static final int FIRST_CHUNK_BYTES = 1 << 16;

    /**
     * Reads a file.
     *
     * @param path its path
     * @return its content
     * @throws FormatException if it is missing, not such a file, or damaged
     * @throws IOException if reading fails
     */
    static IdxFile read(Path path) throws IOException {
        InputFiles.requireFile(path);
        try (InputStream stream = Files.newInputStream(path)) {
            return read(stream, path.toString());
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param stream plain or compressed bytes
     * @param name its name, for messages
     * @return its content
     * @throws FormatException if it does not follow the format
     * @throws IOException if reading fails
     */
    static IdxFile read(InputStream stream, String name) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream, FIRST_CHUNK_BYTES);
        buffered.mark(2);
        boolean compressed = buffered.read() == 0x1F && buffered.read() == 0x8B;
        buffered.reset();
        try {
            return parse(compressed ? new GZIPInputStream(buffered, FIRST_CHUNK_BYTES) : buffered, name);
        } catch (EOFException | ZipException e) {
            throw new FormatException(name, "damaged gzip file: " + e.getMessage());
        }
    }

    private static IdxFile parse(InputStream stream, String name) throws IOException {
        byte[] head = stream.readNBytes(4);
        if (head.length < 4 || head[0] != 0 || head[1] != 0) {
            throw new FormatException(name, 0, "not an idx file: it must start with two zero bytes");
        }
        if (head[2] != UNSIGNED_BYTE) {
            throw new FormatException(
                    name, 2, String.format("element type must be 0x08 (unsigned byte), not 0x%02x", head[2]));
        }
        int rank = head[3] & 0xFF;
        if (rank < 1 || rank > MAX_RANK) {
            throw new FormatException(name, 3, "number of axes must be 1.." + MAX_RANK + ", not " + rank);
        }
        int[] extents = readExtents(stream, name, rank);
        int numElements = 1;
        for (int extent : extents) {
            numElements *= extent;
        }
        byte[] bytes = readElements(stream, name, 4 + 4 * rank, numElements);
        return new IdxFile(extents, bytes);
    }

    private static int[] readExtents(InputStream stream, String name, int rank) throws IOException {
        int[] extents = new int[rank];
        long numElements = 1;
        for (int axis = 0; axis < rank; axis++) {
            int offset = 4 + 4 * axis;
            byte[] field = stream.readNBytes(4);
            if (field.length < 4) {
                throw new FormatException(name, offset + field.length, "file ends within the extents");
            }
            long extent = Integer.toUnsignedLong(ByteBuffer.wrap(field).getInt());
            numElements *= extent;
            if (extent > MAX_ELEMENTS || numElements > MAX_ELEMENTS) {
                throw new FormatException(
                        name, offset, "extent " + extent + " gives more than " + MAX_ELEMENTS + " elements");
            }
            extents[axis] = (int) extent;
        }
        return extents;
    }

    private static byte[] readElements(InputStream stream, String name, int offset, int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, FIRST_CHUNK_BYTES)];
        int length = 0;
        while (true) {
            length += stream.readNBytes(bytes, length, bytes.length - length);
            if (length < bytes.length) {
                throw new FormatException(
                        name, offset + length, "file ends after " + length + " of " + count + " elements");
            }
            if (length == count) {
                break;
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * length));
        }
        if (stream.read() >= 0) {
            throw new FormatException(name, (long) offset + count, "data after the last of " + count + " elements");
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdxFile file
                && Arrays.equals(extents, file.extents)
                && Arrays.equals(bytes, file.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(extents) + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "IdxFile" + Arrays.toString(extents);
    }
}
