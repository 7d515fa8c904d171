package org.eiesim.kernels.sparse;

import org.eiesim.kernels.check.Ranges;

/** Decodes {@link InterleavedCsc} to a dense matrix of codebook indices: the inverse of {@link InterleavedCscBuilder}. */
public final class InterleavedCscDecoder {
    private InterleavedCscDecoder() {}

    /**
     * Decodes a matrix.
     *
     * @param matrix a matrix that {@link InterleavedCscValidator} accepts
     * @return {@code [numRows, numColumns]}, row-major: unsigned codebook indices, 0 for a zero; a new array
     * @throws IllegalArgumentException if the matrix has more than {@code 2^31 - 1} elements, or an entry lies below its
     *     last row
     */
    public static byte[] decode(InterleavedCsc matrix) {
        long size = (long) matrix.numRows() * matrix.numColumns();
        Ranges.requireWithin("rows x columns", size, 0, Integer.MAX_VALUE);
        byte[] dense = new byte[(int) size];
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            decodePe(matrix, pe, dense);
        }
        return dense;
    }

    private static void decodePe(InterleavedCsc matrix, int pe, byte[] dense) {
        int[] starts = matrix.columnStarts()[pe];
        byte[] codes = matrix.codes()[pe];
        short[] relativeIndices = matrix.relativeIndices()[pe];
        int numColumns = matrix.numColumns();
        for (int column = 0; column < numColumns; column++) {
            long localRow = -1;
            for (int entry = starts[column]; entry < starts[column + 1]; entry++) {
                localRow += (relativeIndices[entry] & 0xFFFF) + 1;
                long row = localRow * matrix.numPes() + pe;
                if (row >= matrix.numRows()) {
                    throw new IllegalArgumentException("PE " + pe + ", column " + column + ", entry " + entry + ": row "
                            + row + " of a matrix of " + matrix.numRows() + " rows");
                }
                dense[(int) row * numColumns + column] = codes[entry];
            }
        }
    }
}
