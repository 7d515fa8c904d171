package org.eiesim.studies.reproduce;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eiesim.kernels.cluster.Initialization;
import org.eiesim.kernels.cluster.KMeans1d;
import org.eiesim.kernels.huffman.HuffmanCode;

/**
 * The size of a layer stored as Deep Compression stores it, for weights drawn at random: zeros independent of one another,
 * the others from a normal distribution of which only the tails are left, as pruning by magnitude leaves them.
 *
 * <pre>
 *   size = entries (code bits + index bits) + codebook,  entries = non-zeros + fillers
 *   filler: a difference of positions above 2^indexBits takes one more entry for each 2^indexBits of it
 * </pre>
 *
 * <p>Source: Deep Compression section 3, Tables 2 to 5.
 */
final class SyntheticStorage {
    /** Larger layers are drawn in part: their shares do not change. */
    private static final int MAX_DRAWN = 2_000_000;

    private static final int MAX_CLUSTERED = 50_000;
    private static final int FLOAT_BITS = 32;
    private static final int MAX_CODE_LENGTH = 30;

    private final long weights;
    private final double density;
    private final int codeBits;
    private final int indexBits;
    private final SplittableRandom random;

    SyntheticStorage(long weights, double density, int codeBits, int indexBits, long seed) {
        this.weights = weights;
        this.density = density;
        this.codeBits = codeBits;
        this.indexBits = indexBits;
        random = new SplittableRandom(seed);
    }

    /**
     * A size.
     *
     * @param sharedBits codes and indices of fixed length, with the codebook
     * @param huffmanBits both Huffman coded, with the codebook
     */
    record Size(double sharedBits, double huffmanBits) {}

    Size measure() {
        int drawn = (int) Math.min(weights, MAX_DRAWN);
        long[] codes = new long[1 << codeBits];
        long[] indices = new long[1 << indexBits];
        int span = 1 << indexBits;
        int nonZeros = 0;
        int gap = 0;
        for (int i = 0; i < drawn; i++) {
            if (random.nextDouble() < density) {
                // Code 0 is the filler's.
                codes[0] += gap / span;
                indices[span - 1] += gap / span;
                indices[gap % span]++;
                nonZeros++;
                gap = 0;
            } else {
                gap++;
            }
        }
        countCodes(nonZeros, codes);
        double scale = (double) weights / drawn;
        long entries = Arrays.stream(codes).sum();
        double codebook = (double) FLOAT_BITS * (1 << codeBits);
        return new Size(
                scale * entries * (codeBits + indexBits) + codebook,
                scale * (encodedBits(codes) + encodedBits(indices)) + codebook);
    }

    private void countCodes(int nonZeros, long[] codes) {
        float[] values = tails(Math.max(1, Math.min(nonZeros, MAX_CLUSTERED)));
        int shared = codes.length - 1;
        float[] centroids =
                KMeans1d.cluster(values, shared, Initialization.LINEAR, 0).centroids();
        long[] counts = new long[centroids.length];
        for (byte code : KMeans1d.assign(values, centroids)) {
            counts[code & 0xFF]++;
        }
        for (int i = 0; i < counts.length; i++) {
            codes[i + 1] += Math.round(counts[i] * (double) nonZeros / values.length);
        }
    }

    /** Draws from a normal distribution the values so large that only {@code density} of all values are. */
    private float[] tails(int count) {
        // Rejection would throw most draws away, so as many normal values as needed are drawn and the largest kept.
        int draws = (int) Math.ceil(count / density);
        double[] magnitudes = new double[draws];
        for (int i = 0; i < draws; i++) {
            magnitudes[i] = Math.abs(normal());
        }
        Arrays.sort(magnitudes);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double magnitude = magnitudes[draws - 1 - i];
            values[i] = (float) (random.nextBoolean() ? magnitude : -magnitude);
        }
        return values;
    }

    private double normal() {
        return Math.sqrt(-2 * Math.log1p(-random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static double encodedBits(long[] frequencies) {
        return HuffmanCode.fromFrequencies(frequencies, MAX_CODE_LENGTH).encodedBits(frequencies);
    }
}
