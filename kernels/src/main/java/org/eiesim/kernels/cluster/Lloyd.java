package org.eiesim.kernels.cluster;

import java.util.Arrays;

/**
 * Lloyd's iteration on sorted values: a cluster is a contiguous part, so an iteration costs {@code O(k log n)}.
 *
 * <p>It first runs to its fixed point, clusters that have become empty keeping their centroid. Then an empty cluster,
 * as long as there is one, takes the value farthest from its centroid, and the iteration goes on. Every step lowers the
 * squared error, so the result is never worse than the plain iteration's from the same start.
 */
final class Lloyd {
    /** Far above what was ever seen; bounds the time should rounding make two partitions alternate. */
    private static final int MAX_ITERATIONS = 1_000_000;

    private final SortedValues values;

    /** Ascending. */
    private double[] centroids;

    /** {@code [k + 1]}: cluster c holds the positions bounds[c] up to bounds[c + 1]. */
    private int[] bounds;

    private int iterations;

    private Lloyd(SortedValues values, double[] start) {
        this.values = values;
        this.centroids = start.clone();
        Arrays.sort(this.centroids);
        this.bounds = partition(this.centroids);
    }

    /**
     * Runs from a start.
     *
     * @param start the first centroids, in any order; not changed
     */
    static KMeans1d.Result run(SortedValues values, double[] start) {
        Lloyd lloyd = new Lloyd(values, start);
        lloyd.iterateToFixedPoint();
        while (lloyd.iterations < MAX_ITERATIONS && lloyd.fillEmptyCluster()) {
            lloyd.iterateToFixedPoint();
        }
        return lloyd.result();
    }

    private int[] partition(double[] ascending) {
        int[] parts = new int[ascending.length + 1];
        for (int c = 1; c < ascending.length; c++) {
            parts[c] = values.firstAbove((ascending[c - 1] + ascending[c]) / 2, parts[c - 1]);
        }
        parts[ascending.length] = values.size();
        return parts;
    }

    private void iterateToFixedPoint() {
        boolean moved = true;
        while (moved && iterations < MAX_ITERATIONS) {
            iterations++;
            for (int c = 0; c < centroids.length; c++) {
                if (bounds[c + 1] > bounds[c]) {
                    centroids[c] = values.mean(bounds[c], bounds[c + 1]);
                }
            }
            int[] next = partition(centroids);
            moved = !Arrays.equals(next, bounds);
            bounds = next;
        }
    }

    /** Gives an empty cluster the value farthest from its centroid; false if none is empty or every value is one. */
    private boolean fillEmptyCluster() {
        int empty = -1;
        double farthest = -1;
        float value = 0;
        for (int c = 0; c < centroids.length; c++) {
            if (bounds[c] == bounds[c + 1]) {
                empty = c;
                continue;
            }
            float first = values.get(bounds[c]);
            float last = values.get(bounds[c + 1] - 1);
            if (first == last) {
                continue;
            }
            if (centroids[c] - first > farthest) {
                farthest = centroids[c] - first;
                value = first;
            }
            if (last - centroids[c] > farthest) {
                farthest = last - centroids[c];
                value = last;
            }
        }
        if (empty < 0 || farthest < 0) {
            return false;
        }
        centroids[empty] = value;
        Arrays.sort(centroids);
        bounds = partition(centroids);
        return true;
    }

    private KMeans1d.Result result() {
        float[] kept = new float[centroids.length];
        int count = 0;
        double error = 0;
        for (int c = 0; c < centroids.length; c++) {
            if (bounds[c + 1] > bounds[c]) {
                kept[count] = (float) values.directMean(bounds[c], bounds[c + 1]);
                error += values.squaredError(bounds[c], bounds[c + 1], kept[count]);
                count++;
            }
        }
        return new KMeans1d.Result(Arrays.copyOf(kept, count), error, iterations);
    }
}
