package org.eiesim.simulator.machine;

import org.eiesim.compiler.isa.HostKind;

/**
 * What one host operation did over all inputs of a run.
 *
 * @param name the value it yields
 * @param kind what it computes
 * @param values values it yielded
 * @param operations arithmetic operations, comparisons and moves of single values, as {@link
 *     org.eiesim.compiler.program.HostShape} counts them
 * @param saturations values that did not fit their fixed-point format and were clipped
 * @param outputs how large the values were, before clipping
 */
public record HostRun(String name, HostKind kind, long values, long operations, long saturations, Magnitudes outputs) {
    /**
     * Returns the largest magnitude among the values, before clipping.
     *
     * @return 0 where there are none
     */
    public double maxOutput() {
        return outputs.max();
    }
}
