package org.eiesim.kernels.sparse;

/**
 * A sparse matrix of codebook indices in EIE's interleaved relative-index compressed-sparse-column layout.
 *
 * <p>Row {@code i} belongs to processing element (PE) {@code i mod numPes}, at local row {@code i / numPes}. For each
 * PE and column the stored entries follow one another: {@code codes[k][e]} is the codebook index and
 * {@code relativeIndices[k][e]} the number of this PE's rows that are zero before it. With {@code r = -1} at the start
 * of each column, entry {@code e} sits at local row {@code r += relativeIndices[k][e] + 1}. A run of more than
 * {@code 2^indexBits - 1} zeros is broken by padding entries: code 0 and relative index {@code 2^indexBits - 1}.
 *
 * <p>The arrays are owned by this object and are not copied; nobody may change them after construction.
 *
 * <p>Source: EIE III-B and Figure 3.
 *
 * @param numRows rows of the matrix, &ge; 0
 * @param numColumns columns of the matrix, &ge; 0
 * @param numPes processing elements, 1..4096
 * @param indexBits bits of a relative index, 1..16
 * @param columnStarts {@code [numPes][numColumns + 1]}: first entry of each column in the PE's stream, then the end
 * @param codes {@code [numPes][entries of the PE]}: unsigned codebook indices, 0 for padding
 * @param relativeIndices {@code [numPes][entries of the PE]}: unsigned zero counts
 */
public record InterleavedCsc(
        int numRows,
        int numColumns,
        int numPes,
        int indexBits,
        int[][] columnStarts,
        byte[][] codes,
        short[][] relativeIndices) {

    /**
     * Returns how many entries all PEs store, padding included.
     *
     * @return the sum over the PEs
     */
    public long numEntries() {
        long sum = 0;
        for (byte[] stream : codes) {
            sum += stream.length;
        }
        return sum;
    }

    /**
     * Returns how many rows a PE owns.
     *
     * @param pe the PE, 0..numPes-1
     * @return {@code ceil((numRows - pe) / numPes)}, not below 0
     */
    public int numLocalRows(int pe) {
        return numRows <= pe ? 0 : (numRows - pe - 1) / numPes + 1;
    }
}
