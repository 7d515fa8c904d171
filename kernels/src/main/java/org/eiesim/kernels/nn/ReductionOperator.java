package org.eiesim.kernels.nn;

/** What several elements are combined into. */
public enum ReductionOperator {
    /** Their mean. */
    MEAN,
    /** Their sum. */
    SUM,
    /** The largest. */
    MAXIMUM,
    /** The smallest. */
    MINIMUM
}
