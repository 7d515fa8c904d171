package org.eiesim.simulator.energy;

import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.TransferCounts;

/**
 * Something that costs energy each time it happens.
 *
 * @param component where
 * @param name its name, unique within the component
 * @param counter how often it happened in a run, all PEs together
 * @param energyPj what one costs
 * @param isSramAccess whether it reads or writes an SRAM
 */
public record Action(Component component, String name, Counter counter, Figure energyPj, boolean isSramAccess) {
    Action(Component component, String name, Counter counter, Figure energyPj) {
        this(component, name, counter, energyPj, false);
    }

    static Action ofSram(Component component, String name, Counter counter, Figure energyPj) {
        return new Action(component, name, counter, energyPj, true);
    }

    /** Counts an action from what a run reports. */
    @FunctionalInterface
    public interface Counter {
        /**
         * Counts.
         *
         * @param events the run's events
         * @param transfers the run's transfers
         * @return how often the action happened
         */
        long count(EventRecord events, TransferCounts transfers);
    }
}
