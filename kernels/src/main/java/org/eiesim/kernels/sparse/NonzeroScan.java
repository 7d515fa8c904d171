package org.eiesim.kernels.sparse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the non-zero bytes of an array, eight at a time. */
final class NonzeroScan {
    /** How far past the last position found the scan may write. */
    static final int SLACK = Long.BYTES;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_SEVEN_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

    private NonzeroScan() {}

    /**
     * Lists the positions of non-zero bytes in ascending order.
     *
     * @param positions at least {@code to - from + SLACK} elements, overwritten from the start
     * @return how many were found
     */
    static int find(byte[] bytes, int from, int to, int[] positions) {
        int count = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONG.get(bytes, at);
            // The top bit of each byte: set if the byte is not 0.
            long marks = ((word & LOW_SEVEN_BITS) + LOW_SEVEN_BITS | word) & ~LOW_SEVEN_BITS;
            int found = Long.bitCount(marks);
            // Four are stored whether there or not: cheaper than a branch that weights make unpredictable.
            positions[count] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
            positions[count + 1] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
            positions[count + 2] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
            positions[count + 3] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
            for (int i = count + 4; marks != 0; i++) {
                positions[i] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
                marks &= marks - 1;
            }
            count += found;
        }
        for (; at < to; at++) {
            positions[count] = at;
            count += bytes[at] == 0 ? 0 : 1;
        }
        return count;
    }
}
