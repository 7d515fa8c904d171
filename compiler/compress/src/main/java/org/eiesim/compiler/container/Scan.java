package org.eiesim.compiler.container;

import org.eiesim.models.network.Shape;

/** Brings a layer's codes into scan order and back. */
final class Scan {
    /** Rows and columns of the blocks in which a matrix is transposed, so that both sides stay in the cache. */
    private static final int BLOCK = 64;

    private Scan() {}

    /** Returns the rows of the matrix a tensor is seen as: its first extent. */
    static int numRows(Shape shape) {
        return shape.rank() == 0 ? 1 : shape.extent(0);
    }

    /** Returns the columns of the matrix a tensor is seen as. */
    static int numColumns(Shape shape) {
        return numRows(shape) == 0 ? 0 : shape.size() / numRows(shape);
    }

    /** Returns whether both scan orders are the same. */
    static boolean isOneDimensional(Shape shape) {
        return numRows(shape) <= 1 || numColumns(shape) <= 1;
    }

    /** Returns the codes in scan order; the array itself where that is its own order. */
    static byte[] toScanOrder(byte[] codes, Shape shape, ScanOrder order) {
        return order == ScanOrder.ROW_MAJOR ? codes : transpose(codes, numRows(shape), numColumns(shape));
    }

    /** Returns the codes in tensor order; the array itself where that is its own order. */
    static byte[] fromScanOrder(byte[] scanned, Shape shape, ScanOrder order) {
        return order == ScanOrder.ROW_MAJOR
                ? scanned
                : transpose(scanned, /* numRows= */ numColumns(shape), /* numColumns= */ numRows(shape));
    }

    private static byte[] transpose(byte[] matrix, int numRows, int numColumns) {
        byte[] transposed = new byte[matrix.length];
        for (int top = 0; top < numRows; top += BLOCK) {
            int bottom = Math.min(numRows, top + BLOCK);
            for (int left = 0; left < numColumns; left += BLOCK) {
                int right = Math.min(numColumns, left + BLOCK);
                for (int row = top; row < bottom; row++) {
                    for (int column = left; column < right; column++) {
                        transposed[column * numRows + row] = matrix[row * numColumns + column];
                    }
                }
            }
        }
        return transposed;
    }
}
