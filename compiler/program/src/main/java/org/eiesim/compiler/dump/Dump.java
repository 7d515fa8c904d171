package org.eiesim.compiler.dump;

import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.kernels.sparse.InterleavedCscDecoder;

/**
 * One matrix-vector product in the layout of the EIE authors' cycle simulator: a folder of little-endian files.
 *
 * <pre>
 * act.dat        float32 inputs
 * arithm.dat     16 float32 shared weights, the first for padding
 * ptr/ptrK.dat   uint32 column starts of PE K: R * PEs + 2 of them, R = ceil(inputs / PEs)
 * spm/spmK.dat   uint32 pairs (code, relative index) of PE K
 * </pre>
 *
 * <p>Input {@code c} is column {@code c}; columns past the inputs are empty; the bias is column {@code R * PEs}, whose
 * input is 1. The number of ptr files is the number of PEs. Source: EIE authors' simulator (RalphMao/EIE-simulator).
 *
 * @param matrix {@code [numOutputs, R * PEs + 1]}
 * @param codebook 16 shared weights, all finite; owned, not copied
 * @param activations the inputs, all finite; owned, not copied
 * @param numOutputs rows of the matrix
 */
public record Dump(InterleavedCsc matrix, float[] codebook, float[] activations, int numOutputs) {
    /** Entries of the codebook. */
    public static final int CODEBOOK_SIZE = 16;

    /** The index width of the authors' encoder; a dump is taken to have at least these bits. */
    public static final int MIN_INDEX_BITS = 4;

    /** The most outputs a dump may state, so that a few hostile bytes do not ask for gigabytes of accumulators. */
    public static final int MAX_OUTPUTS = 1 << 24;

    /** Checks that the parts fit one another. */
    public Dump {
        if (codebook.length != CODEBOOK_SIZE) {
            throw new IllegalArgumentException(
                    "a dump's codebook has " + CODEBOOK_SIZE + " entries, not " + codebook.length);
        }
        if (matrix.numRows() != numOutputs) {
            throw new IllegalArgumentException(numOutputs + " outputs for a matrix of " + matrix.numRows() + " rows");
        }
        int columns = biasColumn(activations.length, matrix.numPes()) + 1;
        if (matrix.numColumns() != columns) {
            throw new IllegalArgumentException(activations.length + " inputs on " + matrix.numPes() + " PEs need "
                    + columns + " columns, not " + matrix.numColumns());
        }
    }

    /**
     * Returns the number of inputs, the bias's 1 not counted.
     *
     * @return the length of {@code activations}
     */
    public int numInputs() {
        return activations.length;
    }

    /**
     * Returns the column of the bias.
     *
     * @return {@code ceil(inputs / PEs) * PEs}, the last column
     */
    public int biasColumn() {
        return matrix.numColumns() - 1;
    }

    /**
     * Encodes the same weights, bias and inputs for other PEs.
     *
     * @param numPes processing elements, 1..4096
     * @param indexBits bits of a relative index, 1..16
     * @return another dump; codebook and activations are shared with this one
     */
    public Dump encodedFor(int numPes, int indexBits) {
        byte[] dense = InterleavedCscDecoder.decode(matrix);
        byte[] weights = new byte[Math.multiplyExact(numOutputs, numInputs())];
        byte[] biasCodes = new byte[numOutputs];
        for (int row = 0; row < numOutputs; row++) {
            int start = row * matrix.numColumns();
            System.arraycopy(dense, start, weights, row * numInputs(), numInputs());
            biasCodes[row] = dense[start + biasColumn()];
        }
        InterleavedCsc encoded =
                InterleavedCscBuilder.build(weights, numOutputs, numInputs(), numPes, indexBits, biasCodes);
        return new Dump(encoded, codebook, activations, numOutputs);
    }

    static int biasColumn(int numInputs, int numPes) {
        return Math.toIntExact(((long) numInputs + numPes - 1) / numPes * numPes);
    }
}
