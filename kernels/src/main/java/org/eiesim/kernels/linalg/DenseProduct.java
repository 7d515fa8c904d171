package org.eiesim.kernels.linalg;

import java.util.Arrays;
import org.eiesim.kernels.check.Ranges;

/**
 * Dense products in float32. Every output adds its terms in ascending order of the inner index, each product and each
 * sum rounded, so that results equal the plain loop's bit for bit; speed comes from doing several outputs at once.
 */
public final class DenseProduct {
    /** Rows of which the running sums are kept in registers together. */
    private static final int ROW_BLOCK = 8;

    /** Columns and rows of a matrix product done together: their running sums stay in the first-level cache. */
    private static final int COLUMN_BLOCK = 1024;

    private static final int MATRIX_ROW_BLOCK = 4;

    private DenseProduct() {}

    /**
     * Computes {@code y[i] = sum over j of matrix[i][j] * x[j]}.
     *
     * @param matrix {@code [numRows, numColumns]}, row-major; not changed
     * @param numRows rows, &ge; 0
     * @param numColumns columns, &ge; 0
     * @param x {@code [numColumns]}; not changed
     * @param y {@code [numRows]}, overwritten; owned by the caller, not {@code x}
     * @throws IllegalArgumentException if a length does not fit
     */
    public static void multiply(float[] matrix, int numRows, int numColumns, float[] x, float[] y) {
        Ranges.requireLength("y", y.length, numRows);
        Ranges.requireLength("x", x.length, numColumns);
        Ranges.requireLength("matrix", matrix.length, (long) numRows * numColumns);
        Arrays.fill(y, 0f);
        multiplyAdd(matrix, 0, numRows, numColumns, x, 0, y, 0);
    }

    /**
     * Computes {@code y[i] = y[i] + matrix[i][0] * x[0] + matrix[i][1] * x[1] + ...} on sections of arrays.
     *
     * @param matrix holds {@code [numRows, numColumns]}, row-major; not changed
     * @param matrixOffset its first element
     * @param numRows rows, &ge; 0
     * @param numColumns columns, &ge; 0
     * @param x holds {@code [numColumns]}; not changed
     * @param xOffset its first element
     * @param y holds {@code [numRows]}, added to; owned by the caller, not {@code x}
     * @param yOffset its first element
     * @throws IllegalArgumentException if a section is outside its array
     */
    public static void multiplyAdd(
            float[] matrix,
            int matrixOffset,
            int numRows,
            int numColumns,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        Ranges.requireSection("y", y.length, yOffset, numRows);
        Ranges.requireSection("x", x.length, xOffset, numColumns);
        requireMatrix("matrix", matrix, matrixOffset, numRows, numColumns);
        int row = 0;
        for (; row <= numRows - ROW_BLOCK; row += ROW_BLOCK) {
            addRows(matrix, matrixOffset + row * numColumns, numColumns, x, xOffset, y, yOffset + row);
        }
        for (; row < numRows; row++) {
            int start = matrixOffset + row * numColumns;
            float sum = y[yOffset + row];
            for (int j = 0; j < numColumns; j++) {
                sum += matrix[start + j] * x[xOffset + j];
            }
            y[yOffset + row] = sum;
        }
    }

    /** Eight rows from {@code start}: eight chains of additions hide each other's latency. */
    private static void addRows(
            float[] matrix, int start, int numColumns, float[] x, int xOffset, float[] y, int yOffset) {
        float sum0 = y[yOffset];
        float sum1 = y[yOffset + 1];
        float sum2 = y[yOffset + 2];
        float sum3 = y[yOffset + 3];
        float sum4 = y[yOffset + 4];
        float sum5 = y[yOffset + 5];
        float sum6 = y[yOffset + 6];
        float sum7 = y[yOffset + 7];
        for (int j = 0; j < numColumns; j++) {
            float value = x[xOffset + j];
            int at = start + j;
            sum0 += matrix[at] * value;
            sum1 += matrix[at + numColumns] * value;
            sum2 += matrix[at + 2 * numColumns] * value;
            sum3 += matrix[at + 3 * numColumns] * value;
            sum4 += matrix[at + 4 * numColumns] * value;
            sum5 += matrix[at + 5 * numColumns] * value;
            sum6 += matrix[at + 6 * numColumns] * value;
            sum7 += matrix[at + 7 * numColumns] * value;
        }
        y[yOffset] = sum0;
        y[yOffset + 1] = sum1;
        y[yOffset + 2] = sum2;
        y[yOffset + 3] = sum3;
        y[yOffset + 4] = sum4;
        y[yOffset + 5] = sum5;
        y[yOffset + 6] = sum6;
        y[yOffset + 7] = sum7;
    }

    /**
     * Computes {@code out[i][j] = out[i][j] + left[i][0] * right[0][j] + left[i][1] * right[1][j] + ...} on sections of
     * arrays, all row-major.
     *
     * @param left holds {@code [numRows, numInner]}; not changed
     * @param leftOffset its first element
     * @param numRows rows of the result, &ge; 0
     * @param numInner terms of each sum, &ge; 0
     * @param right holds {@code [numInner, numColumns]}; not changed
     * @param rightOffset its first element
     * @param numColumns columns of the result, &ge; 0
     * @param out holds {@code [numRows, numColumns]}, added to; owned by the caller, not an operand
     * @param outOffset its first element
     * @throws IllegalArgumentException if a section is outside its array
     */
    public static void multiplyMatrixAdd(
            float[] left,
            int leftOffset,
            int numRows,
            int numInner,
            float[] right,
            int rightOffset,
            int numColumns,
            float[] out,
            int outOffset) {
        requireMatrix("left", left, leftOffset, numRows, numInner);
        requireMatrix("right", right, rightOffset, numInner, numColumns);
        requireMatrix("out", out, outOffset, numRows, numColumns);
        // Scratch rows of their own, all indexed alike, are what the compiler turns into vector instructions.
        float[][] sums = new float[MATRIX_ROW_BLOCK][Math.min(COLUMN_BLOCK, numColumns)];
        float[] rightRow = new float[Math.min(COLUMN_BLOCK, numColumns)];
        for (int first = 0; first < numColumns; first += COLUMN_BLOCK) {
            int width = Math.min(COLUMN_BLOCK, numColumns - first);
            for (int row = 0; row < numRows; row += MATRIX_ROW_BLOCK) {
                int height = Math.min(MATRIX_ROW_BLOCK, numRows - row);
                for (int i = 0; i < height; i++) {
                    System.arraycopy(out, outOffset + (row + i) * numColumns + first, sums[i], 0, width);
                }
                for (int k = 0; k < numInner; k++) {
                    System.arraycopy(right, rightOffset + k * numColumns + first, rightRow, 0, width);
                    addScaled(left, leftOffset + row * numInner + k, numInner, height, rightRow, sums, width);
                }
                for (int i = 0; i < height; i++) {
                    System.arraycopy(sums[i], 0, out, outOffset + (row + i) * numColumns + first, width);
                }
            }
        }
    }

    /** Adds a row of the right matrix, scaled, to the sums of up to four rows. */
    private static void addScaled(
            float[] left, int leftAt, int leftStride, int height, float[] rightRow, float[][] sums, int width) {
        if (height == MATRIX_ROW_BLOCK) {
            addToFour(
                    left[leftAt],
                    left[leftAt + leftStride],
                    left[leftAt + 2 * leftStride],
                    left[leftAt + 3 * leftStride],
                    rightRow,
                    sums,
                    width);
        } else {
            for (int i = 0; i < height; i++) {
                addToOne(left[leftAt + i * leftStride], rightRow, sums[i], width);
            }
        }
    }

    private static void addToFour(
            float factor0, float factor1, float factor2, float factor3, float[] row, float[][] sums, int width) {
        float[] sum0 = sums[0];
        float[] sum1 = sums[1];
        float[] sum2 = sums[2];
        float[] sum3 = sums[3];
        for (int j = 0; j < width; j++) {
            float value = row[j];
            sum0[j] += factor0 * value;
            sum1[j] += factor1 * value;
            sum2[j] += factor2 * value;
            sum3[j] += factor3 * value;
        }
    }

    private static void addToOne(float factor, float[] row, float[] sum, int width) {
        for (int j = 0; j < width; j++) {
            sum[j] += factor * row[j];
        }
    }

    private static void requireMatrix(String name, float[] array, int offset, int numRows, int numColumns) {
        long size = (long) numRows * numColumns;
        Ranges.requireWithin("elements of " + name, size, 0, Integer.MAX_VALUE);
        Ranges.requireSection(name, array.length, offset, (int) size);
    }
}
