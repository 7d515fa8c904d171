package org.eiesim.simulator.clocked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.layers.WorkedExample;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.PreparedProduct;
import org.eiesim.simulator.machine.ProductImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockedEngineTest {
    private static final Arithmetic FLOAT32 = new Arithmetic.Float32();

    @Test
    void runsThePapersWorkedExample() {
        EventRecord events = new EventRecord(4);
        float[] outputs = new float[16];

        new ClockedEngine()
                .prepare(WorkedExample.image(), WorkedExample.config(), FLOAT32)
                .run(WorkedExample.inputs(), 0, outputs, events);

        assertThat(outputs).isEqualTo(WorkedExample.outputs());
        // Broadcasts in 1, 3, 4, 5 (row 0 ends with an input that is not live); PE 0 pops in 2, 4, 6, 8 and is busy to
        // 9.
        assertThat(events.cycles).isEqualTo(16);
        assertThat(events.starvedCycles).containsExactly(0, 1, 1, 1);
        assertThat(events.fillCycles).containsExactly(2, 2, 2, 2);
        assertThat(events.drainCycles).containsExactly(6, 9, 9, 9);
    }

    @Test
    void oneEntryTakesEachStageInTurn() {
        ProductImage image = dense(1, 1, 1);
        List<String> seen = new ArrayList<>();
        CycleObserver observer = (cycle, array) -> seen.add(cycle + " broadcast " + array.broadcastColumn() + " depth "
                + array.queueDepth(0) + " " + array.peState(0) + " row " + array.spmatRow(0) + " reads "
                + array.spmatRowReads(0));
        float[] outputs = new float[1];

        new ClockedEngine(observer)
                .prepare(image, config(1), FLOAT32)
                .run(new float[] {2}, 0, outputs, new EventRecord(1));

        assertThat(outputs).containsExactly(2);
        assertThat(seen)
                .containsExactly(
                        "0 broadcast -1 depth 0 FILLING row -1 reads 0",
                        "1 broadcast 0 depth 0 FILLING row -1 reads 0",
                        "2 broadcast 0 depth 1 ACCUMULATING row -1 reads 0",
                        "3 broadcast 0 depth 0 DRAINING row -1 reads 0",
                        "4 broadcast 0 depth 0 DRAINING row 0 reads 1",
                        "5 broadcast 0 depth 0 DRAINING row 0 reads 1",
                        "6 broadcast 0 depth 0 DRAINING row 0 reads 1",
                        "7 broadcast 0 depth 0 DRAINING row 0 reads 1",
                        "8 broadcast 0 depth 0 DRAINING row 0 reads 1");
    }

    /** With r rows an accumulator is updated every r cycles: one needs the bypass, two the write-first register file. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void anAccumulatorUpdatedEveryFewCyclesLosesNothing(int numRows) {
        int numColumns = 50;
        ProductImage image = dense(numRows, numColumns, 1);
        float[] inputs = new float[numColumns];
        Random random = new Random(1);
        float expected = 0;
        for (int i = 0; i < numColumns; i++) {
            inputs[i] = random.nextFloat() + 0.1f;
            expected += inputs[i];
        }
        float[] outputs = new float[numRows];

        new ClockedEngine().prepare(image, config(1), FLOAT32).run(inputs, 0, outputs, new EventRecord(1));

        for (float output : outputs) {
            assertThat(output).isEqualTo(expected);
        }
    }

    @Test
    void withoutALiveInputNothingRuns() {
        EventRecord events = new EventRecord(4);
        float[] outputs = WorkedExample.outputs();

        new ClockedEngine()
                .prepare(WorkedExample.image(), WorkedExample.config(), FLOAT32)
                .run(new float[8], 0, outputs, events);

        EventRecord expected = new EventRecord(4);
        expected.products = 1;
        assertThat(events).usingRecursiveComparison().isEqualTo(expected);
        assertThat(outputs).isEqualTo(WorkedExample.outputs());
    }

    @Test
    void whatAnObserverSeesIsWhatIsCounted() {
        for (long seed = 0; seed < 200; seed++) {
            RandomLayer layer = RandomLayer.draw(seed, 1 + (int) (seed % 2));
            Tally tally = new Tally(layer.config());
            EventRecord events = new EventRecord(layer.config().pes());
            float[] outputs = new float[layer.image().matrix().numRows()];

            new ClockedEngine(tally)
                    .prepare(layer.image(), layer.config(), FLOAT32)
                    .run(layer.inputs(), 0, outputs, events);

            assertThat(tally.cycles).as(layer.toString()).isEqualTo(events.cycles);
            assertThat(tally.stalls).as(layer.toString()).isEqualTo(events.fullStallCycles);
            assertThat(tally.broadcasts).as(layer.toString()).isEqualTo(events.broadcasts);
            assertThat(tally.filling).as(layer.toString()).isEqualTo(events.fillCycles);
            assertThat(tally.starved).as(layer.toString()).isEqualTo(events.starvedCycles);
            assertThat(tally.draining).as(layer.toString()).isEqualTo(events.drainCycles);
            assertThat(tally.accumulating).as(layer.toString()).isEqualTo(events.accumulates);
            assertThat(tally.padding).as(layer.toString()).isEqualTo(events.paddingEntries);
            assertThat(tally.emptyColumns).as(layer.toString()).isEqualTo(events.emptyColumns);
            assertThat(tally.deepest)
                    .as(layer.toString())
                    .isLessThan(layer.config().queueSlots());
        }
    }

    /** Counts for itself what it sees. */
    private static final class Tally implements CycleObserver {
        private final long[] filling;
        private final long[] starved;
        private final long[] draining;
        private final long[] accumulating;
        private final long[] padding;
        private final long[] emptyColumns;
        private long cycles;
        private long stalls;
        private long broadcasts;
        private int deepest;

        Tally(MachineConfig config) {
            filling = new long[config.pes()];
            starved = new long[config.pes()];
            draining = new long[config.pes()];
            accumulating = new long[config.pes()];
            padding = new long[config.pes()];
            emptyColumns = new long[config.pes()];
        }

        @Override
        public void observe(long cycle, ArrayState array) {
            assertThat(cycle).isEqualTo(cycles);
            cycles++;
            stalls += array.isStalled() ? 1 : 0;
            broadcasts = array.broadcasts();
            for (int pe = 0; pe < array.numPes(); pe++) {
                deepest = Math.max(deepest, array.queueDepth(pe));
                switch (array.peState(pe)) {
                    case FILLING -> filling[pe]++;
                    case STARVED -> starved[pe]++;
                    case DRAINING -> draining[pe]++;
                    case ACCUMULATING -> accumulating[pe]++;
                    case PADDING -> padding[pe]++;
                    case EMPTY_COLUMN -> emptyColumns[pe]++;
                }
            }
        }
    }

    @Test
    void refusesWhatItCannotRun() {
        ClockedEngine engine = new ClockedEngine();
        PreparedProduct product = engine.prepare(WorkedExample.image(), WorkedExample.config(), FLOAT32);
        float[] inputs = WorkedExample.inputs();
        inputs[0] = Float.POSITIVE_INFINITY;

        assertThatThrownBy(() -> product.run(inputs, 0, new float[16], new EventRecord(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 0 is Infinity");
        assertThatThrownBy(() -> product.run(new int[8], 0, new int[16], new EventRecord(4)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> engine.prepare(WorkedExample.image(), config(64), FLOAT32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a matrix encoded for 4 PEs on a machine of 64");
    }

    private static MachineConfig config(int numPes) {
        return MachineConfig.defaults().with(Parameters.PES, numPes);
    }

    private static ProductImage dense(int numRows, int numColumns, int numPes) {
        byte[] codes = new byte[numRows * numColumns];
        Arrays.fill(codes, (byte) 1);
        InterleavedCsc matrix = InterleavedCscBuilder.build(codes, numRows, numColumns, numPes, 4);
        return new ProductImage(matrix, new float[] {0, 1}, numColumns, false);
    }
}
