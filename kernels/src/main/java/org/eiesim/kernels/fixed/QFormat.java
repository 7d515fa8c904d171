package org.eiesim.kernels.fixed;

/**
 * A two's-complement fixed-point format: a raw integer {@code q} of {@code bits} bits stands for
 * {@code q * 2^-fractionBits}. The fraction may be longer than the word (values far below one) or negative.
 *
 * @param bits width of the word with its sign, 2..32
 * @param fractionBits binary places, -128..127
 */
public record QFormat(int bits, int fractionBits) {
    /** Checks the ranges. */
    public QFormat {
        if (bits < 2 || bits > 32) {
            throw new IllegalArgumentException("bits must be 2..32, not " + bits);
        }
        if (fractionBits < -128 || fractionBits > 127) {
            throw new IllegalArgumentException("fraction bits must be -128..127, not " + fractionBits);
        }
    }

    /**
     * Returns the largest raw value.
     *
     * @return {@code 2^(bits-1) - 1}
     */
    public int maxRaw() {
        return (int) ((1L << (bits - 1)) - 1);
    }

    /**
     * Returns the smallest raw value.
     *
     * @return {@code -2^(bits-1)}
     */
    public int minRaw() {
        return (int) -(1L << (bits - 1));
    }
}
