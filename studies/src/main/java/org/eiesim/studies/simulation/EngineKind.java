package org.eiesim.studies.simulation;

import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.exact.ExactEngine;
import org.eiesim.simulator.machine.Engine;

/** The engines that yield cycles. Both yield the same outputs and the same event record. */
public enum EngineKind {
    /** Solves the machine's recurrences. */
    EXACT,
    /** Ticks the machine component by component. */
    CLOCKED;

    /**
     * Makes an engine.
     *
     * @return a new engine
     */
    public Engine create() {
        return switch (this) {
            case EXACT -> new ExactEngine();
            case CLOCKED -> new ClockedEngine();
        };
    }
}
