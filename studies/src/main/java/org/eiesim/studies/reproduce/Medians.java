package org.eiesim.studies.reproduce;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What several draws of a layer have in common, and what several layers. */
final class Medians {
    private Medians() {}

    /** Returns the median of a number over all draws; of an even number of draws the mean of the middle two. */
    static <T> double of(List<T> draws, ToDoubleFunction<T> number) {
        double[] sorted = draws.stream().mapToDouble(number).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double geometricMean(double[] values) {
        double logs = 0;
        for (double value : values) {
            logs += Math.log(value);
        }
        return Math.exp(logs / values.length);
    }
}
