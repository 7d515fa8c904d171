package org.eiesim.simulator.element;

import org.eiesim.kernels.sparse.ColumnEntries;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.exact.lanes.BlockLanes;
import org.eiesim.simulator.exact.lanes.RowLayout;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one product, laid out for sums: column by column, and row by row once a block of vectors is run.
 * Shared by all forks.
 */
public final class ProductMatrix {
    private final InterleavedCsc matrix;
    private final float[] codebook;
    private final int numInputs;
    private final boolean biasColumn;
    private final @Nullable BlockLanes lanes;
    private @Nullable RowLayout rows;

    /**
     * Lays a matrix out by columns.
     *
     * @param matrix the matrix
     * @param codebook the weight of each code; not copied
     * @param numInputs inputs, the bias not counted
     * @param biasColumn whether the last column is the bias
     * @param lanes how blocks of vectors are multiplied; null where they cannot be
     */
    public ProductMatrix(
            InterleavedCsc matrix, float[] codebook, int numInputs, boolean biasColumn, @Nullable BlockLanes lanes) {
        this.matrix = matrix;
        this.codebook = codebook;
        this.numInputs = numInputs;
        this.biasColumn = biasColumn;
        this.lanes = lanes;
    }

    /**
     * Lays the matrix out by columns, anew at every call: who multiplies keeps of it what it needs.
     *
     * @return entries of each column, those of a column by rows
     */
    public ColumnEntries entries() {
        return ColumnEntries.of(matrix);
    }

    /**
     * Returns the layout by rows, made at the first call.
     *
     * @return entries of each row, and the codes of the bias
     */
    public synchronized RowLayout rows() {
        RowLayout made = rows;
        if (made == null) {
            made = RowLayout.of(entries(), matrix.numRows(), numInputs, biasColumn);
            rows = made;
        }
        return made;
    }

    /**
     * Returns how blocks of vectors are multiplied.
     *
     * @return the lanes, or null where blocks are not taken
     */
    public @Nullable BlockLanes lanes() {
        return lanes;
    }

    /**
     * Returns the shared weights.
     *
     * @return the weight of each code; not to be changed
     */
    public float[] codebook() {
        return codebook;
    }

    /**
     * Returns the inputs.
     *
     * @return how many, the bias not counted
     */
    public int numInputs() {
        return numInputs;
    }

    /**
     * Returns the outputs.
     *
     * @return how many rows the matrix has
     */
    public int numRows() {
        return matrix.numRows();
    }
}
