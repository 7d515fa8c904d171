package org.eiesim.studies.workload;

import java.util.Arrays;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.exact.SparsePattern;

/**
 * Encodes a matrix that is known by its non-zeros, column by column, without ever laying it out densely: a layer of 10^8
 * non-zeros would not fit.
 */
final class PatternEncoder {
    private final SparsePattern weights;
    private final SparsePattern bias;
    private final int numPes;
    private final int indexBits;
    private final int biasColumn;

    private final int[][] columnStarts;
    private final byte[][] streams;
    private final short[][] relativeIndices;
    private final int[] written;
    private final int[] nextLocalRow;

    /** Takes the weights, one column per input, and the bias, one column. */
    PatternEncoder(SparsePattern weights, SparsePattern bias, int numPes, int indexBits) {
        this.weights = weights;
        this.bias = bias;
        this.numPes = numPes;
        this.indexBits = indexBits;
        biasColumn = (weights.numColumns() + numPes - 1) / numPes * numPes;
        columnStarts = new int[numPes][biasColumn + 2];
        streams = new byte[numPes][];
        relativeIndices = new short[numPes][];
        written = new int[numPes];
        nextLocalRow = new int[numPes];
    }

    /** Encodes the non-zeros, given their codes in the order of the patterns' rows. */
    InterleavedCsc encode(byte[] weightCodes, byte[] biasCodes) {
        for (int column = 0; column <= biasColumn; column++) {
            if (column < weights.numColumns()) {
                count(weights, column);
            } else if (column == biasColumn) {
                count(bias, 0);
            }
            for (int pe = 0; pe < numPes; pe++) {
                columnStarts[pe][column + 1] = written[pe];
            }
        }
        for (int pe = 0; pe < numPes; pe++) {
            streams[pe] = new byte[written[pe]];
            relativeIndices[pe] = new short[written[pe]];
            written[pe] = 0;
        }
        for (int column = 0; column < weights.numColumns(); column++) {
            write(weights, column, weightCodes);
        }
        write(bias, 0, biasCodes);
        return new InterleavedCsc(
                weights.numRows(), biasColumn + 1, numPes, indexBits, columnStarts, streams, relativeIndices);
    }

    private void count(SparsePattern pattern, int column) {
        Arrays.fill(nextLocalRow, 0);
        for (int i = pattern.columnStarts()[column]; i < pattern.columnStarts()[column + 1]; i++) {
            int localRow = pattern.rows()[i] / numPes;
            int pe = pattern.rows()[i] % numPes;
            written[pe] += 1 + ((localRow - nextLocalRow[pe]) >> indexBits);
            nextLocalRow[pe] = localRow + 1;
        }
    }

    private void write(SparsePattern pattern, int column, byte[] codes) {
        Arrays.fill(nextLocalRow, 0);
        int longestRun = (1 << indexBits) - 1;
        for (int i = pattern.columnStarts()[column]; i < pattern.columnStarts()[column + 1]; i++) {
            int localRow = pattern.rows()[i] / numPes;
            int pe = pattern.rows()[i] % numPes;
            int zeros = localRow - nextLocalRow[pe];
            for (; zeros > longestRun; zeros -= longestRun + 1) {
                append(pe, (byte) 0, longestRun);
            }
            append(pe, codes[i], zeros);
            nextLocalRow[pe] = localRow + 1;
        }
    }

    private void append(int pe, byte code, int zeros) {
        streams[pe][written[pe]] = code;
        relativeIndices[pe][written[pe]] = (short) zeros;
        written[pe]++;
    }
}
