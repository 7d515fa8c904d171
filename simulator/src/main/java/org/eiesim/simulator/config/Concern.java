package org.eiesim.simulator.config;

import org.eiesim.compiler.parameter.Reach;

/**
 * The first thing a parameter of the machine changes. What comes later in this order may change with it: another program
 * computes other sums, other values leave other inputs live, other counts cost other energy.
 */
public enum Concern implements Reach {
    /** The program a network is lowered to. */
    LOWERING,
    /** The values computed. */
    NUMBERS,
    /** Cycles and event counts. */
    TIMING,
    /** Time in seconds, energy and area, computed from the event counts. */
    COST;

    @Override
    public String heading() {
        return "concerns";
    }
}
