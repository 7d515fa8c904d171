package org.eiesim.compiler.compress.quantize;

import java.util.Arrays;
import org.eiesim.kernels.cluster.Initialization;
import org.eiesim.kernels.cluster.KMeans1d;

/**
 * Numbers that share a codebook: entry 0 is exactly zero, the others are the centroids of k-means over the numbers that are
 * not zero, ascending. Zeros stay zeros. Fewer different numbers than entries give a smaller codebook that holds them
 * exactly.
 *
 * <p>Source: Deep Compression section 3.
 *
 * @param codebook the shared values, at least two; not copied
 * @param codes unsigned codebook indices, one per number; not copied
 */
public record SharedValues(float[] codebook, byte[] codes) {
    /**
     * Shares a codebook.
     *
     * @param values finite numbers; not changed
     * @param numEntries entries of the codebook at most, zero included, 2..256
     * @param start where k-means starts
     * @param seed of a random start
     * @return the codebook and the codes
     */
    public static SharedValues of(float[] values, int numEntries, Initialization start, long seed) {
        float[] nonzeros = nonzeros(values);
        float[] centroids = new float[0];
        if (nonzeros.length > 0) {
            centroids = KMeans1d.cluster(nonzeros, numEntries - 1, start, seed).centroids();
        }
        return new SharedValues(codebook(centroids), codes(values, nonzeros, centroids));
    }

    private static float[] nonzeros(float[] values) {
        float[] nonzeros = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (value != 0) {
                nonzeros[count++] = value;
            }
        }
        return Arrays.copyOf(nonzeros, count);
    }

    /** Entry 0, then the centroids; zeros alone get a second zero, as a codebook has two entries or more. */
    private static float[] codebook(float[] centroids) {
        float[] codebook = new float[Math.max(2, centroids.length + 1)];
        System.arraycopy(centroids, 0, codebook, 1, centroids.length);
        return codebook;
    }

    private static byte[] codes(float[] values, float[] nonzeros, float[] centroids) {
        byte[] codes = new byte[values.length];
        if (nonzeros.length == 0) {
            return codes;
        }
        byte[] clusters = KMeans1d.assign(nonzeros, centroids);
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                codes[i] = (byte) ((clusters[next++] & 0xFF) + 1);
            }
        }
        return codes;
    }
}
