package org.eiesim.compiler.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.eiesim.kernels.bits.BitReader;
import org.eiesim.kernels.bits.BitWriter;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.huffman.HuffmanCode;
import org.junit.jupiter.api.Test;

/** The small codes of headers: exponential Golomb numbers and Huffman word lengths. */
class BitCodesTest {
    private static BitReader reader(BitWriter written) {
        byte[] bytes = written.toByteArray();
        return new BitReader(bytes, 0, bytes.length);
    }

    @Test
    void gammaCodesAreTheKnownOnes() {
        // Order 0: 0 -> 0; 1 -> 1 0 0; 2 -> 1 0 1; 3 -> 1 1 0 00, first bit least significant.
        long[] words = {0b0, 0b001, 0b101, 0b00011};
        int[] lengths = {1, 3, 3, 5};
        for (int value = 0; value < words.length; value++) {
            BitWriter out = new BitWriter();
            ExpGolomb.write(out, value, 0);
            assertThat(out.bitLength()).isEqualTo(lengths[value]);
            assertThat(out.toByteArray()[0]).isEqualTo((byte) words[value]);
        }
    }

    @Test
    void numbersComeBackAtEveryOrder() throws FormatException {
        int[] numbers = {0, 1, 2, 3, 7, 8, 100, 65_535, 1 << 20, Integer.MAX_VALUE - 1, Integer.MAX_VALUE};
        for (int order = 0; order <= ExpGolomb.MAX_ORDER; order++) {
            BitWriter out = new BitWriter();
            long expectedBits = 0;
            for (int number : numbers) {
                ExpGolomb.write(out, number, order);
                expectedBits += ExpGolomb.numBits(number, order);
            }
            assertThat(out.bitLength()).as("order %d", order).isEqualTo(expectedBits);
            BitReader in = reader(out);
            for (int number : numbers) {
                assertThat(ExpGolomb.read(in, order, Integer.MAX_VALUE))
                        .as("order %d", order)
                        .isEqualTo(number);
            }
        }
    }

    @Test
    void foldedNumbersComeBack() {
        for (int value = -30; value <= 30; value++) {
            assertThat(ExpGolomb.unfold(ExpGolomb.fold(value))).isEqualTo(value);
            assertThat(ExpGolomb.fold(value)).isBetween(0, 60);
        }
    }

    @Test
    void numbersBeyondTheirMaximumAreRefused() {
        BitWriter out = new BitWriter();
        ExpGolomb.write(out, 9, 2);
        assertThatThrownBy(() -> ExpGolomb.read(reader(out), 2, 8)).hasMessageContaining("number 9 exceeds 8");
        BitWriter endless = new BitWriter();
        endless.write((1L << 50) - 1, 50);
        assertThatThrownBy(() -> ExpGolomb.read(reader(endless), 0, 8)).hasMessageContaining("more than 31 bits");
    }

    @Test
    void wordLengthsComeBack() throws FormatException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long[] frequencies = new long[1 + random.nextInt(300)];
            int used = 1 + random.nextInt(frequencies.length);
            for (int i = 0; i < used; i++) {
                frequencies[random.nextInt(frequencies.length)] += 1 + (long) Math.exp(20 * random.nextDouble());
            }
            HuffmanCode code = HuffmanCode.fromFrequencies(frequencies, EieFormat.MAX_WORD_BITS);
            BitWriter out = new BitWriter();
            CodeLengths.write(out, code);
            assertThat(out.bitLength()).as("seed %d", seed).isEqualTo(CodeLengths.numBits(code));
            assertThat(CodeLengths.read(reader(out), frequencies.length))
                    .as("seed %d", seed)
                    .isEqualTo(code);
        }
    }

    @Test
    void anIncompleteCodeIsRefused() {
        BitWriter out = new BitWriter();
        ExpGolomb.write(out, 2, 4);
        ExpGolomb.write(out, 0, 0);
        out.write(2, 5);
        for (int symbol = 1; symbol < 3; symbol++) {
            ExpGolomb.write(out, 0, 0);
            ExpGolomb.write(out, 0, 0);
        }
        assertThatThrownBy(() -> CodeLengths.read(reader(out), 16))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("too few");
    }

    @Test
    void aLoneSymbolTakesNoBits() throws FormatException {
        long[] frequencies = new long[16];
        frequencies[7] = 1000;
        EntryCode code = EntryCode.of(frequencies);
        BitWriter out = new BitWriter();
        code.writeAlphabet(out);
        byte[] symbols = new byte[1000];
        Arrays.fill(symbols, (byte) 7);
        code.write(symbols, out);
        assertThat(out.bitLength()).isEqualTo(code.alphabetBits()).isLessThan(16);
        assertThat(code.wordBits(frequencies)).isZero();
        BitReader in = reader(out);
        byte[] read = new byte[1000];
        EntryCode.read(in, 16).read(in, read);
        assertThat(read).containsExactly(symbols);
    }
}
