package org.eiesim.simulator.config;

/** Which PE owns which row of a matrix. */
public enum Placement {
    /** Row {@code i} belongs to PE {@code i mod pes}. Source: EIE III-B. */
    INTERLEAVED
}
