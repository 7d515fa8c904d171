package org.eiesim.simulator.config;

/** Whether the leakage of memories is part of a run's energy and power. */
public enum LeakageUse {
    /** Named beside them, in none of their sums: the sources of its figures disagree by far (docs/energy.md). */
    APART,
    /** Counted for as long as the run takes with transfers. */
    INCLUDED
}
