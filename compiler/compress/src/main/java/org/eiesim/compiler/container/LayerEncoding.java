package org.eiesim.compiler.container;

/**
 * How one layer section is coded, and what its parts cost.
 *
 * @param scanOrder the order of the positions
 * @param indexBits bits of a relative index, 1..16
 * @param numEntries stored entries, padding included
 * @param numPadding padding entries
 * @param codebookBits bits of the stored codebook: {@code 32 * (codebookSize - 1)}
 * @param alphabetBits bits of the two tables of Huffman word lengths
 * @param codeWordBits bits of the entries' codebook indices
 * @param indexWordBits bits of the entries' relative indices
 */
public record LayerEncoding(
        ScanOrder scanOrder,
        int indexBits,
        int numEntries,
        int numPadding,
        long codebookBits,
        long alphabetBits,
        long codeWordBits,
        long indexWordBits) {
    /**
     * Returns the bits of tables and entries, the part that depends on index width and scan order.
     *
     * @return alphabets, codes and indices
     */
    public long streamBits() {
        return alphabetBits + codeWordBits + indexWordBits;
    }
}
