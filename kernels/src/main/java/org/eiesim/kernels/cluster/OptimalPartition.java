package org.eiesim.kernels.cluster;

/**
 * The partition of ascending points into {@code k} contiguous parts with the least squared error, by dynamic
 * programming: {@code D[c][j] = min over i of D[c-1][i] + cost(i, j)}. The best {@code i} never descends with {@code j},
 * so a row of {@code m} points takes {@code O(m log m)} by divide and conquer.
 *
 * <p>A point is a run of sorted values that is not divided: {@code cuts[p]} to {@code cuts[p + 1]}.
 *
 * <p>Source: H. Wang and M. Song, Ckmeans.1d.dp, 2011; A. Groenlund et al., Fast exact k-means in 1D, 2017.
 */
final class OptimalPartition {
    private final double[] sums;
    private final double[] squares;
    private final double[] counts;
    private final int[][] bestSplit;
    private double[] previous;
    private double[] current;

    private OptimalPartition(SortedValues values, int[] cuts, int numClusters) {
        int m = cuts.length - 1;
        sums = new double[m + 1];
        squares = new double[m + 1];
        counts = new double[m + 1];
        for (int p = 0; p <= m; p++) {
            sums[p] = values.sumBefore(cuts[p]);
            squares[p] = values.squaresBefore(cuts[p]);
            counts[p] = cuts[p];
        }
        bestSplit = new int[numClusters][m + 1];
        previous = new double[m + 1];
        current = new double[m + 1];
    }

    /**
     * Returns the centroids of the best partition.
     *
     * @param cuts ascending positions: 0, then where a part may end, then the number of values
     * @param numClusters parts, 1..cuts.length - 1
     */
    static double[] centroids(SortedValues values, int[] cuts, int numClusters) {
        OptimalPartition partition = new OptimalPartition(values, cuts, numClusters);
        int m = cuts.length - 1;
        for (int j = 1; j <= m; j++) {
            partition.previous[j] = partition.cost(0, j);
        }
        for (int c = 1; c < numClusters; c++) {
            // Of the last row only its last element is needed.
            int firstNeeded = c == numClusters - 1 ? m : c + 1;
            partition.fillRow(c, firstNeeded, m, c, m - 1);
            double[] swap = partition.previous;
            partition.previous = partition.current;
            partition.current = swap;
        }
        double[] centroids = new double[numClusters];
        int end = m;
        for (int c = numClusters - 1; c >= 0; c--) {
            int start = c == 0 ? 0 : partition.bestSplit[c][end];
            centroids[c] = values.mean(cuts[start], cuts[end]);
            end = start;
        }
        return centroids;
    }

    private double cost(int i, int j) {
        double sum = sums[j] - sums[i];
        return squares[j] - squares[i] - sum * sum / (counts[j] - counts[i]);
    }

    /** Fills elements low..high of row c, whose best splits lie in splitLow..splitHigh. */
    private void fillRow(int c, int low, int high, int splitLow, int splitHigh) {
        if (low > high) {
            return;
        }
        int j = (low + high) >>> 1;
        int last = Math.min(splitHigh, j - 1);
        int best = splitLow;
        double least = Double.POSITIVE_INFINITY;
        for (int i = splitLow; i <= last; i++) {
            double total = previous[i] + cost(i, j);
            if (total < least) {
                least = total;
                best = i;
            }
        }
        current[j] = least;
        bestSplit[c][j] = best;
        fillRow(c, low, j - 1, splitLow, best);
        fillRow(c, j + 1, high, best, splitHigh);
    }
}
