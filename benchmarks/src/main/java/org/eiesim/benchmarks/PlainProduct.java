package org.eiesim.benchmarks;

import java.util.Arrays;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.machine.ProductImage;
import org.ejml.data.DMatrixSparseCSC;

/**
 * The compressed-sparse-column matrix anyone would write: column starts, row indices, float weights; the product walks
 * the columns whose input is positive. The yardstick for the engines. The bias is the last column, its input 1.
 */
final class PlainProduct {
    final int numRows;
    final int numColumns;
    final int[] starts;
    final int[] rows;
    final float[] weights;
    /** The inputs, zeros between them and the bias column, and the bias column's 1. */
    final float[] inputs;

    private final float[] outputs;

    PlainProduct(ProductImage image, float[] layerInputs) {
        InterleavedCsc matrix = image.matrix();
        numRows = matrix.numRows();
        numColumns = matrix.numColumns();
        outputs = new float[numRows];
        inputs = Arrays.copyOf(layerInputs, numColumns);
        if (image.biasColumn()) {
            inputs[numColumns - 1] = 1;
        }
        starts = new int[numColumns + 1];
        int[] rowsOut = new int[Math.toIntExact(matrix.numEntries())];
        float[] weightsOut = new float[rowsOut.length];
        int count = 0;
        byte[] column = new byte[numRows];
        for (int c = 0; c < numColumns; c++) {
            decode(matrix, c, column);
            for (int row = 0; row < numRows; row++) {
                if (column[row] != 0) {
                    rowsOut[count] = row;
                    weightsOut[count] = image.codebook()[column[row] & 0xFF];
                    count++;
                }
            }
            starts[c + 1] = count;
        }
        rows = Arrays.copyOf(rowsOut, count);
        weights = Arrays.copyOf(weightsOut, count);
    }

    private static void decode(InterleavedCsc matrix, int column, byte[] codes) {
        Arrays.fill(codes, (byte) 0);
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            int row = pe - matrix.numPes();
            for (int entry = matrix.columnStarts()[pe][column];
                    entry < matrix.columnStarts()[pe][column + 1];
                    entry++) {
                row += ((matrix.relativeIndices()[pe][entry] & 0xFFFF) + 1) * matrix.numPes();
                if (matrix.codes()[pe][entry] != 0) {
                    codes[row] = matrix.codes()[pe][entry];
                }
            }
        }
    }

    /** Computes the outputs, column by column. */
    float[] multiply() {
        Arrays.fill(outputs, 0);
        int[] rowOf = rows;
        float[] weightOf = weights;
        for (int column = 0; column < numColumns; column++) {
            float input = inputs[column];
            if (input > 0) {
                int end = starts[column + 1];
                for (int entry = starts[column]; entry < end; entry++) {
                    outputs[rowOf[entry]] += weightOf[entry] * input;
                }
            }
        }
        return outputs;
    }

    /** Returns the entries in columns with a positive input. */
    long liveEntries() {
        long count = 0;
        for (int column = 0; column < numColumns; column++) {
            count += inputs[column] > 0 ? starts[column + 1] - starts[column] : 0;
        }
        return count;
    }

    /** Returns the matrix in EJML's form. */
    DMatrixSparseCSC toEjml() {
        DMatrixSparseCSC matrix = new DMatrixSparseCSC(numRows, numColumns, rows.length);
        System.arraycopy(starts, 0, matrix.col_idx, 0, starts.length);
        System.arraycopy(rows, 0, matrix.nz_rows, 0, rows.length);
        for (int i = 0; i < weights.length; i++) {
            matrix.nz_values[i] = weights[i];
        }
        matrix.nz_length = rows.length;
        matrix.indicesSorted = true;
        return matrix;
    }

    /** Returns the inputs in double precision. */
    double[] doubleInputs() {
        double[] doubles = new double[inputs.length];
        Arrays.setAll(doubles, i -> inputs[i]);
        return doubles;
    }
}
