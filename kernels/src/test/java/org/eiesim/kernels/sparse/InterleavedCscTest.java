package org.eiesim.kernels.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;

class InterleavedCscTest {
    private static final long SEED = 20260103;

    /** EIE III-B: the column [0,0,1,2,18 zeros,3]. */
    @Test
    void workedExampleOfOneColumn() throws FormatException {
        byte[] column = new byte[23];
        column[2] = 1;
        column[3] = 2;
        column[22] = 3;
        InterleavedCsc matrix = InterleavedCscBuilder.build(column, 23, 1, 1, 4);
        assertThat(matrix.codes()[0]).containsExactly(1, 2, 0, 3);
        assertThat(matrix.relativeIndices()[0]).containsExactly(new short[] {2, 0, 15, 2});
        assertThat(matrix.columnStarts()[0]).containsExactly(0, 4);
        InterleavedCscValidator.validate(matrix);
        assertThat(InterleavedCscDecoder.decode(matrix)).isEqualTo(column);
    }

    /** EIE figures 2 and 3: what PE0 of 4 stores of the 16 x 8 matrix. Codes name the non-zeros 1..13 in stream order. */
    @Test
    void workedExampleOfFigure3() throws FormatException {
        int[][] positions = {
            {0, 0}, {8, 0}, {12, 0}, {4, 1}, {0, 2}, {12, 2}, {0, 4}, {4, 4}, {0, 5}, {12, 5}, {0, 6}, {8, 7}, {12, 7}
        };
        byte[] codes = new byte[16 * 8];
        for (int i = 0; i < positions.length; i++) {
            codes[positions[i][0] * 8 + positions[i][1]] = (byte) (i + 1);
        }
        InterleavedCsc matrix = InterleavedCscBuilder.build(codes, 16, 8, 4, 4);
        assertThat(matrix.codes()[0]).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(matrix.relativeIndices()[0]).containsExactly(new short[] {0, 1, 0, 1, 0, 2, 0, 0, 0, 2, 0, 2, 0});
        assertThat(matrix.columnStarts()[0]).containsExactly(0, 3, 4, 6, 6, 8, 10, 11, 13);
        InterleavedCscValidator.validate(matrix);
        assertThat(InterleavedCscDecoder.decode(matrix)).isEqualTo(codes);
    }

    @Test
    void decodesWhatWasBuiltForEveryWidthAndManyPeCounts() throws FormatException {
        int[] peCounts = {1, 2, 3, 4, 5, 7, 8, 16, 31, 64, 100, 256, 1000, 4096};
        for (int indexBits = 1; indexBits <= 16; indexBits++) {
            for (int numPes : peCounts) {
                long seed = SEED + 10_000L * indexBits + numPes;
                Random random = new Random(seed);
                int numRows = random.nextInt(random.nextBoolean() ? 20 : 900);
                int numColumns = random.nextInt(12);
                byte[] codes = randomCodes(random, numRows * numColumns);
                InterleavedCsc matrix = InterleavedCscBuilder.build(codes, numRows, numColumns, numPes, indexBits);
                String where = "seed " + seed + ": " + numRows + "x" + numColumns + " on " + numPes + ", " + indexBits;
                InterleavedCscValidator.validate(matrix);
                assertThat(InterleavedCscDecoder.decode(matrix)).as(where).isEqualTo(codes);
                assertThat(matrix).as(where).satisfies(m -> sameAsNaive(m, codes));
            }
        }
    }

    @Test
    void longColumnsNeedPaddingAtEveryWidth() throws FormatException {
        int numRows = 300_000;
        byte[] codes = new byte[numRows];
        codes[5] = 1;
        codes[70_000] = 2;
        codes[299_999] = 3;
        for (int indexBits = 1; indexBits <= 16; indexBits++) {
            InterleavedCsc matrix = InterleavedCscBuilder.build(codes, numRows, 1, 1, indexBits);
            InterleavedCscValidator.validate(matrix);
            int expected = 3 + (5 >> indexBits) + (69_994 >> indexBits) + (229_998 >> indexBits);
            assertThat(matrix.numEntries()).isEqualTo(expected);
            assertThat(InterleavedCscDecoder.decode(matrix)).isEqualTo(codes);
        }
    }

    @Test
    void biasIsTheColumnAfterThePaddedInputs() throws FormatException {
        byte[] codes = {1, 2, 3, 4, 5, 6};
        InterleavedCsc matrix = InterleavedCscBuilder.build(codes, 2, 3, 2, 4, new byte[] {0, 7});
        assertThat(matrix.numColumns()).isEqualTo(5);
        InterleavedCscValidator.validate(matrix);
        assertThat(InterleavedCscDecoder.decode(matrix)).containsExactly(1, 2, 3, 0, 0, 4, 5, 6, 0, 7);
        InterleavedCsc withoutBias = InterleavedCscBuilder.build(codes, 2, 3, 2, 4, null);
        assertThat(InterleavedCscDecoder.decode(withoutBias)).containsExactly(1, 2, 3, 0, 0, 4, 5, 6, 0, 0);
        // Four inputs fill two rows of two, so the bias follows at once.
        assertThat(InterleavedCscBuilder.build(new byte[8], 2, 4, 2, 4, null).numColumns())
                .isEqualTo(5);
        InterleavedCsc padded = InterleavedCscBuilder.buildPadded(codes, 2, 3, 5, 2, 4);
        assertThat(InterleavedCscDecoder.decode(padded)).containsExactly(1, 2, 3, 0, 0, 4, 5, 6, 0, 0);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> InterleavedCscBuilder.build(new byte[6], 2, 3, 0, 4))
                .hasMessage("the number of PEs must be 1..4096, not 0");
        assertThatThrownBy(() -> InterleavedCscBuilder.build(new byte[6], 2, 3, 1, 17))
                .hasMessage("the number of index bits must be 1..16, not 17");
        assertThatThrownBy(() -> InterleavedCscBuilder.build(new byte[5], 2, 3, 1, 4))
                .hasMessage("codes must have 6 elements, not 5");
        assertThatThrownBy(() -> InterleavedCscBuilder.build(new byte[6], 2, 3, 1, 4, new byte[3]))
                .hasMessage("biasCodes must have 2 elements, not 3");
    }

    /** Walks each column of each PE by the definition, with no use of the builder's tricks. */
    private static void sameAsNaive(InterleavedCsc matrix, byte[] codes) {
        int maxIndex = (1 << matrix.indexBits()) - 1;
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            int entry = 0;
            for (int column = 0; column < matrix.numColumns(); column++) {
                assertThat(matrix.columnStarts()[pe][column]).isEqualTo(entry);
                int zeros = 0;
                for (int row = pe; row < matrix.numRows(); row += matrix.numPes()) {
                    byte code = codes[row * matrix.numColumns() + column];
                    if (code == 0) {
                        zeros++;
                        continue;
                    }
                    for (; zeros > maxIndex; zeros -= maxIndex + 1, entry++) {
                        assertThat(matrix.codes()[pe][entry]).isZero();
                        assertThat(matrix.relativeIndices()[pe][entry] & 0xFFFF).isEqualTo(maxIndex);
                    }
                    assertThat(matrix.codes()[pe][entry]).isEqualTo(code);
                    assertThat(matrix.relativeIndices()[pe][entry++] & 0xFFFF).isEqualTo(zeros);
                    zeros = 0;
                }
            }
            assertThat(matrix.codes()[pe]).hasSize(entry);
        }
    }

    private static byte[] randomCodes(Random random, int size) {
        double density = random.nextBoolean() ? random.nextDouble() : random.nextDouble() * 0.05;
        byte[] codes = new byte[size];
        for (int i = 0; i < size; i++) {
            codes[i] = random.nextDouble() < density ? (byte) (1 + random.nextInt(255)) : 0;
        }
        return codes;
    }
}
