package org.eiesim.simulator.stats;

import java.util.function.ToDoubleFunction;
import org.eiesim.simulator.machine.EventRecord;

/**
 * A share that a run reports, computed from its counts.
 *
 * @param name its key in JSON and its heading in tables
 * @param formula how it is computed from statistics, as documents show it
 * @param text what it means
 * @param value the share, 0..1, of a record
 */
public record Ratio(String name, String formula, String text, ToDoubleFunction<EventRecord> value) {
    /**
     * Computes the share.
     *
     * @param events a run's record
     * @return 0..1
     */
    public double of(EventRecord events) {
        return value.applyAsDouble(events);
    }
}
