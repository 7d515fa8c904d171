package org.eiesim.simulator.stats;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.eiesim.simulator.machine.EventRecord;
import org.jspecify.annotations.Nullable;

/**
 * One number a run reports.
 *
 * @param name its key in JSON and its heading in tables
 * @param unit what is counted
 * @param text what it means
 * @param total the number, over all PEs
 * @param perPe the number of each PE, or null where it belongs to the whole array; the array is the record's own
 */
public record Statistic(
        String name,
        String unit,
        String text,
        ToLongFunction<EventRecord> total,
        @Nullable Function<EventRecord, long[]> perPe) {

    /**
     * Returns the number.
     *
     * @param events a run's record
     * @return the total over all PEs
     */
    public long of(EventRecord events) {
        return total.applyAsLong(events);
    }

    static Statistic ofArray(String name, String unit, String text, ToLongFunction<EventRecord> total) {
        return new Statistic(name, unit, text, total, null);
    }

    static Statistic ofPes(String name, String unit, String text, Function<EventRecord, long[]> perPe) {
        return new Statistic(name, unit, text, events -> sum(perPe.apply(events)), perPe);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
