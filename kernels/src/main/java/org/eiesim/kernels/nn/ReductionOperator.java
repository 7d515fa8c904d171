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
    MINIMUM,
    /** Their product. */
    PRODUCT,
    /** The position of the largest, the first of several, counted from 0 in C order. */
    ARG_MAXIMUM,
    /** The position of the smallest, the first of several, counted from 0 in C order. */
    ARG_MINIMUM
}
