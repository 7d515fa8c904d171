package org.eiesim.simulator.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscDecoder;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.ProductImage;
import org.junit.jupiter.api.Test;

class ExactTimingTest {
    private static final Arithmetic FLOAT32 = new Arithmetic.Float32();

    @Test
    void aPatternOfNonzerosTakesTheEntriesItsEncodingTakes() {
        for (long seed = 0; seed < 1000; seed++) {
            RandomLayer layer = RandomLayer.draw(seed);
            EntryCounts encoded = EntryCounts.of(layer.image());

            EntryCounts counted = countsOfPattern(layer);

            assertThat(counted.numColumns()).isEqualTo(encoded.numColumns());
            assertThat(counted.biasColumn()).isEqualTo(encoded.biasColumn());
            for (int index = 0; index < encoded.numColumns() * encoded.entries().stride(); index++) {
                assertThat(counted.entries().get(index))
                        .as("%s", layer)
                        .isEqualTo(encoded.entries().get(index));
                assertThat(counted.padding().get(index))
                        .as("%s", layer)
                        .isEqualTo(encoded.padding().get(index));
            }
        }
    }

    @Test
    void listsBitmapsAndVectorsOfLiveInputsGiveTheRecordOfTheFullRun() {
        for (long seed = 0; seed < 500; seed++) {
            RandomLayer layer = RandomLayer.draw(seed);
            EventRecord full = fullRun(layer);
            EntryCounts counts = countsOfPattern(layer);
            ExactTiming timing = new ExactEngine().timing(counts, layer.config());
            LiveInputs rule = layer.config().liveInputs();
            int[] list = IntStream.range(0, layer.inputs().length)
                    .filter(i -> rule.isLive(layer.inputs()[i]))
                    .toArray();
            long[] bitmap = new long[(layer.inputs().length + 63) / 64];
            Arrays.stream(list).forEach(i -> bitmap[i / 64] |= 1L << i);
            int[] raw = new int[layer.inputs().length];
            Arrays.setAll(raw, i -> (int) Math.signum(layer.inputs()[i]));

            for (int variant = 0; variant < 4; variant++) {
                EventRecord events = new EventRecord(layer.config().pes());
                switch (variant) {
                    case 0 -> timing.run(list, events);
                    case 1 -> timing.runBitmap(bitmap, events);
                    case 2 -> timing.run(raw, 0, events);
                    default -> timing.run(layer.inputs(), 0, events);
                }
                Records.assertEqual(events, full, "variant " + variant + ", " + layer);
            }
        }
    }

    @Test
    void trafficAndTimingCountedApartAddUpToTheRecord() {
        for (long seed = 0; seed < 200; seed++) {
            RandomLayer layer = RandomLayer.draw(seed);
            EntryCounts counts = EntryCounts.of(layer.image());
            LiveColumns live = new LiveColumns(counts);
            live.set(layer.inputs(), 0, layer.config().liveInputs());
            EventRecord traffic = new EventRecord(counts.numPes());
            EventRecord timing = new EventRecord(counts.numPes());

            new ColumnTraffic(counts, layer.config().spmatRowEntries(), Lanes.fastest()).count(live, traffic);
            new ColumnTiming(counts, layer.config().queueSlots(), 1, Lanes.fastest()).count(live, timing);

            traffic.add(timing);
            Records.assertEqual(traffic, fullRun(layer), layer);
        }
    }

    @Test
    void forksOnManyThreadsYieldTheSameRecords() {
        RandomLayer layer = RandomLayer.draw(4);
        ExactProduct product = new ExactEngine().prepare(layer.image(), layer.config(), FLOAT32);
        EventRecord expected = fullRun(layer);
        float[] outputs = new float[layer.image().matrix().numRows()];
        product.run(layer.inputs(), 0, outputs, new EventRecord(layer.config().pes()));

        List<EventRecord> records = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> {
                    EventRecord events = new EventRecord(layer.config().pes());
                    float[] again = new float[outputs.length];
                    product.fork().run(layer.inputs(), 0, again, events);
                    assertThat(again).isEqualTo(outputs);
                    return events;
                })
                .toList();

        records.forEach(events -> Records.assertEqual(events, expected, layer));
    }

    @Test
    void refusesWhatDoesNotFit() {
        RandomLayer layer = RandomLayer.draw(6);
        EntryCounts counts = EntryCounts.of(layer.image());
        MachineConfig other = layer.config().with(Parameters.PES, layer.config().pes() + 1);
        ExactTiming timing = new ExactEngine().timing(counts, layer.config());
        EventRecord events = new EventRecord(layer.config().pes());
        int numInputs = counts.numInputs();

        assertThatThrownBy(() -> new ExactEngine().timing(counts, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(other.pes()));
        assertThatThrownBy(() -> new ExactEngine().prepare(layer.image(), other, FLOAT32))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> timing.run(new int[] {0, 0}, events))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 after 0");
        assertThatThrownBy(() -> timing.run(new int[] {numInputs}, events))
                .isInstanceOf(IllegalArgumentException.class);
        long[] past = new long[numInputs / 64 + 1];
        past[numInputs / 64] = 1L << numInputs;
        assertThatThrownBy(() -> timing.runBitmap(past, events)).isInstanceOf(IllegalArgumentException.class);
        float[] notFinite = new float[numInputs];
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
            notFinite[numInputs - 1] = bad;
            assertThatThrownBy(() -> timing.run(notFinite, 0, events))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("input " + (numInputs - 1));
        }
        assertThatThrownBy(() -> timing.run(notFinite, 1, events)).isInstanceOf(IllegalArgumentException.class);
        Records.assertEqual(events, new EventRecord(layer.config().pes()), "nothing is counted of a refused run");
    }

    @Test
    void aProductRunsOnlyInTheNumbersItWasPreparedFor() {
        RandomLayer layer = RandomLayer.draw(8);
        ExactProduct product = new ExactEngine().prepare(layer.image(), layer.config(), FLOAT32);
        int[] raw = new int[layer.inputs().length];

        assertThatThrownBy(() -> product.run(
                        raw,
                        0,
                        new int[layer.image().matrix().numRows()],
                        new EventRecord(layer.config().pes())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> product.run(
                        layer.inputs(),
                        0,
                        new float[0],
                        new EventRecord(layer.config().pes())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accumulators");
    }

    private static EventRecord fullRun(RandomLayer layer) {
        EventRecord events = new EventRecord(layer.config().pes());
        new ExactEngine()
                .prepare(layer.image(), layer.config(), FLOAT32)
                .run(layer.inputs(), 0, new float[layer.image().matrix().numRows()], events);
        return events;
    }

    private static EntryCounts countsOfPattern(RandomLayer layer) {
        ProductImage image = layer.image();
        InterleavedCsc matrix = image.matrix();
        byte[] dense = InterleavedCscDecoder.decode(matrix);
        SparsePattern weights = pattern(dense, matrix, 0, image.numInputs());
        int end = matrix.numColumns();
        SparsePattern bias = pattern(dense, matrix, image.biasColumn() ? end - 1 : end, end);
        return EntryCounts.of(weights, bias, matrix.numPes(), matrix.indexBits());
    }

    private static SparsePattern pattern(byte[] dense, InterleavedCsc matrix, int fromColumn, int toColumn) {
        int[] starts = new int[toColumn - fromColumn + 1];
        IntStream.Builder rows = IntStream.builder();
        int count = 0;
        for (int column = fromColumn; column < toColumn; column++) {
            for (int row = 0; row < matrix.numRows(); row++) {
                if (dense[row * matrix.numColumns() + column] != 0) {
                    rows.add(row);
                    count++;
                }
            }
            starts[column - fromColumn + 1] = count;
        }
        return new SparsePattern(matrix.numRows(), starts, rows.build().toArray());
    }
}
