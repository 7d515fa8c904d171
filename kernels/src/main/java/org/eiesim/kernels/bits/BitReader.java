package org.eiesim.kernels.bits;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.eiesim.kernels.check.Ranges;

/** Reads what {@link BitWriter} wrote. Bit positions count from the first bit of the section that is read. */
public final class BitReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final String SECTION = "bit stream";

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private long bitPosition;

    /**
     * Makes a reader of a section of an array.
     *
     * @param bytes the array; not copied, not changed
     * @param offset first byte of the stream
     * @param length bytes of the stream
     * @throws IllegalArgumentException if the section is not inside the array
     */
    public BitReader(byte[] bytes, int offset, int length) {
        Ranges.requireSection("bytes", bytes.length, offset, length);
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /**
     * Reads a field.
     *
     * @param numBits its width, 0..57
     * @return the field, {@code 0 <= value < 2^numBits}
     * @throws IllegalArgumentException if the width is out of range
     * @throws FormatException if the stream ends before
     */
    public long read(int numBits) throws FormatException {
        Ranges.requireWithin("the number of bits", numBits, 0, BitWriter.MAX_FIELD_BITS);
        long value = windowAt(bitPosition) & ((1L << numBits) - 1);
        seek(bitPosition + numBits);
        return value;
    }

    /**
     * Returns where the next field begins.
     *
     * @return bits from the start of the stream
     */
    public long bitPosition() {
        return bitPosition;
    }

    /**
     * Returns where the stream ends.
     *
     * @return its length in bits
     */
    public long bitLimit() {
        return 8L * length;
    }

    /**
     * Moves to another position.
     *
     * @param newPosition bits from the start of the stream
     * @throws FormatException if it is before the start or after the end of the stream
     */
    public void seek(long newPosition) throws FormatException {
        if (newPosition < 0 || newPosition > bitLimit()) {
            throw new FormatException(
                    SECTION, length, "ends after " + bitLimit() + " bits, but bit " + newPosition + " is needed");
        }
        bitPosition = newPosition;
    }

    /**
     * Looks at the bits from a position on, without moving. Table-driven decoders keep the position to themselves,
     * look, and {@link #seek} at the end.
     *
     * @param position bits from the start of the stream, &ge; 0; may be past its end
     * @return the next bits, the first one least significant: at least 57 of them, zeros where the stream has ended
     */
    public long windowAt(long position) {
        long byteIndex = position >>> 3;
        int shift = (int) position & 7;
        if (byteIndex <= length - Long.BYTES) {
            return (long) LONG.get(bytes, offset + (int) byteIndex) >>> shift;
        }
        long window = 0;
        for (int i = 0; i < Long.BYTES && byteIndex + i < length; i++) {
            window |= (bytes[offset + (int) byteIndex + i] & 0xFFL) << (8 * i);
        }
        return window >>> shift;
    }
}
