package org.eiesim.compiler.sections;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows the bytes of one section, little-endian; the counterpart of {@link SectionReader}. */
public final class SectionWriter {
    private byte[] bytes = new byte[256];
    private int length;

    /** Makes an empty section. */
    public SectionWriter() {}

    /**
     * Writes one byte.
     *
     * @param value its low 8 bits are written
     */
    public void writeByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /**
     * Writes a 32-bit integer.
     *
     * @param value the value
     */
    public void writeInt(int value) {
        reserve(Integer.BYTES);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /**
     * Writes a 64-bit integer.
     *
     * @param value the value
     */
    public void writeLong(long value) {
        writeInt((int) value);
        writeInt((int) (value >>> Integer.SIZE));
    }

    /**
     * Writes a number in 7-bit groups, lowest first.
     *
     * @param value the number, &ge; 0
     * @throws IllegalArgumentException if it is negative
     */
    public void writeVarint(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint is not negative: " + value);
        }
        int rest = value;
        while (rest > 0x7F) {
            writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    /**
     * Writes a float32, bit for bit.
     *
     * @param value the value
     */
    public void writeFloat(float value) {
        writeInt(Float.floatToRawIntBits(value));
    }

    /**
     * Writes float32 values, bit for bit, without their count.
     *
     * @param values the values
     */
    public void writeFloats(float[] values) {
        for (float value : values) {
            writeFloat(value);
        }
    }

    /**
     * Writes bytes, without their count.
     *
     * @param source the bytes
     */
    public void writeBytes(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    /**
     * Writes a text: its length in UTF-8 bytes as a varint, then those bytes.
     *
     * @param text the text
     */
    public void writeString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeVarint(utf8.length);
        writeBytes(utf8);
    }

    /**
     * Returns how much was written.
     *
     * @return the bytes so far
     */
    public int length() {
        return length;
    }

    /**
     * Returns what was written.
     *
     * @return a copy
     */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int count) {
        long needed = (long) length + count;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("a file of more than 2 GiB: " + needed + " bytes");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
        }
    }
}
