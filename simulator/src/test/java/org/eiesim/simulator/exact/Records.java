package org.eiesim.simulator.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eiesim.simulator.machine.EventRecord;

/** Compares event records on every field, ten thousand times without reflection. */
final class Records {
    private Records() {}

    static void assertEqual(EventRecord actual, EventRecord expected, Object what) {
        if (!java.util.Arrays.equals(flat(actual), flat(expected))) {
            assertThat(actual).as(what.toString()).usingRecursiveComparison().isEqualTo(expected);
            throw new AssertionError("records differ in a field the comparison missed: " + what);
        }
    }

    private static long[] flat(EventRecord events) {
        LongStream totals = LongStream.of(
                events.products, events.cycles, events.broadcasts, events.fullStallCycles, events.saturations);
        Stream<long[]> perPe = Stream.of(
                events.spmatRowReads,
                events.accumulates,
                events.paddingEntries,
                events.emptyColumns,
                events.starvedCycles,
                events.queueFullCycles,
                events.fillCycles,
                events.drainCycles);
        return LongStream.concat(totals, perPe.flatMapToLong(LongStream::of)).toArray();
    }
}
