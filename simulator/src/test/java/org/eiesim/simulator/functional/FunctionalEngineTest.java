package org.eiesim.simulator.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.kernels.sparse.InterleavedCscDecoder;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.layers.WorkedExample;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.junit.jupiter.api.Test;

class FunctionalEngineTest {
    private static final Arithmetic FLOAT32 = new Arithmetic.Float32();

    @Test
    void computesThePapersWorkedExample() {
        EventRecord events = new EventRecord(4);
        float[] outputs = new float[16];

        new FunctionalEngine()
                .prepare(WorkedExample.image(), WorkedExample.config(), FLOAT32)
                .run(WorkedExample.inputs(), 0, outputs, events);

        assertThat(outputs).isEqualTo(WorkedExample.outputs());
        assertThat(events.broadcasts).isEqualTo(4);
        assertThat(events.accumulates).containsExactly(8, 0, 0, 0);
        assertThat(events.emptyColumns).containsExactly(0, 4, 4, 4);
        // Entries 4-5, 6-7, 8-9, 11-12 in rows of eight: row 0 once, row 1 once.
        assertThat(events.spmatRowReads).containsExactly(2, 0, 0, 0);
    }

    @Test
    void isTheDenseProductInDoublePrecisionUpToRounding() {
        for (long seed = 0; seed < 300; seed++) {
            RandomLayer layer = RandomLayer.draw(seed);
            float[] outputs = new float[layer.image().matrix().numRows()];

            new FunctionalEngine()
                    .prepare(layer.image(), layer.config(), FLOAT32)
                    .run(
                            layer.inputs(),
                            0,
                            outputs,
                            new EventRecord(layer.config().pes()));

            for (int row = 0; row < outputs.length; row++) {
                double[] sums = denseRow(layer, row);
                assertThat((double) outputs[row])
                        .as("row %d, %s", row, layer)
                        .isCloseTo(sums[0], org.assertj.core.data.Offset.offset(1e-5 * sums[1] + 1e-12));
            }
        }
    }

    /** Returns the exact sum of a row's products, and the sum of their magnitudes. */
    private static double[] denseRow(RandomLayer layer, int row) {
        byte[] dense = InterleavedCscDecoder.decode(layer.image().matrix());
        int numColumns = layer.image().matrix().numColumns();
        double sum = 0;
        double magnitude = 0;
        for (int column = 0; column < numColumns; column++) {
            double weight = layer.image().codebook()[dense[row * numColumns + column]];
            double input = column < layer.inputs().length ? layer.inputs()[column] : 1;
            if (layer.config().liveInputs() == LiveInputs.POSITIVE) {
                input = Math.max(0, input);
            }
            sum += weight * input;
            magnitude += Math.abs(weight * input);
        }
        return new double[] {sum, magnitude};
    }

    @Test
    void clipsTheSumAfterEveryEntry() {
        // Row 0: 5 x 1, then 7 x 10, then 9 x 100, accumulators of 8 bits with no fraction.
        Arithmetic.FixedPoint arithmetic =
                new Arithmetic.FixedPoint(new QFormat(16, 0), new QFormat(16, 0), new QFormat(8, 0), Rounding.HALF_UP);
        int[] outputs = new int[16];
        outputs[0] = -128;
        EventRecord events = new EventRecord(4);

        new FunctionalEngine()
                .prepare(WorkedExample.image(), WorkedExample.config(), arithmetic)
                .run(new int[] {0, 0, 1, 0, 10, 100, 0, -1000}, 0, outputs, events);

        assertThat(outputs[0]).isEqualTo(127);
        assertThat(outputs[4]).isEqualTo(80);
        assertThat(outputs[8]).isEqualTo(-128);
        assertThat(outputs[12])
                .as("6, then 1006 clipped to 127, then -12873 clipped")
                .isEqualTo(-128);
        assertThat(events.saturations).isEqualTo(4);
    }

    @Test
    void refusesInputsThatAreNotFiniteAndTheWrongArithmetic() {
        PreparedProduct product =
                new FunctionalEngine().prepare(WorkedExample.image(), WorkedExample.config(), FLOAT32);
        float[] inputs = WorkedExample.inputs();
        inputs[3] = Float.NaN;

        assertThatThrownBy(() -> product.run(inputs, 0, new float[16], new EventRecord(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 3 is NaN");
        assertThatThrownBy(() -> product.run(new int[8], 0, new int[16], new EventRecord(4)))
                .isInstanceOf(IllegalStateException.class);
    }
}
