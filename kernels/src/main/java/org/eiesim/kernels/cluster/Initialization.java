package org.eiesim.kernels.cluster;

/** Where the centroids of a clustering start. Source: Deep Compression section 3.2, figure 3. */
public enum Initialization {
    /** Equal steps from the smallest to the largest value: keeps the few large weights represented. */
    LINEAR,
    /** Equal steps of the cumulative distribution: the quantiles {@code (i + 1/2) / k}. */
    DENSITY,
    /** Forgy: {@code k} of the values, drawn without replacement. */
    RANDOM,
    /** The least squared error over all partitions, by dynamic programming. */
    OPTIMAL
}
