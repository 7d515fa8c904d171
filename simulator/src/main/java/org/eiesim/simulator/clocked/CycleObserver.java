package org.eiesim.simulator.clocked;

/** Watches the machine, for traces. Called in every cycle, after all components have been evaluated. */
public interface CycleObserver {
    /**
     * Sees one cycle.
     *
     * @param cycle number of the cycle within its product, from 0; a product starts where it is 0 again
     * @param array the machine in this cycle; valid during the call only
     */
    void observe(long cycle, ArrayState array);
}
