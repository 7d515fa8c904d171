package org.eiesim.kernels.fixed;

import org.eiesim.kernels.check.Ranges;

/**
 * Fixed-point arithmetic on raw integers: {@code value = raw * 2^-fractionBits}.
 *
 * <p>Source: EIE III-D and VI-C (16-bit fixed point); the accumulation rules are those of the machine.
 */
public final class FixedPoint {
    private static final int MIN_FRACTION_BITS = -128;
    private static final int MAX_FRACTION_BITS = 127;

    private FixedPoint() {}

    /**
     * Returns the finest format that holds a value: the most fraction bits {@code f}, within -128..127, for which
     * {@code round(maxAbs * 2^f) <= 2^(bits-1) - 1}. A maximum of 0 gives {@code bits - 1} fraction bits.
     *
     * @param maxAbs the largest magnitude to hold, finite and &ge; 0
     * @param bits width of the word with its sign, 2..32
     * @return the format
     * @throws IllegalArgumentException if an argument is out of range, or no format of that width holds {@code maxAbs}
     */
    public static QFormat formatFor(double maxAbs, int bits) {
        Ranges.requireWithin("bits", bits, 2, 32);
        if (!(maxAbs >= 0) || Double.isInfinite(maxAbs)) {
            throw new IllegalArgumentException("the largest magnitude must be finite and not negative, not " + maxAbs);
        }
        if (maxAbs == 0) {
            return new QFormat(bits, bits - 1);
        }
        long maxRaw = (1L << (bits - 1)) - 1;
        // maxAbs * 2^f lies in [2^(bits-1), 2^bits) at f = bits - 1 - exponent: one step too fine, or more by rounding.
        int fractionBits = Math.min(bits - 1 - Math.getExponent(maxAbs), MAX_FRACTION_BITS);
        while (fractionBits >= MIN_FRACTION_BITS && Math.round(Math.scalb(maxAbs, fractionBits)) > maxRaw) {
            fractionBits--;
        }
        if (fractionBits < MIN_FRACTION_BITS) {
            throw new IllegalArgumentException("no format of " + bits + " bits holds " + maxAbs);
        }
        return new QFormat(bits, fractionBits);
    }

    /**
     * Returns the raw value nearest to a real one: {@code saturate(floor(value * 2^f + 1/2))}.
     *
     * @param value finite
     * @param format the format
     * @return the raw value, ties upwards, saturated to the format's range
     * @throws IllegalArgumentException if the value is NaN or infinite
     */
    public static int quantize(double value, QFormat format) {
        return saturate(round(value, format), format);
    }

    /**
     * Quantises a section of an array as {@link #quantize(double, QFormat)} does.
     *
     * @param values source; not changed
     * @param offset first value
     * @param count how many values
     * @param format the format
     * @param raw destination, owned by the caller
     * @param rawOffset first raw value written
     * @return how many values were saturated
     * @throws IllegalArgumentException if a section is outside its array or a value is NaN or infinite
     */
    public static int quantize(float[] values, int offset, int count, QFormat format, int[] raw, int rawOffset) {
        Ranges.requireSection("values", values.length, offset, count);
        Ranges.requireSection("raw", raw.length, rawOffset, count);
        // Powers of two: products are exact, and floor(x + 1/2) of a float's 24 bits is what Math.round gives.
        double scale = Math.scalb(1.0, format.fractionBits());
        double max = format.maxRaw();
        double min = format.minRaw();
        int saturations = 0;
        for (int i = 0; i < count; i++) {
            double rounded = Math.floor(requireFinite(values[offset + i]) * scale + 0.5);
            double kept = Math.max(min, Math.min(max, rounded));
            raw[rawOffset + i] = (int) kept;
            saturations += kept == rounded ? 0 : 1;
        }
        return saturations;
    }

    private static float requireFinite(float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("cannot quantise " + value);
        }
        return value;
    }

    private static long round(double value, QFormat format) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("cannot quantise " + value);
        }
        return Math.round(Math.scalb(value, format.fractionBits()));
    }

    /**
     * Returns the real value of a raw one, exactly: {@code raw * 2^-f}.
     *
     * @param raw the raw value
     * @param format the format
     * @return the value
     */
    public static double dequantize(int raw, QFormat format) {
        return Math.scalb((double) raw, -format.fractionBits());
    }

    /**
     * Divides by a power of two: {@code value / 2^shift} rounded to an integer. Cannot overflow.
     *
     * @param value the dividend
     * @param shift &ge; 0; may exceed 63
     * @param rounding how
     * @return the quotient
     * @throws IllegalArgumentException if the shift is negative
     */
    public static long shiftRight(long value, int shift, Rounding rounding) {
        if (shift < 0) {
            throw new IllegalArgumentException("shift must not be negative: " + shift);
        }
        if (shift == 0) {
            return value;
        }
        long floor = value >> Math.min(shift, 63);
        // The first bit lost; past the word it is the sign.
        long half = (value >> Math.min(shift - 1, 63)) & 1;
        return switch (rounding) {
            case TRUNCATE -> floor;
            case HALF_UP -> floor + half;
            case HALF_EVEN -> floor + (half & (lowerBits(value, shift) | floor));
        };
    }

    /** Returns 1 if any bit below the first lost one is set, else 0. */
    private static long lowerBits(long value, int shift) {
        int below = shift - 1;
        long mask = below >= Long.SIZE ? -1L : (1L << below) - 1;
        return (value & mask) != 0 ? 1 : 0;
    }

    /**
     * Clamps a value to a format's raw range.
     *
     * @param value any value
     * @param format the format
     * @return the nearest raw value in range
     */
    public static int saturate(long value, QFormat format) {
        return (int) Math.max(format.minRaw(), Math.min(format.maxRaw(), value));
    }
}
