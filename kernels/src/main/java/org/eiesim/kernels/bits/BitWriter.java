package org.eiesim.kernels.bits;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes fields of 0..57 bits one after another into a growing array. The first bit written is the least significant
 * bit of the first byte; a field's least significant bit comes first. The last byte is filled up with zeros.
 */
public final class BitWriter {
    /** The widest field. */
    public static final int MAX_FIELD_BITS = 57;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[64];
    private int numBytes;
    private long pending;
    private int pendingBits;

    /** Makes an empty stream. */
    public BitWriter() {}

    /**
     * Appends a field.
     *
     * @param value the field, {@code 0 <= value < 2^numBits}
     * @param numBits its width, 0..57
     * @throws IllegalArgumentException if the width is out of range or the value does not fit
     */
    public void write(long value, int numBits) {
        if (numBits < 0 || numBits > MAX_FIELD_BITS || value >>> numBits != 0) {
            throw new IllegalArgumentException(
                    "value " + value + " does not fit a field of " + numBits + " bits, 0..57");
        }
        if (numBytes > bytes.length - Long.BYTES) {
            grow();
        }
        // At most 7 bits are pending, so 57 more always fit one long; whole bytes are kept, the rest stays pending.
        long word = pending | value << pendingBits;
        int wordBits = pendingBits + numBits;
        LONG.set(bytes, numBytes, word);
        numBytes += wordBits >>> 3;
        pending = wordBits == Long.SIZE ? 0 : word >>> (wordBits & ~7);
        pendingBits = wordBits & 7;
    }

    private void grow() {
        if (bytes.length > Integer.MAX_VALUE / 2) {
            throw new IllegalStateException("a bit stream cannot exceed " + bytes.length + " bytes");
        }
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }

    /**
     * Returns how many bits were written.
     *
     * @return the length in bits
     */
    public long bitLength() {
        return 8L * numBytes + pendingBits;
    }

    /**
     * Returns the stream, its last byte filled up with zeros.
     *
     * @return a new array of {@code ceil(bitLength / 8)} bytes
     */
    public byte[] toByteArray() {
        byte[] copy = Arrays.copyOf(bytes, numBytes + (pendingBits == 0 ? 0 : 1));
        if (pendingBits != 0) {
            copy[numBytes] = (byte) pending;
        }
        return copy;
    }
}
