package org.eiesim.simulator.machine;

import org.eiesim.kernels.sparse.InterleavedCsc;

/**
 * The weights of one matrix-vector product as they lie in the machine: the sparse matrix of one tile and its codebook.
 * Where {@code biasColumn} holds, the matrix's last column is the bias, broadcast after the last input with the value 1;
 * it stands at column index {@code ceil(inputs / numPes) * numPes}, the columns between the inputs and it being empty.
 *
 * @param matrix entries per PE; columns are the inputs (and padding and the bias column, if there is one)
 * @param codebook the shared weights, entry 0 being 0; owned, not copied
 * @param numInputs inputs of the product, the bias not counted
 * @param biasColumn whether the last column is the bias
 */
public record ProductImage(InterleavedCsc matrix, float[] codebook, int numInputs, boolean biasColumn) {
    /** Checks that the columns fit the inputs. */
    public ProductImage {
        int rows = (numInputs + matrix.numPes() - 1) / matrix.numPes();
        int expected = biasColumn ? rows * matrix.numPes() + 1 : numInputs;
        if (matrix.numColumns() != expected) {
            throw new IllegalArgumentException(matrix.numColumns() + " columns for " + numInputs + " inputs on "
                    + matrix.numPes() + " PEs, expected " + expected);
        }
    }
}
