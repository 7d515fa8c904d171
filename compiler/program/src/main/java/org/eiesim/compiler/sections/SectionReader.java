package org.eiesim.compiler.sections;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eiesim.kernels.bits.FormatException;

/**
 * Reads one section, little-endian, trusting nothing: every read is checked against the section's end, and counts are
 * checked against the bytes that are left before anything is allocated for them. Errors name the section, the offset
 * from the start of the file, and what was being read (the {@code what} of each method).
 */
public final class SectionReader {
    private static final int MAX_VARINT_LENGTH = 5;

    private final String section;
    private final byte[] bytes;
    private final int end;
    private int position;

    /**
     * Makes a reader over part of an array.
     *
     * @param section the name used in errors
     * @param bytes the array; not copied
     * @param offset first byte
     * @param length bytes
     */
    public SectionReader(String section, byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new IllegalArgumentException(length + " bytes from " + offset + " of " + bytes.length);
        }
        this.section = section;
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /**
     * Returns where the next byte lies.
     *
     * @return the offset from the start of the file
     */
    public int offset() {
        return position;
    }

    /**
     * Returns what is left.
     *
     * @return the bytes up to the section's end
     */
    public int remaining() {
        return end - position;
    }

    /**
     * Returns the array read from, for decoders that work on part of it.
     *
     * @return the whole file, not copied, not to be changed
     */
    public byte[] array() {
        return bytes;
    }

    /**
     * Makes the exception for something wrong at the next byte.
     *
     * @param reason what is wrong
     * @return the exception, to be thrown
     */
    public FormatException error(String reason) {
        return new FormatException(section, position, reason);
    }

    /**
     * Passes over bytes.
     *
     * @param count how many, &ge; 0
     * @param what what they are
     * @throws FormatException if the section ends before
     */
    public void skip(int count, String what) throws FormatException {
        require(count, what);
        position += count;
    }

    /**
     * Reads one byte.
     *
     * @param what what it is
     * @return 0..255
     * @throws FormatException if the section ends before
     */
    public int readByte(String what) throws FormatException {
        require(1, what);
        return bytes[position++] & 0xFF;
    }

    /**
     * Reads a 32-bit integer.
     *
     * @param what what it is
     * @return the integer
     * @throws FormatException if the section ends before
     */
    public int readInt(String what) throws FormatException {
        require(Integer.BYTES, what);
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= (bytes[position++] & 0xFF) << shift;
        }
        return value;
    }

    /**
     * Reads a 64-bit integer.
     *
     * @param what what it is
     * @return the integer
     * @throws FormatException if the section ends before
     */
    public long readLong(String what) throws FormatException {
        require(Long.BYTES, what);
        long low = readInt(what) & 0xFFFFFFFFL;
        return low | ((long) readInt(what) << Integer.SIZE);
    }

    /**
     * Reads a number written by {@link SectionWriter#writeVarint}.
     *
     * @param what what it is
     * @return the number, &ge; 0
     * @throws FormatException if the section ends before, the number exceeds an int, or it is not in its shortest form
     */
    public int readVarint(String what) throws FormatException {
        int start = position;
        long value = 0;
        for (int i = 0; i < MAX_VARINT_LENGTH; i++) {
            int next = readByte(what);
            value |= (long) (next & 0x7F) << (7 * i);
            if (next < 0x80) {
                if (value > Integer.MAX_VALUE || (next == 0 && i > 0)) {
                    break;
                }
                return (int) value;
            }
        }
        throw new FormatException(section, start, what + " is not a valid number");
    }

    /**
     * Reads a number that has to lie in a range.
     *
     * @param what what it is
     * @param min smallest allowed
     * @param max largest allowed
     * @return the number
     * @throws FormatException if it is outside, or the section ends before
     */
    public int readVarint(String what, int min, int max) throws FormatException {
        int start = position;
        int value = readVarint(what);
        if (value < min || value > max) {
            throw new FormatException(section, start, what + " must be " + min + ".." + max + ", not " + value);
        }
        return value;
    }

    /**
     * Reads how many items follow, and checks that they can.
     *
     * @param what what is counted
     * @param minItemLength fewest bytes one item takes, &ge; 1
     * @return the count; at most {@code remaining() / minItemLength}
     * @throws FormatException if that many items cannot fit into the rest of the section
     */
    public int readCount(String what, int minItemLength) throws FormatException {
        int start = position;
        int count = readVarint(what);
        if (count > remaining() / minItemLength) {
            throw new FormatException(
                    section,
                    start,
                    what + " " + count + " exceeds what the remaining " + remaining() + " bytes can hold");
        }
        return count;
    }

    /**
     * Reads a float32 of any value.
     *
     * @param what what it is
     * @return the value; may be infinite or NaN
     * @throws FormatException if the section ends before
     */
    public float readFloat(String what) throws FormatException {
        return Float.intBitsToFloat(readInt(what));
    }

    /**
     * Reads float32 values of any value.
     *
     * @param count how many
     * @param what what they are
     * @return a new array
     * @throws FormatException if the section ends before
     */
    public float[] readFloats(int count, String what) throws FormatException {
        require((long) count * Float.BYTES, what);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = readFloat(what);
        }
        return values;
    }

    /**
     * Reads a float32 that must be finite.
     *
     * @param what what it is
     * @return the value
     * @throws FormatException if it is NaN or infinite, or the section ends before
     */
    public float readFiniteFloat(String what) throws FormatException {
        int start = position;
        float value = Float.intBitsToFloat(readInt(what));
        if (!Float.isFinite(value)) {
            throw new FormatException(section, start, what + " is " + value);
        }
        return value;
    }

    /**
     * Reads finite float32 values.
     *
     * @param count how many
     * @param what what they are
     * @return a new array
     * @throws FormatException if one is NaN or infinite, or the section ends before
     */
    public float[] readFiniteFloats(int count, String what) throws FormatException {
        require((long) count * Float.BYTES, what);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = readFiniteFloat(what);
        }
        return values;
    }

    /**
     * Reads bytes.
     *
     * @param count how many
     * @param what what they are
     * @return a new array
     * @throws FormatException if the section ends before
     */
    public byte[] readBytes(int count, String what) throws FormatException {
        require(count, what);
        byte[] read = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return read;
    }

    /**
     * Reads a text written by {@link SectionWriter#writeString}.
     *
     * @param what what it is
     * @return the text
     * @throws FormatException if it is not UTF-8, or the section ends before
     */
    public String readString(String what) throws FormatException {
        int length = readCount("length of " + what, 1);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, length))
                    .toString();
            position += length;
            return text;
        } catch (CharacterCodingException e) {
            throw error(what + " is not UTF-8");
        }
    }

    /**
     * Checks that everything was read.
     *
     * @throws FormatException if bytes are left
     */
    public void requireEnd() throws FormatException {
        if (position != end) {
            throw error(remaining() + " bytes are left over");
        }
    }

    private void require(long count, String what) throws FormatException {
        if (count < 0 || count > remaining()) {
            throw error("the section ends in " + what + ": " + count + " bytes needed, " + remaining() + " left");
        }
    }
}
