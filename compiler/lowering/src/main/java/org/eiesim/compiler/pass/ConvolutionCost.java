package org.eiesim.compiler.pass;

import org.eiesim.compiler.ir.SharedWeights;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.nn.Winograd;

/**
 * Estimates what a convolution takes, directly and as Winograd's 16 products, before it is placed or tiled. A product takes
 *
 * <pre>
 *     8 + live share * max over PEs of (sum over columns of max(1, entries of the column in the PE))
 * </pre>
 *
 * cycles: a PE takes one cycle for each entry, padding included, and one for a live column that is empty; queues are taken to
 * be long enough. The operations of the host are added as if every PE did one a cycle.
 */
final class ConvolutionCost {
    /** From the first broadcast to the first entry, and from the last entry to the last write. */
    private static final int FILL_AND_DRAIN_CYCLES = 8;

    /** Inputs that an element of a transformed tile is the sum of. */
    private static final int INPUTS_OF_AN_ELEMENT = 4;

    private final Target target;
    private final double liveShare;

    /**
     * Makes an estimate.
     *
     * @param target the machine
     * @param liveShare share of the convolution's inputs that are live, 0..1
     */
    ConvolutionCost(Target target, double liveShare) {
        this.target = target;
        this.liveShare = liveShare;
    }

    /** Returns the cycles of one product per pixel over the patches the host lays out. */
    double direct(SharedWeights weights, int numPixels) {
        boolean[] stored = new boolean[weights.codes().length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = weights.codes()[i] != 0;
        }
        double product = product(stored, 0, weights.outputs(), weights.columns(), liveShare);
        return numPixels * (product + (double) weights.columns() / target.numPes());
    }

    /** Returns the cycles of 16 products per tile and of the transforms before and behind them. */
    double winograd(float[] transformed, int numOutputs, int numChannels, int numTiles) {
        boolean[] stored = new boolean[transformed.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = transformed[i] != 0;
        }
        double liveElements = LiveEstimate.any(liveShare, INPUTS_OF_AN_ELEMENT);
        double tile = (double) (Winograd.INPUT_ADDITIONS * numChannels + Winograd.OUTPUT_ADDITIONS * numOutputs)
                / target.numPes();
        for (int product = 0; product < Winograd.NUM_PRODUCTS; product++) {
            tile += product(stored, product * numOutputs * numChannels, numOutputs, numChannels, liveElements);
        }
        return numTiles * tile;
    }

    private double product(boolean[] stored, int start, int numRows, int numColumns, double share) {
        long busiest = 0;
        for (int pe = 0; pe < target.numPes(); pe++) {
            int[] entries = new int[numColumns];
            int[] next = new int[numColumns];
            for (int row = pe; row < numRows; row += target.numPes()) {
                int local = row / target.numPes();
                int at = start + row * numColumns;
                for (int column = 0; column < numColumns; column++) {
                    if (stored[at + column]) {
                        entries[column] += 1 + ((local - next[column]) >> target.indexBits());
                        next[column] = local + 1;
                    }
                }
            }
            long busy = 0;
            for (int count : entries) {
                busy += Math.max(1, count);
            }
            busiest = Math.max(busiest, busy);
        }
        return FILL_AND_DRAIN_CYCLES + share * busiest;
    }
}
