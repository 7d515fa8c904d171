package org.eiesim.simulator.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.layers.RandomArithmetic;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.machine.EventRecord;
import org.junit.jupiter.api.Test;

/** A block of vectors against the same vectors one after another. */
class BlockProductTest {
    private static final int NUM_CASES = 300;
    private static final List<Lanes> ALL_LANES = List.of(Lanes.scalar(), Lanes.fastest());

    /** A layer and a block of vectors; what stands beside the vectors must not matter. */
    private record Block(RandomLayer layer, int numVectors, int stride, int position, Random random) {
        static Block draw(long seed) {
            Random random = new Random(seed);
            int stride = 16 * (1 + random.nextInt(4));
            return new Block(
                    RandomLayer.draw(seed, 1 + random.nextInt(2)),
                    1 + random.nextInt(stride),
                    stride,
                    random.nextInt(3),
                    random);
        }

        int numInputs() {
            return layer.image().numInputs();
        }

        int numRows() {
            return layer.image().matrix().numRows();
        }

        float[] inputs() {
            float[] inputs = new float[(position + numInputs()) * stride];
            double live = List.of(0.0, 0.02, 0.4, 1.0).get(random.nextInt(4));
            for (int i = 0; i < inputs.length; i++) {
                boolean beside = i % stride >= numVectors;
                inputs[i] = beside ? Float.NaN : random.nextDouble() < live ? (float) random.nextGaussian() : -0.0f;
            }
            return inputs;
        }

        @Override
        public String toString() {
            return numVectors + " of " + stride + " vectors at " + position + ", " + layer;
        }
    }

    @Test
    void equalsOneVectorAfterAnotherInFloat32() {
        for (long seed = 0; seed < NUM_CASES; seed++) {
            Block block = Block.draw(seed);
            float[] inputs = block.inputs();
            float[] start = new float[block.numRows() * block.stride];
            for (int i = 0; i < start.length; i++) {
                // Now and then a -0, to which no dead input may be added.
                start[i] = seed % 3 == 0 && i % 7 == 0 ? -0.0f : (float) block.random.nextGaussian();
            }
            for (Lanes lanes : ALL_LANES) {
                ExactProduct product = new ExactEngine(lanes)
                        .prepare(block.layer.image(), block.layer.config(), new Arithmetic.Float32());
                float[] sums = start.clone();
                EventRecord events = new EventRecord(block.layer.config().pes());
                product.runBlock(inputs, block.position, block.numVectors, block.stride, sums, events);

                EventRecord expectedEvents = new EventRecord(events.numPes());
                for (int v = 0; v < block.numVectors; v++) {
                    float[] vector = new float[block.numInputs()];
                    for (int i = 0; i < vector.length; i++) {
                        vector[i] = inputs[(block.position + i) * block.stride + v];
                    }
                    float[] expected = column(start, block, v);
                    product.run(vector, 0, expected, expectedEvents);
                    assertThat(bits(column(sums, block, v)))
                            .as("%s lanes, vector %d, %s", lanes, v, block)
                            .isEqualTo(bits(expected));
                }
                Records.assertEqual(events, expectedEvents, lanes + " lanes, " + block);
            }
        }
    }

    @Test
    void equalsOneVectorAfterAnotherInFixedPoint() {
        long saturations = 0;
        for (long seed = 0; seed < NUM_CASES; seed++) {
            Block block = Block.draw(seed);
            Arithmetic.FixedPoint arithmetic = RandomArithmetic.draw(block.random);
            for (Lanes lanes : ALL_LANES) {
                saturations += assertFixedPoint(block, arithmetic, lanes);
            }
        }
        assertThat(saturations).as("the cases must reach saturation").isGreaterThan(1000);
    }

    private static long assertFixedPoint(Block block, Arithmetic.FixedPoint arithmetic, Lanes lanes) {
        int[] inputs = RandomArithmetic.raw(
                block.random, (block.position + block.numInputs()) * block.stride, arithmetic.input(), 0.3);
        int[] start = RandomArithmetic.raw(block.random, block.numRows() * block.stride, arithmetic.accumulator(), 1);
        ExactProduct product = new ExactEngine(lanes).prepare(block.layer.image(), block.layer.config(), arithmetic);
        int[] sums = start.clone();
        EventRecord events = new EventRecord(block.layer.config().pes());
        product.runBlock(inputs, block.position, block.numVectors, block.stride, sums, events);

        EventRecord expectedEvents = new EventRecord(events.numPes());
        for (int v = 0; v < block.numVectors; v++) {
            int[] vector = new int[block.numInputs()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = inputs[(block.position + i) * block.stride + v];
            }
            int[] expected = column(start, block, v);
            product.run(vector, 0, expected, expectedEvents);
            assertThat(column(sums, block, v))
                    .as("%s lanes, vector %d, %s, %s", lanes, v, arithmetic, block)
                    .isEqualTo(expected);
        }
        Records.assertEqual(events, expectedEvents, lanes + " lanes, " + arithmetic + ", " + block);
        return events.saturations;
    }

    private static float[] column(float[] sums, Block block, int vector) {
        float[] column = new float[block.numRows()];
        for (int row = 0; row < column.length; row++) {
            column[row] = sums[row * block.stride + vector];
        }
        return column;
    }

    private static int[] column(int[] sums, Block block, int vector) {
        int[] column = new int[block.numRows()];
        for (int row = 0; row < column.length; row++) {
            column[row] = sums[row * block.stride + vector];
        }
        return column;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    @Test
    void namesAnInputThatIsNotFinite() {
        RandomLayer layer = RandomLayer.draw(5);
        int numInputs = layer.image().numInputs();
        float[] inputs = new float[numInputs * 16];
        inputs[(numInputs - 1) * 16 + 3] = Float.POSITIVE_INFINITY;
        float[] sums = new float[layer.image().matrix().numRows() * 16];
        EventRecord events = new EventRecord(layer.config().pes());
        for (Lanes lanes : ALL_LANES) {
            ExactProduct product =
                    new ExactEngine(lanes).prepare(layer.image(), layer.config(), new Arithmetic.Float32());
            product.runBlock(inputs, 0, 3, 16, sums, events);
            assertThatThrownBy(() -> product.runBlock(inputs, 0, 4, 16, sums, events))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("input " + (numInputs - 1) + " is Infinity");
        }
    }
}
