package org.eiesim.kernels.huffman;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Length-limited optimal prefix codes. The coin collector's view: level 1 holds the symbols by ascending weight; each
 * further level merges the symbols with the pairs ("packages") of the level before; the {@code 2n - 2} lightest items
 * of the last level, their packages opened again, hold each symbol as often as its code has bits.
 *
 * <p>Source: L. Larmore and D. Hirschberg, A fast algorithm for optimal length-limited Huffman codes, 1990.
 */
final class PackageMerge {
    /** Every package holds a symbol at most once a level, so weights stay below this times the levels. */
    private static final long MAX_TOTAL = Long.MAX_VALUE / 64;

    private PackageMerge() {}

    static int[] lengths(long[] frequencies, int maxLengthBits) {
        int[] symbols = symbolsByFrequency(frequencies);
        int n = symbols.length;
        int[] lengths = new int[frequencies.length];
        if (n == 0) {
            return lengths;
        }
        if (n == 1) {
            lengths[symbols[0]] = 1;
            return lengths;
        }
        if (n > 1L << maxLengthBits) {
            throw new IllegalArgumentException(n + " symbols have no code of at most " + maxLengthBits + " bits");
        }
        long[] leaves = new long[n];
        for (int i = 0; i < n; i++) {
            leaves[i] = frequencies[symbols[i]];
        }
        BitSet[] isPackage = mergeLevels(leaves, maxLengthBits);
        int taken = 2 * n - 2;
        for (int level = maxLengthBits - 1; level >= 0 && taken > 0; level--) {
            int packages = isPackage[level].get(0, taken).cardinality();
            for (int i = 0; i < taken - packages; i++) {
                lengths[symbols[i]]++;
            }
            taken = 2 * packages;
        }
        return lengths;
    }

    /** For every level, which of its items, by ascending weight, are packages. */
    private static BitSet[] mergeLevels(long[] leaves, int numLevels) {
        BitSet[] isPackage = new BitSet[numLevels];
        isPackage[0] = new BitSet();
        long[] previous = leaves;
        for (int level = 1; level < numLevels; level++) {
            int numPackages = previous.length / 2;
            long[] merged = new long[leaves.length + numPackages];
            BitSet marks = new BitSet(merged.length);
            int leaf = 0;
            int pack = 0;
            for (int i = 0; i < merged.length; i++) {
                long weight = pack < numPackages ? previous[2 * pack] + previous[2 * pack + 1] : Long.MAX_VALUE;
                if (leaf < leaves.length && leaves[leaf] <= weight) {
                    merged[i] = leaves[leaf++];
                } else {
                    merged[i] = weight;
                    marks.set(i);
                    pack++;
                }
            }
            isPackage[level] = marks;
            previous = merged;
        }
        return isPackage;
    }

    /** The symbols that occur, by ascending frequency, then ascending symbol. */
    private static int[] symbolsByFrequency(long[] frequencies) {
        long total = 0;
        int used = 0;
        for (int symbol = 0; symbol < frequencies.length; symbol++) {
            long frequency = frequencies[symbol];
            if (frequency < 0 || frequency > MAX_TOTAL - total) {
                throw new IllegalArgumentException("symbol " + symbol + " has frequency " + frequency
                        + "; frequencies must not be negative nor exceed " + MAX_TOTAL + " together");
            }
            total += frequency;
            used += frequency > 0 ? 1 : 0;
        }
        Integer[] order = new Integer[used];
        for (int symbol = 0, i = 0; symbol < frequencies.length; symbol++) {
            if (frequencies[symbol] > 0) {
                order[i++] = symbol;
            }
        }
        Arrays.sort(order, (a, b) -> Long.compare(frequencies[a], frequencies[b]));
        int[] symbols = new int[used];
        Arrays.setAll(symbols, i -> order[i]);
        return symbols;
    }
}
