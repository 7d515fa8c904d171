package org.eiesim.kernels.cluster;

/**
 * Values in ascending order with running sums, so that mean and squared error of any contiguous part cost a few
 * operations. Sums are taken about the mean of all values, which keeps their cancellation small.
 */
final class SortedValues {
    private final float[] values;
    private final double centre;

    /** {@code [n + 1]}: sums of {@code value - centre} and of its square before each position. */
    private final double[] sums;

    private final double[] squares;

    SortedValues(float[] unsorted) {
        values = FloatSort.sorted(unsorted);
        double total = 0;
        for (float value : values) {
            total += value;
        }
        centre = total / values.length;
        sums = new double[values.length + 1];
        squares = new double[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            double shifted = values[i] - centre;
            sums[i + 1] = sums[i] + shifted;
            squares[i + 1] = squares[i] + shifted * shifted;
        }
    }

    int size() {
        return values.length;
    }

    float get(int index) {
        return values[index];
    }

    /** Sum of {@code value - centre} before a position. */
    double sumBefore(int index) {
        return sums[index];
    }

    /** Sum of {@code (value - centre)^2} before a position. */
    double squaresBefore(int index) {
        return squares[index];
    }

    /** Mean of the values from a position up to another, which must be larger. */
    double mean(int from, int to) {
        return centre + (sums[to] - sums[from]) / (to - from);
    }

    /** The same mean summed value by value: exactly the value where all are equal, never outside the part's range. */
    double directMean(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return Math.max(values[from], Math.min(values[to - 1], sum / (to - from)));
    }

    /** The first position at or after {@code from} whose value exceeds the bound. */
    int firstAbove(double bound, int from) {
        int low = from;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] > bound) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Squared error of the part about a centroid, summed value by value. */
    double squaredError(int from, int to, double centroid) {
        double error = 0;
        for (int i = from; i < to; i++) {
            double distance = values[i] - centroid;
            error += distance * distance;
        }
        return error;
    }

    /** Counts distinct values, up to a limit. */
    int countDistinct(int limit) {
        int count = 1;
        for (int i = 1; i < values.length && count < limit; i++) {
            count += values[i] == values[i - 1] ? 0 : 1;
        }
        return count;
    }
}
