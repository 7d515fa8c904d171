package org.eiesim.models.onnx;

/** Converts the two 16-bit floating-point formats; every value of either has an exact float32. */
final class HalfFloats {
    private static final int FLOAT16_MANTISSA_BITS = 10;
    private static final int FLOAT16_MAX_EXPONENT = 31;
    private static final int EXPONENT_BIAS_DIFFERENCE = 127 - 15;
    private static final float FLOAT16_SUBNORMAL_UNIT = 0x1p-24f;

    private HalfFloats() {}

    /**
     * Converts an IEEE 754 binary16 value.
     *
     * @param bits its bits; the upper half is ignored
     * @return the value
     */
    static float fromFloat16(int bits) {
        int exponent = (bits >> FLOAT16_MANTISSA_BITS) & FLOAT16_MAX_EXPONENT;
        int mantissa = bits & ((1 << FLOAT16_MANTISSA_BITS) - 1);
        float magnitude;
        if (exponent == 0) {
            magnitude = mantissa * FLOAT16_SUBNORMAL_UNIT;
        } else if (exponent == FLOAT16_MAX_EXPONENT) {
            magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Float.intBitsToFloat(
                    ((exponent + EXPONENT_BIAS_DIFFERENCE) << 23) | (mantissa << (23 - FLOAT16_MANTISSA_BITS)));
        }
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    /**
     * Converts a bfloat16 value, the upper half of a float32.
     *
     * @param bits its bits; the upper half is ignored
     * @return the value
     */
    static float fromBfloat16(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
