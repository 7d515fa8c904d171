package org.eiesim.compiler.container;

import org.eiesim.compiler.compress.CompressedLayer;

/**
 * Finds the scan order and index width that make a layer section smallest, by computing the exact size of every
 * combination from histograms; only the winner is coded. At equal size the narrower index wins, then row-major.
 */
final class EncodingSearch {
    private final CompressedLayer layer;
    private final long[] codeFrequencies;
    private final int numNonzeros;

    private EncodingSearch(CompressedLayer layer) {
        this.layer = layer;
        this.codeFrequencies = new long[layer.codebook().length];
        int nonzeros = 0;
        for (byte code : layer.codes()) {
            if (code != 0) {
                codeFrequencies[code & 0xFF]++;
                nonzeros++;
            }
        }
        this.numNonzeros = nonzeros;
    }

    /** Returns the smallest encoding of a layer. */
    static LayerEncoding smallest(CompressedLayer layer) {
        EncodingSearch search = new EncodingSearch(layer);
        LayerEncoding best = search.smallest(ScanOrder.ROW_MAJOR);
        if (!Scan.isOneDimensional(layer.shape())) {
            LayerEncoding other = search.smallest(ScanOrder.COLUMN_MAJOR);
            boolean smaller = other.streamBits() < best.streamBits();
            boolean narrower = other.streamBits() == best.streamBits() && other.indexBits() < best.indexBits();
            return smaller || narrower ? other : best;
        }
        return best;
    }

    private LayerEncoding smallest(ScanOrder order) {
        GapHistogram gaps = new GapHistogram(Scan.toScanOrder(layer.codes(), layer.shape(), order));
        LayerEncoding best = encoding(order, gaps, 1);
        for (int bits = 2; bits <= EieFormat.MAX_INDEX_BITS && !gaps.reachesAll(bits - 1); bits++) {
            LayerEncoding candidate = encoding(order, gaps, bits);
            if (candidate.streamBits() < best.streamBits()) {
                best = candidate;
            }
        }
        return best;
    }

    private LayerEncoding encoding(ScanOrder order, GapHistogram gaps, int indexBits) {
        int padding = gaps.numPadding(indexBits);
        long codebookBits = 32L * (layer.codebook().length - 1);
        if (numNonzeros == 0) {
            return new LayerEncoding(order, indexBits, 0, 0, codebookBits, 0, 0, 0);
        }
        long[] indexFrequencies = gaps.indexFrequencies(indexBits);
        codeFrequencies[0] = padding;
        EntryCode codes = EntryCode.of(codeFrequencies);
        EntryCode indices = EntryCode.of(indexFrequencies);
        return new LayerEncoding(
                order,
                indexBits,
                numNonzeros + padding,
                padding,
                codebookBits,
                codes.alphabetBits() + indices.alphabetBits(),
                codes.wordBits(codeFrequencies),
                indices.wordBits(indexFrequencies));
    }
}
