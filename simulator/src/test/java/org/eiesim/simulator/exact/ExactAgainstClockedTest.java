package org.eiesim.simulator.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.layers.RandomArithmetic;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.machine.EventRecord;
import org.junit.jupiter.api.Test;

/** The engine that does not tick against the one that does, on both kinds of lanes. */
class ExactAgainstClockedTest {
    private static final List<Lanes> ALL_LANES = List.of(Lanes.scalar(), Lanes.fastest());

    @Test
    void tenThousandLayersInFloat32() {
        int numCases = 0;
        for (long seed = 0; seed < 8000; seed++, numCases++) {
            assertFloat32(RandomLayer.draw(seed));
        }
        for (long seed = 8000; seed < 10_000; seed++, numCases++) {
            assertFloat32(RandomLayer.draw(seed, 2 + (int) (seed % 7)));
        }
        assertThat(numCases).isGreaterThanOrEqualTo(10_000);
    }

    private static void assertFloat32(RandomLayer layer) {
        float[] clocked = startValues(layer);
        EventRecord clockedEvents = new EventRecord(layer.config().pes());
        new ClockedEngine()
                .prepare(layer.image(), layer.config(), new Arithmetic.Float32())
                .run(layer.inputs(), 0, clocked, clockedEvents);
        for (Lanes lanes : ALL_LANES) {
            float[] exact = startValues(layer);
            EventRecord exactEvents = new EventRecord(layer.config().pes());
            ExactProduct product =
                    new ExactEngine(lanes).prepare(layer.image(), layer.config(), new Arithmetic.Float32());

            product.run(layer.inputs(), 0, exact, exactEvents);

            assertThat(bits(exact)).as("%s lanes, %s", lanes, layer).isEqualTo(bits(clocked));
            Records.assertEqual(exactEvents, clockedEvents, lanes + " lanes, " + layer);
        }
    }

    @Test
    void threeThousandLayersInFixedPoint() {
        long saturations = 0;
        Set<Object> widthsAndRoundings = new HashSet<>();
        for (long seed = 0; seed < 3000; seed++) {
            RandomLayer layer = RandomLayer.draw(seed, 1 + (int) (seed % 2));
            Random random = new Random(seed);
            Arithmetic.FixedPoint arithmetic = RandomArithmetic.draw(random);
            widthsAndRoundings.add(arithmetic.rounding());
            widthsAndRoundings.add("input " + arithmetic.input().bits());
            widthsAndRoundings.add("weight " + arithmetic.weight().bits());
            widthsAndRoundings.add("accumulator " + arithmetic.accumulator().bits());
            saturations += assertFixedPoint(layer, arithmetic, random);
        }
        assertThat(saturations).as("the cases must reach saturation").isGreaterThan(1000);
        assertThat(widthsAndRoundings)
                .as("3 roundings, inputs of 2..16 bits, weights of 2..30, accumulators of 2..32")
                .hasSize(3 + 15 + 29 + 31);
    }

    private static long assertFixedPoint(RandomLayer layer, Arithmetic.FixedPoint arithmetic, Random random) {
        int[] raw = RandomArithmetic.raw(random, layer.inputs().length, arithmetic.input(), random.nextDouble());
        int[] start = RandomArithmetic.raw(random, layer.image().matrix().numRows(), arithmetic.accumulator(), 0.5);
        int[] clocked = start.clone();
        EventRecord clockedEvents = new EventRecord(layer.config().pes());
        new ClockedEngine().prepare(layer.image(), layer.config(), arithmetic).run(raw, 0, clocked, clockedEvents);
        for (Lanes lanes : ALL_LANES) {
            int[] exact = start.clone();
            EventRecord exactEvents = new EventRecord(layer.config().pes());

            new ExactEngine(lanes)
                    .prepare(layer.image(), layer.config(), arithmetic)
                    .run(raw, 0, exact, exactEvents);

            assertThat(exact).as("%s lanes, %s, %s", lanes, layer, arithmetic).isEqualTo(clocked);
            Records.assertEqual(exactEvents, clockedEvents, lanes + " lanes, " + layer + ", " + arithmetic);
        }
        return clockedEvents.saturations;
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
}
