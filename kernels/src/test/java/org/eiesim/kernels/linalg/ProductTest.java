package org.eiesim.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.junit.jupiter.api.Test;

class ProductTest {
    private static final long SEED = 20260106;

    @Test
    void denseProductEqualsThePlainLoopBitForBit() {
        Random random = new Random(SEED);
        for (int trial = 0; trial < 200; trial++) {
            int rows = random.nextInt(30);
            int columns = random.nextInt(50);
            float[] matrix = gaussian(random, rows * columns);
            float[] x = gaussian(random, columns);
            float[] expected = new float[rows];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    expected[i] += matrix[i * columns + j] * x[j];
                }
            }
            float[] y = gaussian(random, rows);
            DenseProduct.multiply(matrix, rows, columns, x, y);
            assertThat(y).as("seed %d trial %d", SEED, trial).isEqualTo(expected);
        }
    }

    @Test
    void sectionsAreAddedToWhereTheyLie() {
        Random random = new Random(SEED + 1);
        float[] matrix = gaussian(random, 3 + 11 * 7);
        float[] x = gaussian(random, 2 + 7);
        float[] y = gaussian(random, 5 + 11 + 1);
        float[] expected = y.clone();
        for (int i = 0; i < 11; i++) {
            for (int j = 0; j < 7; j++) {
                expected[5 + i] += matrix[3 + i * 7 + j] * x[2 + j];
            }
        }
        DenseProduct.multiplyAdd(matrix, 3, 11, 7, x, 2, y, 5);
        assertThat(y).isEqualTo(expected);
    }

    @Test
    void matrixProductEqualsThePlainLoopBitForBit() {
        Random random = new Random(SEED + 2);
        for (int columns : new int[] {0, 1, 7, 1023, 1024, 1025, 2500}) {
            float[] left = gaussian(random, 1 + 5 * 9);
            float[] right = gaussian(random, 2 + 9 * columns);
            float[] out = gaussian(random, 3 + 5 * columns);
            float[] expected = out.clone();
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < columns; j++) {
                    for (int k = 0; k < 9; k++) {
                        expected[3 + i * columns + j] += left[1 + i * 9 + k] * right[2 + k * columns + j];
                    }
                }
            }
            DenseProduct.multiplyMatrixAdd(left, 1, 5, 9, right, 2, columns, out, 3);
            assertThat(out).as("%d columns", columns).isEqualTo(expected);
        }
    }

    @Test
    void sparseProductEqualsTheDenseOneOverLiveInputs() {
        for (int trial = 0; trial < 200; trial++) {
            Random random = new Random(SEED + 100 + trial);
            int rows = 1 + random.nextInt(100);
            int columns = random.nextInt(40);
            int numPes = 1 + random.nextInt(20);
            float[] codebook = gaussian(random, 16);
            codebook[0] = 0;
            byte[] codes = new byte[rows * columns];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = (byte) Math.max(0, random.nextInt(30) - 14);
            }
            float[] inputs = gaussian(random, columns);
            for (int j = 0; j < columns; j++) {
                inputs[j] = random.nextInt(3) == 0 ? 0 : inputs[j];
            }
            InterleavedCsc matrix = InterleavedCscBuilder.build(codes, rows, columns, numPes, 1 + random.nextInt(5));
            float[] accumulators = gaussian(random, rows);
            float[] expected = accumulators.clone();
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    if (codes[i * columns + j] != 0 && inputs[j] != 0) {
                        expected[i] += codebook[codes[i * columns + j]] * inputs[j];
                    }
                }
            }
            SparseProduct.multiplyAdd(matrix, codebook, inputs, accumulators);
            assertThat(accumulators).as("seed %d", SEED + 100 + trial).isEqualTo(expected);
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> DenseProduct.multiply(new float[6], 2, 3, new float[2], new float[2]))
                .hasMessage("x must have 3 elements, not 2");
        assertThatThrownBy(() -> DenseProduct.multiplyAdd(new float[6], 1, 2, 3, new float[3], 0, new float[2], 0))
                .hasMessage("matrix: section of 6 at 1 is not inside an array of 6");
        InterleavedCsc matrix = InterleavedCscBuilder.build(new byte[] {3}, 1, 1, 1, 4);
        assertThatThrownBy(() -> SparseProduct.multiplyAdd(matrix, new float[3], new float[] {1}, new float[1]))
                .hasMessage("PE 0, column 0, entry 0: code 3 is outside a codebook of 3");
        assertThatThrownBy(() -> SparseProduct.multiplyAdd(matrix, new float[4], new float[2], new float[1]))
                .hasMessage("inputs must have 1 elements, not 2");
    }

    private static float[] gaussian(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
