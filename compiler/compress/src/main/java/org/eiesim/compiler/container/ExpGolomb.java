package org.eiesim.compiler.container;

import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;

/**
 * The exponential Golomb code of order {@code k} for numbers that are mostly small: with {@code w = value + 2^k} of
 * {@code n} bits, {@code n - 1 - k} one bits, a zero bit, then the low {@code n - 1} bits of {@code w}. Order 0 is Elias'
 * gamma code.
 */
final class ExpGolomb {
    /** The highest order in use. */
    static final int MAX_ORDER = 30;

    private static final String SECTION = "exponential Golomb code";

    private ExpGolomb() {}

    /** Appends a number, {@code value >= 0}. */
    static void write(BitWriter out, int value, int order) {
        long shifted = value + (1L << order);
        int numLowBits = Long.SIZE - 1 - Long.numberOfLeadingZeros(shifted);
        int prefix = numLowBits - order;
        out.write((1L << prefix) - 1, prefix + 1);
        out.write(shifted - (1L << numLowBits), numLowBits);
    }

    /** Returns how many bits {@link #write} appends. */
    static int numBits(int value, int order) {
        int numLowBits = Long.SIZE - 1 - Long.numberOfLeadingZeros(value + (1L << order));
        return 2 * numLowBits - order + 1;
    }

    /** Reads a number that must be in {@code 0..maximum}. */
    static int read(BitReader in, int order, int maximum) throws FormatException {
        int numLowBits = order;
        while (in.read(1) == 1) {
            numLowBits++;
            if (numLowBits >= Integer.SIZE) {
                throw new FormatException(SECTION, "number has more than 31 bits");
            }
        }
        long value = (1L << numLowBits) + in.read(numLowBits) - (1L << order);
        if (value > maximum) {
            throw new FormatException(SECTION, "number " + value + " exceeds " + maximum);
        }
        return (int) value;
    }

    /** Folds a number of either sign into one that is not negative: 0, -1, 1, -2, 2, ... */
    static int fold(int value) {
        return (value << 1) ^ (value >> 31);
    }

    /** The inverse of {@link #fold}. */
    static int unfold(int folded) {
        return (folded >>> 1) ^ -(folded & 1);
    }
}
