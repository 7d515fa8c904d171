package org.eiesim.simulator.clocked;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.layers.Recurrences;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.junit.jupiter.api.Test;

class ClockedAgainstFormulasTest {
    private static final List<Rounding> ROUNDINGS = List.of(Rounding.HALF_UP, Rounding.TRUNCATE, Rounding.HALF_EVEN);
    private static final Arithmetic FLOAT32 = new Arithmetic.Float32();

    @Test
    void countsWhatTheFormulasSay() {
        for (long seed = 0; seed < 3000; seed++) {
            assertEventsAreTheFormulas(RandomLayer.draw(seed));
        }
    }

    @Test
    void countsWhatTheFormulasSayWhenSeveralInputsAreBroadcastPerCycle() {
        for (long seed = 0; seed < 1000; seed++) {
            assertEventsAreTheFormulas(RandomLayer.draw(seed, 2 + (int) (seed % 7)));
        }
    }

    private static void assertEventsAreTheFormulas(RandomLayer layer) {
        EventRecord events = new EventRecord(layer.config().pes());
        float[] outputs = new float[layer.image().matrix().numRows()];
        new ClockedEngine().prepare(layer.image(), layer.config(), FLOAT32).run(layer.inputs(), 0, outputs, events);

        assertThat(events)
                .as(layer.toString())
                .usingRecursiveComparison()
                .isEqualTo(Recurrences.of(layer.image(), layer.config(), layer.inputs()));
        assertThat(events.numPes() * events.cycles)
                .as("every cycle of every PE accounted for, %s", layer)
                .isEqualTo(sum(events.accumulates)
                        + sum(events.paddingEntries)
                        + sum(events.emptyColumns)
                        + sum(events.starvedCycles)
                        + sum(events.fillCycles)
                        + sum(events.drainCycles));
    }

    private static long sum(long[] counts) {
        return Arrays.stream(counts).sum();
    }

    @Test
    void computesWhatTheFunctionalReferenceComputesInFloat32() {
        for (long seed = 0; seed < 1000; seed++) {
            RandomLayer layer = RandomLayer.draw(seed, 1 + (int) (seed % 3));
            float[] clocked = startValues(layer);
            float[] functional = startValues(layer);
            EventRecord clockedEvents = new EventRecord(layer.config().pes());
            EventRecord functionalEvents = new EventRecord(layer.config().pes());

            new ClockedEngine()
                    .prepare(layer.image(), layer.config(), FLOAT32)
                    .run(layer.inputs(), 0, clocked, clockedEvents);
            new FunctionalEngine()
                    .prepare(layer.image(), layer.config(), FLOAT32)
                    .run(layer.inputs(), 0, functional, functionalEvents);

            assertThat(bits(clocked)).as(layer.toString()).isEqualTo(bits(functional));
            assertThat(clockless(clockedEvents)).as(layer.toString()).isEqualTo(clockless(functionalEvents));
        }
    }

    @Test
    void computesWhatTheFunctionalReferenceComputesInFixedPoint() {
        long saturations = 0;
        for (long seed = 0; seed < 1000; seed++) {
            RandomLayer layer = RandomLayer.draw(seed, 1 + (int) (seed % 3));
            Arithmetic.FixedPoint arithmetic = fixedPoint(seed);
            int[] raw = new int[layer.inputs().length];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = FixedPoint.quantize(layer.inputs()[i], arithmetic.input());
            }
            // Start values at the edge of the accumulator, so that both ends clip.
            int[] clocked = new int[layer.image().matrix().numRows()];
            Arrays.setAll(
                    clocked, row -> row % 2 == 0 ? arithmetic.accumulator().maxRaw() : row);
            int[] functional = clocked.clone();
            EventRecord clockedEvents = new EventRecord(layer.config().pes());
            EventRecord functionalEvents = new EventRecord(layer.config().pes());

            new ClockedEngine()
                    .prepare(layer.image(), layer.config(), arithmetic)
                    .run(raw, 0, clocked, clockedEvents);
            new FunctionalEngine()
                    .prepare(layer.image(), layer.config(), arithmetic)
                    .run(raw, 0, functional, functionalEvents);

            assertThat(clocked).as("%s, %s", layer, arithmetic).isEqualTo(functional);
            assertThat(clockless(clockedEvents)).as(layer.toString()).isEqualTo(clockless(functionalEvents));
            saturations += functionalEvents.saturations;
        }
        assertThat(saturations).as("the cases must reach saturation").isGreaterThan(1000);
    }

    @Test
    void runningAgainAddsTheSameEventsAgain() {
        RandomLayer layer = RandomLayer.draw(7);
        PreparedProduct product = new ClockedEngine().prepare(layer.image(), layer.config(), FLOAT32);
        float[] once = startValues(layer);
        float[] again = startValues(layer);
        EventRecord first = new EventRecord(layer.config().pes());
        EventRecord both = new EventRecord(layer.config().pes());

        product.run(layer.inputs(), 0, once, first);
        both.add(first);
        product.run(layer.inputs(), 0, again, first);
        product.run(layer.inputs(), 0, startValues(layer), both);

        assertThat(bits(again)).isEqualTo(bits(once));
        assertThat(first).usingRecursiveComparison().isEqualTo(both);
    }

    private static Arithmetic.FixedPoint fixedPoint(long seed) {
        int bits = 4 + (int) (seed % 13);
        int accumulatorBits = 6 + (int) (seed % 27);
        QFormat activations = new QFormat(bits, bits - 3);
        QFormat weights = new QFormat(bits, bits - 3);
        int fraction = Math.min(accumulatorBits - 4, 2 * (bits - 3));
        return new Arithmetic.FixedPoint(
                activations, weights, new QFormat(accumulatorBits, fraction), ROUNDINGS.get((int)
                        (seed % ROUNDINGS.size())));
    }

    private static float[] startValues(RandomLayer layer) {
        float[] values = new float[layer.image().matrix().numRows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = row % 3 == 0 ? -0.0f : 0.25f * row;
        }
        return values;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    /** The events that need no clock, as text. */
    private static String clockless(EventRecord events) {
        return "products " + events.products + " broadcasts " + events.broadcasts + " saturations "
                + events.saturations + " rows " + Arrays.toString(events.spmatRowReads) + " accumulates "
                + Arrays.toString(events.accumulates) + " padding " + Arrays.toString(events.paddingEntries) + " empty "
                + Arrays.toString(events.emptyColumns);
    }
}
