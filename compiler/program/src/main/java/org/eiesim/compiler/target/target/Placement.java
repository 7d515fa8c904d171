package org.eiesim.compiler.target;

/** Which PE owns which row of a matrix. Every PE owns as many rows of a tile as when they are interleaved. */
public enum Placement {
    /** Row {@code i} of a tile belongs to PE {@code i mod pes}. Source: EIE III-B. */
    INTERLEAVED,
    /** Rows go to PEs so that all hold about as many non-zero weights. */
    BALANCED_ENTRIES,
    /** Rows go to PEs so that all are expected to meet about as many of them, each weighted by how often its input is live. */
    BALANCED_LIVE
}
