package org.eiesim.kernels.cluster;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.eiesim.kernels.check.Ranges;

/**
 * Clustering of numbers: centroids {@code c} that make {@code sum over values v of min over j of (v - c[j])^2} small.
 * Values are sorted once; after that an iteration looks at cluster borders only.
 *
 * <p>Source: Deep Compression section 3.1 and 3.2.
 */
public final class KMeans1d {
    /** Table cells up to which {@link Initialization#OPTIMAL} is exact: distinct values times clusters. */
    public static final int EXACT_CELLS = 1 << 24;

    /** The most clusters. */
    public static final int MAX_CLUSTERS = 1024;

    /** Where there are more: how many places for cluster borders the coarse partition tries, of either kind. */
    private static final int COARSE_CUTS = 1 << 13;

    private KMeans1d() {}

    /**
     * A clustering.
     *
     * @param centroids strictly ascending; owned by the record
     * @param squaredError sum over the values of the squared distance to their centroid
     * @param iterations Lloyd iterations that led to it, the one that found nothing to move included
     */
    public record Result(float[] centroids, double squaredError, int iterations) {}

    /**
     * Clusters values.
     *
     * <p>{@link Initialization#LINEAR}, {@code DENSITY} and {@code RANDOM} run Lloyd's iteration to its fixed point;
     * clusters left empty there are put where the error is largest and the iteration goes on, so the result is never
     * worse than the plain iteration's. {@code OPTIMAL} is the global optimum where distinct values times {@code k} is
     * at most {@link #EXACT_CELLS}. Beyond, it is the best of four runs of Lloyd's iteration: from the optimum over a
     * coarse grid of cluster borders and from the other three starts, hence never worse than any of them.
     *
     * @param values at least one, all finite; not changed
     * @param k the number of clusters wanted, 1..1024
     * @param initialization where the centroids start
     * @param seed of {@code RANDOM}'s draw
     * @return the clustering; it has {@code min(k, distinct values)} centroids
     * @throws IllegalArgumentException if there are no values, one is not finite, or k is out of range
     */
    public static Result cluster(float[] values, int k, Initialization initialization, long seed) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values to cluster");
        }
        Ranges.requireWithin("k", k, 1, MAX_CLUSTERS);
        SortedValues sorted = new SortedValues(values);
        int clusters = Math.min(k, sorted.countDistinct(k));
        return switch (initialization) {
            case LINEAR -> Lloyd.run(sorted, linearStart(sorted, clusters));
            case DENSITY -> Lloyd.run(sorted, densityStart(sorted, clusters));
            case RANDOM -> Lloyd.run(sorted, randomStart(sorted, clusters, seed));
            case OPTIMAL -> optimal(sorted, clusters, seed);
        };
    }

    private static Result optimal(SortedValues values, int k, long seed) {
        int limit = EXACT_CELLS / k;
        if (values.countDistinct(limit + 1) <= limit) {
            return Lloyd.run(values, OptimalPartition.centroids(values, distinctCuts(values), k));
        }
        Result best = Lloyd.run(values, OptimalPartition.centroids(values, coarseCuts(values), k));
        double[][] starts = {linearStart(values, k), densityStart(values, k), randomStart(values, k, seed)};
        for (double[] start : starts) {
            Result other = Lloyd.run(values, start);
            if (other.squaredError() < best.squaredError()) {
                best = other;
            }
        }
        return best;
    }

    static double[] linearStart(SortedValues values, int k) {
        double low = values.get(0);
        double high = values.get(values.size() - 1);
        double[] start = new double[k];
        for (int c = 0; c < k; c++) {
            start[c] = k == 1 ? (low + high) / 2 : low + (high - low) * c / (k - 1);
        }
        return start;
    }

    static double[] densityStart(SortedValues values, int k) {
        double[] start = new double[k];
        for (int c = 0; c < k; c++) {
            start[c] = values.get((int) ((c + 0.5) / k * values.size()));
        }
        return start;
    }

    /** Values at positions drawn without replacement by Floyd's method. */
    static double[] randomStart(SortedValues values, int k, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Integer> drawn = new LinkedHashSet<>();
        for (int last = values.size() - k; last < values.size(); last++) {
            int position = random.nextInt(last + 1);
            if (!drawn.add(position)) {
                drawn.add(last);
            }
        }
        return drawn.stream().mapToDouble(values::get).toArray();
    }

    private static int[] distinctCuts(SortedValues values) {
        int[] cuts = new int[values.countDistinct(Integer.MAX_VALUE) + 1];
        int count = 1;
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i) != values.get(i - 1)) {
                cuts[count++] = i;
            }
        }
        cuts[count] = values.size();
        return cuts;
    }

    /** Borders at equal numbers of values and at equal steps of value: the first fit the bulk, the second the tails. */
    private static int[] coarseCuts(SortedValues values) {
        int n = values.size();
        int numSteps = Math.min(COARSE_CUTS, n);
        int[] cuts = new int[2 * numSteps + 2];
        double low = values.get(0);
        double high = values.get(n - 1);
        for (int step = 1; step < numSteps; step++) {
            cuts[2 * step] = (int) ((long) n * step / numSteps);
            cuts[2 * step + 1] = values.firstAbove(low + (high - low) * step / numSteps, 0);
        }
        // Steps begin at 1, so the first two places are free for the ends.
        cuts[0] = 0;
        cuts[1] = n;
        return Arrays.stream(cuts).sorted().distinct().toArray();
    }

    /**
     * Finds the nearest centroid of each value; of two equally near ones the lower.
     *
     * @param values none NaN; not changed
     * @param centroids 1..256, strictly ascending, finite; not changed
     * @return an unsigned centroid index per value; a new array
     * @throws IllegalArgumentException if a value is NaN or the centroids are not as required
     */
    public static byte[] assign(float[] values, float[] centroids) {
        float[] borders = borders(centroids);
        byte[] codes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            if (Float.isNaN(value)) {
                throw new IllegalArgumentException("value " + i + " is NaN");
            }
            int below = 0;
            for (int step = (borders.length + 1) >> 1; step > 0; step >>= 1) {
                below += borders[below + step - 1] < value ? step : 0;
            }
            codes[i] = (byte) below;
        }
        return codes;
    }

    /**
     * The largest float that still belongs to each centroid but the last, filled up with infinities to
     * {@code 2^b - 1}, so that a search takes the same {@code b} steps for every value.
     */
    private static float[] borders(float[] centroids) {
        Ranges.requireWithin("number of centroids", centroids.length, 1, 256);
        int size = Integer.highestOneBit(2 * centroids.length - 1) - 1;
        float[] borders = new float[size];
        Arrays.fill(borders, Float.POSITIVE_INFINITY);
        for (int c = 0; c < centroids.length; c++) {
            if (!Float.isFinite(centroids[c]) || (c > 0 && !(centroids[c] > centroids[c - 1]))) {
                throw new IllegalArgumentException("centroids must be finite and ascend, but centroid " + c + " is "
                        + centroids[c] + (c > 0 ? " after " + centroids[c - 1] : ""));
            }
            if (c > 0) {
                double middle = ((double) centroids[c - 1] + centroids[c]) / 2;
                float border = (float) middle;
                borders[c - 1] = border > middle ? Math.nextDown(border) : border;
            }
        }
        return borders;
    }
}
