package org.eiesim.simulator.element;

/**
 * The numbers of a register file: single precision, or raw values of a format that an {@link Arithmetic} knows. A view of
 * an array that its owner keeps.
 */
public sealed interface Numbers permits Numbers.Floats, Numbers.Raws {
    /**
     * Single-precision numbers.
     *
     * @param values owned by the caller, not copied
     */
    record Floats(float[] values) implements Numbers {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public int bits(int index) {
            return Float.floatToRawIntBits(values[index]);
        }

        @Override
        public void setBits(int index, int bits) {
            values[index] = Float.intBitsToFloat(bits);
        }

        @Override
        public Numbers ofLength(int length) {
            return new Floats(new float[length]);
        }
    }

    /**
     * Raw numbers.
     *
     * @param values owned by the caller, not copied
     */
    record Raws(int[] values) implements Numbers {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public int bits(int index) {
            return values[index];
        }

        @Override
        public void setBits(int index, int bits) {
            values[index] = bits;
        }

        @Override
        public Numbers ofLength(int length) {
            return new Raws(new int[length]);
        }
    }

    /**
     * Returns how many there are.
     *
     * @return the array's length
     */
    int length();

    /**
     * Returns the bits of a number as a register holds them.
     *
     * @param index which
     * @return IEEE 754 bits, or the raw value
     */
    int bits(int index);

    /**
     * Sets a number.
     *
     * @param index which
     * @param bits IEEE 754 bits, or the raw value
     */
    void setBits(int index, int bits);

    /**
     * Makes as many zeros of the same kind.
     *
     * @param length how many
     * @return new numbers
     */
    Numbers ofLength(int length);

    /**
     * Returns single-precision numbers.
     *
     * @return the array
     * @throws IllegalStateException if they are raw numbers
     */
    default float[] floats() {
        if (this instanceof Floats floats) {
            return floats.values();
        }
        throw new IllegalStateException("prepared for float32, run in fixed point");
    }

    /**
     * Returns raw numbers.
     *
     * @return the array
     * @throws IllegalStateException if they are single-precision numbers
     */
    default int[] raws() {
        if (this instanceof Raws raws) {
            return raws.values();
        }
        throw new IllegalStateException("prepared for fixed point, run in float32");
    }
}
