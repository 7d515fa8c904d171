package org.eiesim.kernels.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BitStreamTest {
    private static final long SEED = 20260102;

    @Test
    void firstBitIsTheLeastSignificantOfTheFirstByte() {
        BitWriter writer = new BitWriter();
        writer.write(1, 1);
        writer.write(0b10, 2);
        writer.write(0x1FF, 9);
        assertThat(writer.bitLength()).isEqualTo(12);
        assertThat(writer.toByteArray()).containsExactly(0b11111101, 0b00001111);
    }

    @Test
    void readsBackEveryWidthAtEveryAlignment() throws FormatException {
        Random random = new Random(SEED);
        for (int trial = 0; trial < 300; trial++) {
            int n = random.nextInt(200);
            long[] values = new long[n];
            int[] widths = new int[n];
            BitWriter writer = new BitWriter();
            long total = 0;
            for (int i = 0; i < n; i++) {
                widths[i] = random.nextInt(58);
                values[i] = random.nextLong() & ((1L << widths[i]) - 1);
                writer.write(values[i], widths[i]);
                total += widths[i];
                assertThat(writer.bitLength()).isEqualTo(total);
            }
            byte[] bytes = writer.toByteArray();
            assertThat(bytes).hasSize((int) ((total + 7) / 8));
            int offset = random.nextInt(9);
            byte[] embedded = new byte[offset + bytes.length + random.nextInt(9)];
            random.nextBytes(embedded);
            System.arraycopy(bytes, 0, embedded, offset, bytes.length);
            BitReader reader = new BitReader(embedded, offset, bytes.length);
            for (int i = 0; i < n; i++) {
                assertThat(reader.read(widths[i]))
                        .as("seed %d trial %d field %d", SEED, trial, i)
                        .isEqualTo(values[i]);
            }
            assertThat(reader.bitPosition()).isEqualTo(total);
        }
    }

    @Test
    void windowShowsTheNextBitsAndZerosPastTheEnd() throws FormatException {
        byte[] bytes = new byte[12];
        new Random(SEED).nextBytes(bytes);
        BitReader reader = new BitReader(bytes, 1, 10);
        for (int position = 0; position < 100; position++) {
            long window = reader.windowAt(position);
            for (int bit = 0; bit < 57; bit++) {
                int at = position + bit;
                int expected = at < 80 ? bytes[1 + at / 8] >> (at % 8) & 1 : 0;
                assertThat((int) (window >>> bit) & 1)
                        .as("bit %d from %d", bit, position)
                        .isEqualTo(expected);
            }
        }
        assertThat(reader.bitPosition()).isZero();
    }

    @Test
    void readingPastTheEndIsAFormatError() throws FormatException {
        BitReader reader = new BitReader(new byte[] {1, 2, 3}, 1, 1);
        assertThat(reader.read(6)).isEqualTo(2);
        assertThatThrownBy(() -> reader.read(3))
                .isInstanceOf(FormatException.class)
                .hasMessage("bit stream at byte 1: ends after 8 bits, but bit 9 is needed");
        assertThat(reader.read(2)).isZero();
    }

    @Test
    void badArgumentsAreNamed() {
        BitWriter writer = new BitWriter();
        assertThatThrownBy(() -> writer.write(4, 2)).hasMessageContaining("value 4 does not fit a field of 2 bits");
        assertThatThrownBy(() -> writer.write(0, 58)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.write(-1, 57)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BitReader(new byte[3], 2, 2))
                .hasMessage("bytes: section of 2 at 2 is not inside an array of 3");
        assertThatThrownBy(() -> new BitReader(new byte[3], 0, 3).read(58))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
