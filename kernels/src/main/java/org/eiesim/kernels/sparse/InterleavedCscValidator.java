package org.eiesim.kernels.sparse;

import org.eiesim.kernels.bits.FormatException;

/** Checks the invariants of {@link InterleavedCsc}, so that whoever walks a checked matrix needs no further checks. */
public final class InterleavedCscValidator {
    private final InterleavedCsc matrix;
    private final int maxIndex;

    private InterleavedCscValidator(InterleavedCsc matrix) {
        this.matrix = matrix;
        this.maxIndex = (1 << matrix.indexBits()) - 1;
    }

    /**
     * Checks that a matrix is what {@link InterleavedCscBuilder} would make: all that
     * {@link #validateStructure(InterleavedCsc)} checks, and padding entries only where a run of zeros needs them, that
     * is with the largest relative index and before another entry of their column.
     *
     * @param matrix any matrix
     * @throws FormatException naming processing element, column and entry, if an invariant is broken
     */
    public static void validate(InterleavedCsc matrix) throws FormatException {
        InterleavedCscValidator validator = check(matrix);
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            validator.checkPaddings(pe);
        }
    }

    /**
     * Checks that a matrix can be walked: the ranges of its parameters; one stream per PE; column starts that begin at
     * 0, never descend and end at the stream's length; relative indices of {@code indexBits} bits; every entry in a row
     * of the matrix. Entries of code 0 may stand anywhere, as in the streams of other encoders.
     *
     * @param matrix any matrix
     * @throws FormatException naming processing element, column and entry, if an invariant is broken
     */
    public static void validateStructure(InterleavedCsc matrix) throws FormatException {
        check(matrix);
    }

    private static InterleavedCscValidator check(InterleavedCsc matrix) throws FormatException {
        requireWithin("number of rows", matrix.numRows(), 0, Integer.MAX_VALUE);
        requireWithin("number of columns", matrix.numColumns(), 0, Integer.MAX_VALUE - 1);
        requireWithin("number of PEs", matrix.numPes(), 1, InterleavedCscBuilder.MAX_PES);
        requireWithin("index bits", matrix.indexBits(), 1, InterleavedCscBuilder.MAX_INDEX_BITS);
        requireStreams("column starts", matrix.columnStarts().length, matrix.numPes());
        requireStreams("codes", matrix.codes().length, matrix.numPes());
        requireStreams("relative indices", matrix.relativeIndices().length, matrix.numPes());
        InterleavedCscValidator validator = new InterleavedCscValidator(matrix);
        for (int pe = 0; pe < matrix.numPes(); pe++) {
            validator.checkStarts(pe);
            validator.checkRows(pe);
        }
        return validator;
    }

    private static void requireWithin(String what, int value, int low, int high) throws FormatException {
        if (value < low || value > high) {
            throw new FormatException("sparse matrix", what + " must be " + low + ".." + high + ", not " + value);
        }
    }

    private static void requireStreams(String what, int actual, int numPes) throws FormatException {
        if (actual != numPes) {
            throw new FormatException("sparse matrix", what + " of " + actual + " PEs, expected " + numPes);
        }
    }

    private void checkStarts(int pe) throws FormatException {
        int[] starts = matrix.columnStarts()[pe];
        int numEntries = matrix.codes()[pe].length;
        if (matrix.relativeIndices()[pe].length != numEntries) {
            throw new FormatException(
                    "PE " + pe,
                    numEntries + " codes, but " + matrix.relativeIndices()[pe].length + " relative indices");
        }
        if (starts.length != matrix.numColumns() + 1) {
            throw new FormatException(
                    "PE " + pe, starts.length + " column starts, expected " + (matrix.numColumns() + 1));
        }
        if (starts[0] != 0) {
            throw new FormatException(place(pe, 0), "the first column starts at entry " + starts[0] + ", not 0");
        }
        for (int column = 0; column < matrix.numColumns(); column++) {
            if (starts[column + 1] < starts[column]) {
                throw new FormatException(
                        place(pe, column), "starts at entry " + starts[column] + " and ends at " + starts[column + 1]);
            }
        }
        if (starts[matrix.numColumns()] != numEntries) {
            throw new FormatException(
                    "PE " + pe, "columns end at entry " + starts[matrix.numColumns()] + " of " + numEntries);
        }
    }

    private void checkRows(int pe) throws FormatException {
        int[] starts = matrix.columnStarts()[pe];
        short[] relativeIndices = matrix.relativeIndices()[pe];
        int numLocalRows = matrix.numLocalRows(pe);
        for (int column = 0; column < matrix.numColumns(); column++) {
            long localRow = -1;
            for (int entry = starts[column]; entry < starts[column + 1]; entry++) {
                int zeros = relativeIndices[entry] & 0xFFFF;
                if (zeros > maxIndex) {
                    throw new FormatException(
                            place(pe, column, entry),
                            "relative index " + zeros + " does not fit " + matrix.indexBits() + " bits");
                }
                localRow += zeros + 1;
                if (localRow >= numLocalRows) {
                    throw new FormatException(
                            place(pe, column, entry), "local row " + localRow + " of a PE with " + numLocalRows);
                }
            }
        }
    }

    private void checkPaddings(int pe) throws FormatException {
        int[] starts = matrix.columnStarts()[pe];
        byte[] codes = matrix.codes()[pe];
        for (int column = 0; column < matrix.numColumns(); column++) {
            for (int entry = starts[column]; entry < starts[column + 1]; entry++) {
                int zeros = matrix.relativeIndices()[pe][entry] & 0xFFFF;
                if (codes[entry] == 0 && zeros != maxIndex) {
                    throw new FormatException(
                            place(pe, column, entry),
                            "a padding entry has relative index " + zeros + ", expected " + maxIndex);
                }
                if (codes[entry] == 0 && entry == starts[column + 1] - 1) {
                    throw new FormatException(place(pe, column, entry), "the column ends with a padding entry");
                }
            }
        }
    }

    private static String place(int pe, int column) {
        return "PE " + pe + ", column " + column;
    }

    private static String place(int pe, int column, int entry) {
        return place(pe, column) + ", entry " + entry;
    }
}
