package org.eiesim.simulator.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.machine.Arithmetic;
import org.eiesim.simulator.machine.EventRecord;
import org.junit.jupiter.api.Test;

/** The engine that does not tick against the one that does, on both kinds of lanes. */
class ExactAgainstClockedTest {
    private static final List<Lanes> ALL_LANES = List.of(Lanes.scalar(), Lanes.fastest());

    private static final List<Rounding> ROUNDINGS = List.of(Rounding.HALF_UP, Rounding.TRUNCATE, Rounding.HALF_EVEN);

    @Test
    void theTestsRunOnVectorsToo() {
        assertThat(Lanes.fastest()).hasToString("vector");
        assertThat(Lanes.scalar()).hasToString("scalar");
    }

    @Test
    void tenThousandLayersInFloat32() {
        for (long seed = 0; seed < 8000; seed++) {
            assertFloat32(RandomLayer.draw(seed));
        }
        for (long seed = 8000; seed < 10_000; seed++) {
            assertFloat32(RandomLayer.draw(seed, 2 + (int) (seed % 7)));
        }
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
        for (long seed = 0; seed < 3000; seed++) {
            RandomLayer layer = RandomLayer.draw(seed, 1 + (int) (seed % 2));
            saturations += assertFixedPoint(layer, fixedPoint(seed));
        }
        assertThat(saturations).as("the cases must reach saturation").isGreaterThan(1000);
    }

    private static long assertFixedPoint(RandomLayer layer, Arithmetic.FixedPoint arithmetic) {
        int[] raw = new int[layer.inputs().length];
        Arrays.setAll(raw, i -> FixedPoint.quantize(layer.inputs()[i], arithmetic.input()));
        int[] start = new int[layer.image().matrix().numRows()];
        Arrays.setAll(start, row -> row % 2 == 0 ? arithmetic.accumulator().maxRaw() : row);
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

    private static Arithmetic.FixedPoint fixedPoint(long seed) {
        int bits = 4 + (int) (seed % 13);
        int accumulatorBits = 6 + (int) (seed % 27);
        int fraction = Math.min(accumulatorBits - 4, 2 * (bits - 3));
        Rounding rounding = ROUNDINGS.get((int) (seed % ROUNDINGS.size()));
        return new Arithmetic.FixedPoint(
                new QFormat(bits, bits - 3),
                new QFormat(bits, bits - 3),
                new QFormat(accumulatorBits, fraction),
                rounding);
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
