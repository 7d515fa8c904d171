package org.eiesim.kernels.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;

class InterleavedCscValidatorTest {
    private static final long SEED = 20260110;

    /** One PE of two, two columns: a run of 4 zeros before code 1 needs a padding entry at 2 index bits. */
    private static InterleavedCsc sample() {
        byte[] codes = new byte[12 * 2];
        codes[2 * 8] = 1;
        codes[2 * 8 + 1] = 2;
        codes[2 * 3 + 1] = 3;
        return InterleavedCscBuilder.build(codes, 12, 2, 2, 2);
    }

    private static void refuses(InterleavedCsc matrix, String message) {
        assertThatThrownBy(() -> InterleavedCscValidator.validate(matrix))
                .isInstanceOf(FormatException.class)
                .hasMessage(message);
    }

    @Test
    void everyBrokenInvariantIsNamed() {
        InterleavedCsc sample = sample();
        assertThat(sample.codes()[0]).containsExactly(0, 1, 0, 2);
        refuses(
                new InterleavedCsc(12, 2, 0, 2, new int[0][], new byte[0][], new short[0][]),
                "sparse matrix: number of PEs must be 1..4096, not 0");
        refuses(
                new InterleavedCsc(12, 2, 2, 17, sample.columnStarts(), sample.codes(), sample.relativeIndices()),
                "sparse matrix: index bits must be 1..16, not 17");
        refuses(
                new InterleavedCsc(12, 2, 3, 2, sample.columnStarts(), sample.codes(), sample.relativeIndices()),
                "sparse matrix: column starts of 2 PEs, expected 3");
        refuses(
                new InterleavedCsc(12, 1, 2, 2, sample.columnStarts(), sample.codes(), sample.relativeIndices()),
                "PE 0: 3 column starts, expected 2");
        refuses(
                new InterleavedCsc(-1, 2, 2, 2, sample.columnStarts(), sample.codes(), sample.relativeIndices()),
                "sparse matrix: number of rows must be 0..2147483647, not -1");
        refuses(
                new InterleavedCsc(8, 2, 2, 2, sample.columnStarts(), sample.codes(), sample.relativeIndices()),
                "PE 0, column 0, entry 1: local row 4 of a PE with 4");
        refuses(
                new InterleavedCsc(12, 2, 2, 1, sample.columnStarts(), sample.codes(), sample.relativeIndices()),
                "PE 0, column 0, entry 0: relative index 3 does not fit 1 bits");
        InterleavedCsc start = sample();
        start.columnStarts()[0][0] = 1;
        refuses(start, "PE 0, column 0: the first column starts at entry 1, not 0");
        InterleavedCsc descending = sample();
        descending.columnStarts()[1][1] = 3;
        refuses(descending, "PE 1, column 1: starts at entry 3 and ends at 1");
        InterleavedCsc end = sample();
        end.columnStarts()[0][2] = 3;
        refuses(end, "PE 0: columns end at entry 3 of 4");
        InterleavedCsc shortIndices = sample();
        shortIndices.relativeIndices()[1] = new short[0];
        refuses(shortIndices, "PE 1: 1 codes, but 0 relative indices");
        InterleavedCsc padding = sample();
        padding.relativeIndices()[0][2] = 1;
        refuses(padding, "PE 0, column 1, entry 2: a padding entry has relative index 1, expected 3");
        InterleavedCsc last = sample();
        last.codes()[0][1] = 0;
        last.relativeIndices()[0][1] = 0;
        refuses(last, "PE 0, column 0, entry 1: a padding entry has relative index 0, expected 3");
        InterleavedCsc wideLast = InterleavedCscBuilder.build(new byte[] {0, 0, 0, 1}, 4, 1, 1, 2);
        wideLast.codes()[0][0] = 0;
        refuses(wideLast, "PE 0, column 0, entry 0: the column ends with a padding entry");
        assertThatCode(() -> InterleavedCscValidator.validateStructure(wideLast))
                .doesNotThrowAnyException();
        assertThatCode(() -> InterleavedCscValidator.validateStructure(last)).doesNotThrowAnyException();
    }

    /** What the validator accepts is exactly what the builder makes; what it refuses, it refuses as documented. */
    @Test
    void randomDamageIsRefusedOrYieldsAnotherCanonicalMatrix() {
        Random random = new Random(SEED);
        int accepted = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            InterleavedCsc matrix = sample();
            int pe = random.nextInt(2);
            switch (random.nextInt(3)) {
                case 0 -> matrix.columnStarts()[pe][random.nextInt(3)] += random.nextInt(9) - 4;
                case 1 -> matrix.codes()[pe][random.nextInt(matrix.codes()[pe].length)] = (byte) random.nextInt(3);
                default ->
                    matrix.relativeIndices()[pe][random.nextInt(matrix.codes()[pe].length)] = (short) random.nextInt();
            }
            if (random.nextBoolean()) {
                matrix.relativeIndices()[pe][0] = (short) random.nextInt(6);
            }
            try {
                InterleavedCscValidator.validate(matrix);
            } catch (FormatException e) {
                continue;
            }
            accepted++;
            byte[] dense = InterleavedCscDecoder.decode(matrix);
            InterleavedCsc rebuilt = InterleavedCscBuilder.build(dense, 12, 2, 2, 2);
            assertThat(rebuilt.codes()).as("seed %d trial %d", SEED, trial).isDeepEqualTo(matrix.codes());
            assertThat(rebuilt.relativeIndices()).isDeepEqualTo(matrix.relativeIndices());
            assertThat(rebuilt.columnStarts()).isDeepEqualTo(matrix.columnStarts());
        }
        assertThat(accepted).isBetween(1000, 19_000);
    }
}
