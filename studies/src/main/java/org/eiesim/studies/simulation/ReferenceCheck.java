package org.eiesim.studies.simulation;

import java.util.function.ToLongFunction;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.LayerRun;
import org.eiesim.simulator.machine.ProgramRun;

/** Compares an engine's run with that of the functional reference: every output of every layer, and every count. */
final class ReferenceCheck {
    private ReferenceCheck() {}

    /** Throws {@link FailedCheckException} naming the first difference. */
    static void requireEqual(ProgramRun reference, ProgramRun run) {
        for (int i = 0; i < reference.layers().size(); i++) {
            LayerRun expected = reference.layers().get(i);
            LayerRun actual = run.layers().get(i);
            String layer = expected.layer().name();
            if (expected.outputDigest() != actual.outputDigest()) {
                throw new FailedCheckException("layer " + layer + ": its outputs differ from the functional reference");
            }
            requireEqual(layer, "broadcasts", expected, actual, events -> events.broadcasts);
            requireEqual(layer, "saturations", expected, actual, events -> events.saturations);
            requireEqual(layer, "accumulates", expected, actual, events -> sum(events.accumulates));
            requireEqual(layer, "padding_entries", expected, actual, events -> sum(events.paddingEntries));
            requireEqual(layer, "empty_columns", expected, actual, events -> sum(events.emptyColumns));
            requireEqual(layer, "spmat_row_reads", expected, actual, events -> sum(events.spmatRowReads));
        }
        for (int i = 0; i < reference.outputs().length; i++) {
            float expected = reference.outputs()[i];
            float actual = run.outputs()[i];
            if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(actual)) {
                throw new FailedCheckException(
                        "output " + i + " is " + actual + ", the functional reference has " + expected);
            }
        }
    }

    private static void requireEqual(
            String layer, String count, LayerRun expected, LayerRun actual, ToLongFunction<EventRecord> of) {
        long reference = of.applyAsLong(expected.events());
        long engine = of.applyAsLong(actual.events());
        if (reference != engine) {
            throw new FailedCheckException(
                    "layer " + layer + ": " + count + " is " + engine + ", the functional reference has " + reference);
        }
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
