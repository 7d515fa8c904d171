package org.eiesim.compiler.container;

import org.eiesim.models.network.Shape;

/**
 * What one layer of a container holds and costs: the columns of Deep Compression's Tables 2 to 5, and what
 * {@code inspect} shows besides. Also the sum over several layers, as in the last row of those tables.
 *
 * <p>The tables' stages: P is pruning alone; P+Q adds weight sharing with codes and indices of fixed width; P+Q+H adds
 * Huffman coding. The file itself is P+Q+H. What it would be at fixed widths is computed, at the index width that makes
 * that smallest: {@link #fixedIndexBits}, which need not be the file's {@link #indexBits}, because a Huffman code of a
 * wide index costs no more than one of a narrow index and needs less padding.
 *
 * @param name the layer's name
 * @param shape the weight tensor's shape; for a sum, {@code [weights]}
 * @param weights positions of the tensor
 * @param nonzeros weights that are not pruned
 * @param entries stored entries, padding included
 * @param padding padding entries
 * @param codebookSize entries of the codebook, the zero included; for a sum, of all codebooks
 * @param weightBits bits of a fixed-width code: {@code ceil(log2(codebookSize))}; for a sum, the largest
 * @param indexBits bits of a relative index in the file; for a sum, the largest
 * @param scanOrder order of the positions in the file; for a sum, of the first layer
 * @param codeWordBits bits of all Huffman words of codes
 * @param indexWordBits bits of all Huffman words of indices
 * @param fixedIndexBits the index width that makes the layer smallest at fixed widths; for a sum, the largest
 * @param fixedBits size at fixed widths: {@code fixedEntries * (weightBits + fixedIndexBits) + 32 * codebookSize},
 *     with as many entries as that index width needs
 * @param sectionBytes size in the file: the layer's whole section
 */
public record LayerStatistics(
        String name,
        Shape shape,
        long weights,
        long nonzeros,
        long entries,
        long padding,
        int codebookSize,
        int weightBits,
        int indexBits,
        ScanOrder scanOrder,
        long codeWordBits,
        long indexWordBits,
        int fixedIndexBits,
        long fixedBits,
        long sectionBytes) {
    private static final int FLOAT_BITS = 32;

    /**
     * Returns column P.
     *
     * @return {@code 100 * nonzeros / weights}, 0 where there are no weights
     */
    public double percentLeft() {
        return 100 * ratio(nonzeros, weights);
    }

    /**
     * Returns the mean length of a code's Huffman word.
     *
     * @return {@code codeWordBits / entries}, 0 where there are no entries
     */
    public double meanCodeBits() {
        return ratio(codeWordBits, entries);
    }

    /**
     * Returns the mean length of an index's Huffman word.
     *
     * @return {@code indexWordBits / entries}, 0 where there are no entries
     */
    public double meanIndexBits() {
        return ratio(indexWordBits, entries);
    }

    /**
     * Returns column P+Q: the size at fixed widths in percent of float32 weights.
     *
     * @return {@code 100 * fixedBits / (32 * weights)}
     */
    public double percentQuantized() {
        return 100 * ratio(fixedBits, FLOAT_BITS * weights);
    }

    /**
     * Returns column P+Q+H: the size in the file, tables included, in percent of float32 weights.
     *
     * @return {@code 100 * 8 * sectionBytes / (32 * weights)}
     */
    public double percentHuffman() {
        return 100 * ratio(Byte.SIZE * sectionBytes, FLOAT_BITS * weights);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** Returns this layer and another one taken together. */
    LayerStatistics plus(String sumName, LayerStatistics other) {
        long sum = weights + other.weights;
        return new LayerStatistics(
                sumName,
                Shape.of((int) Math.min(sum, Integer.MAX_VALUE)),
                sum,
                nonzeros + other.nonzeros,
                entries + other.entries,
                padding + other.padding,
                codebookSize + other.codebookSize,
                Math.max(weightBits, other.weightBits),
                Math.max(indexBits, other.indexBits),
                scanOrder,
                codeWordBits + other.codeWordBits,
                indexWordBits + other.indexWordBits,
                Math.max(fixedIndexBits, other.fixedIndexBits),
                fixedBits + other.fixedBits,
                sectionBytes + other.sectionBytes);
    }
}
