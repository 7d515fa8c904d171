package org.eiesim.kernels.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.sparse.RelativeIndex.Entries;
import org.junit.jupiter.api.Test;

class RelativeIndexTest {
    private static final long SEED = 20260111;

    /** Deep Compression, figure 2: 3-bit indices; position 15 lies more than 8 after position 4, so a filler is put. */
    @Test
    void fillerOfDeepCompressionsFigure2() throws FormatException {
        byte[] codes = new byte[16];
        codes[1] = 1;
        codes[4] = 2;
        codes[15] = 3;
        Entries entries = RelativeIndex.encode(codes, 0, 16, 3);
        assertThat(entries.codes()).containsExactly(1, 2, 0, 3);
        assertThat(entries.zeroCounts()).containsExactly(new short[] {1, 2, 7, 2});
        byte[] decoded = new byte[16];
        RelativeIndex.decode(entries, 3, decoded, 0, 16);
        assertThat(decoded).isEqualTo(codes);
    }

    @Test
    void decodesWhatWasEncodedAndCountsItForEveryWidth() throws FormatException {
        for (int trial = 0; trial < 200; trial++) {
            Random random = new Random(SEED + trial);
            int length = random.nextInt(trial % 10 == 0 ? 400_000 : 500);
            int offset = random.nextInt(20);
            double density = Math.pow(10, -4 * random.nextDouble());
            byte[] codes = new byte[offset + length + random.nextInt(20)];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = random.nextDouble() < density ? (byte) (1 + random.nextInt(255)) : 0;
            }
            byte[] expected = Arrays.copyOfRange(codes, offset, offset + length);
            int[] counts = RelativeIndex.countByWidth(codes, offset, length);
            int nonzeros = 0;
            for (byte code : expected) {
                nonzeros += code == 0 ? 0 : 1;
            }
            assertThat(counts[0]).isEqualTo(nonzeros);
            for (int bits = 1; bits <= 16; bits++) {
                String where = "seed " + (SEED + trial) + " width " + bits;
                Entries entries = RelativeIndex.encode(codes, offset, length, bits);
                assertThat(entries.count()).as(where).isEqualTo(counts[bits]);
                byte[] decoded = new byte[length + 6];
                Arrays.fill(decoded, (byte) 77);
                RelativeIndex.decode(entries, bits, decoded, 3, length);
                assertThat(Arrays.copyOfRange(decoded, 3, 3 + length)).as(where).isEqualTo(expected);
                assertThat(new byte[] {decoded[0], decoded[2], decoded[length + 3], decoded[length + 5]})
                        .containsOnly(77);
            }
        }
    }

    /** A run is one column on one PE: the two encoders must agree. */
    @Test
    void equalsTheInterleavedFormOfOneColumn() {
        Random random = new Random(SEED);
        byte[] codes = new byte[5000];
        for (int i = 0; i < 300; i++) {
            codes[random.nextInt(codes.length)] = (byte) (1 + random.nextInt(15));
        }
        for (int bits = 1; bits <= 16; bits++) {
            InterleavedCsc column = InterleavedCscBuilder.build(codes, codes.length, 1, 1, bits);
            Entries entries = RelativeIndex.encode(codes, 0, codes.length, bits);
            assertThat(entries.codes()).isEqualTo(column.codes()[0]);
            assertThat(entries.zeroCounts()).isEqualTo(column.relativeIndices()[0]);
        }
    }

    @Test
    void damagedEntriesAreRefused() {
        refuses(new byte[] {1}, new short[] {5}, 3, 5, "entry stream: entry 0 lies at position 5 of 5");
        refuses(new byte[] {1, 1}, new short[] {3, 1}, 3, 5, "entry stream: entry 1 lies at position 5 of 5");
        refuses(new byte[] {1}, new short[] {8}, 3, 50, "entry stream: entry 0 has zero count 8, the largest is 7");
        refuses(
                new byte[] {0, 1},
                new short[] {6, 0},
                3,
                50,
                "entry stream: entry 0 (padding) has zero count 6, expected 7");
        refuses(new byte[] {1, 0}, new short[] {0, 7}, 3, 50, "entry stream: the last of 2 entries is a padding entry");
        refuses(new byte[] {1}, new short[] {-1}, 16, 65_535, "entry stream: entry 0 lies at position 65535 of 65535");
        assertThatThrownBy(() -> new Entries(new byte[2], new short[1]))
                .hasMessage("zeroCounts must have 2 elements, not 1");
        assertThatThrownBy(() -> RelativeIndex.encode(new byte[4], 2, 3, 4))
                .hasMessage("codes: section of 3 at 2 is not inside an array of 4");
    }

    private static void refuses(byte[] codes, short[] zeroCounts, int bits, int length, String message) {
        assertThatThrownBy(
                        () -> RelativeIndex.decode(new Entries(codes, zeroCounts), bits, new byte[length], 0, length))
                .isInstanceOf(FormatException.class)
                .hasMessage(message);
    }
}
