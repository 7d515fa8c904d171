package org.eiesim.simulator.trace;

import org.jspecify.annotations.Nullable;

/**
 * Which product of a program's run a trace shows.
 *
 * @param layer name of the layer, or null for the first that runs products
 * @param product number of the product within the layer's run for one input, from 0: tile after tile for every vector
 */
public record TraceTarget(@Nullable String layer, int product) {
    /** The first product of the first layer. */
    public static final TraceTarget FIRST = new TraceTarget(null, 0);

    /** Checks the number. */
    public TraceTarget {
        if (product < 0) {
            throw new IllegalArgumentException("a trace of product " + product + "; products are numbered from 0");
        }
    }
}
