package org.eiesim.simulator.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.layers.Recurrences;
import org.eiesim.simulator.machine.EventRecord;
import org.eiesim.simulator.machine.ProductImage;
import org.junit.jupiter.api.Test;

/** Layers at and past the limits of 16-bit lanes, against the formulas written down directly. */
class ExactLimitsTest {
    private static final float[] CODEBOOK = {0, 1.5f, -0.25f, 3};

    @Test
    void rowsOfInputsWithoutALiveOneThatTakeMoreThan16BitsOfCycles() {
        ProductImage image = image(4, 90_000, 1, row -> 60);
        float[] inputs = new float[90_000];
        for (int live : new int[] {0, 1, 2, 39_999, 40_000, 40_007, 89_999}) {
            inputs[live] = 1;
        }

        assertLikeTheFormulas(image, machine(1, 4, 8), inputs);
    }

    @Test
    void aBlockOfBroadcastsThatLastsLongerThanItsLanesCanCount() {
        ProductImage image = image(4, 60_000, 2, row -> 50);
        float[] inputs = live(60_000, 0.01, 3);

        assertLikeTheFormulas(image, machine(2, 512, 8), inputs);
        assertLikeTheFormulas(image, machine(2, 65_536, 8), inputs);
    }

    @Test
    void queuesThatHoldMoreWorkThan16BitsCount() {
        ProductImage image = image(400, 500, 4, row -> 90);
        float[] inputs = live(500, 0.9, 5);

        assertLikeTheFormulas(image, machine(4, 400, 8), inputs);
        assertLikeTheFormulas(image, machine(4, 65_536, 8), inputs);
    }

    @Test
    void stallsThatAddUpToMoreThan16Bits() {
        // All weights are PE 0's, 127 in each column: the most a narrow count holds.
        ProductImage image = image(32 * 127, 1500, 32, row -> row % 32 == 0 ? 100 : 0);
        assertThat(EntryCounts.of(image).entries().max()).isEqualTo(127);
        assertThat(EntryCounts.of(image).entries().narrow()).isNotNull();

        assertLikeTheFormulas(image, machine(32, 64, 8), live(1500, 0.8, 7));
        assertLikeTheFormulas(image, machine(32, 2, 1), live(1500, 0.8, 7));
    }

    @Test
    void columnsOfMoreEntriesThanANarrowCountHolds() {
        ProductImage image = image(2 * 128, 300, 2, row -> 100);
        assertThat(EntryCounts.of(image).entries().max()).isEqualTo(128);
        assertThat(EntryCounts.of(image).entries().narrow()).isNull();

        assertLikeTheFormulas(image, machine(2, 8, 8), live(300, 0.5, 9));
    }

    @Test
    void weightMemoriesOfMoreRowsThan16BitsNumber() {
        ProductImage one = image(127, 514, 1, row -> 100);
        ProductImage two = image(127, 517, 1, row -> 100);
        assertThat(EntryCounts.of(one).spmatRows(1).segmentEnd(0)).isEqualTo(515);
        assertThat(EntryCounts.of(two).spmatRows(1).segmentEnd(0)).isEqualTo(516);
        assertThat(EntryCounts.of(two).spmatRows(1).segmentEnd(1)).isEqualTo(518);

        assertLikeTheFormulas(one, machine(1, 8, 1), live(514, 0.7, 11));
        assertLikeTheFormulas(two, machine(1, 8, 1), live(517, 0.7, 11));
        assertLikeTheFormulas(two, machine(1, 8, 3), live(517, 0.7, 11));
    }

    @Test
    void weightMemoriesOfManyTimesTheRowsThat16BitsNumber() {
        // PE 0's rows are full, the others' nearly or wholly empty: bases differ, columns are empty where they change.
        ProductImage image = image(3 * 120, 2500, 3, row -> row % 3 == 0 ? 100 : row % 3);
        assertThat(EntryCounts.of(image).spmatRows(1).segmentEnd(3)).isLessThan(2501);

        assertLikeTheFormulas(image, machine(3, 8, 1), live(2500, 0.7, 15));
        assertLikeTheFormulas(image, machine(3, 8, 1), live(2500, 0.001, 15));
        assertLikeTheFormulas(image, machine(3, 8, 2), live(2500, 1, 15));
        assertLikeTheFormulas(image, machine(3, 8, 3), live(2500, 0.3, 15));
    }

    @Test
    void asManyPesAsAMachineMayHave() {
        ProductImage image = image(5000, 300, 4096, row -> 30);

        assertLikeTheFormulas(image, machine(4096, 4, 8), live(300, 0.5, 13));
    }

    @Test
    void withoutALiveInputAProductTakesNoCycle() {
        byte[] codes = new byte[10 * 10];
        Arrays.fill(codes, (byte) 1);
        ProductImage image = new ProductImage(InterleavedCscBuilder.build(codes, 10, 10, 4, 4), CODEBOOK, 10, false);
        EventRecord events = new EventRecord(4);

        new ExactEngine()
                .prepare(image, machine(4, 8, 8), new Arithmetic.Float32())
                .run(new float[10], 0, new float[10], events);

        EventRecord expected = new EventRecord(4);
        expected.products = 1;
        Records.assertEqual(events, expected, "nothing live");
    }

    @Test
    void refusesABacklogThatItsIntegersCannotCount() {
        SparsePattern dense = new SparsePattern(1 << 15, new int[] {0, 1 << 15}, range(1 << 15));
        EntryCounts counts = EntryCounts.of(dense, noBias(1 << 15), 1, 4);
        // One column of 32,768 entries: harmless, since a queue never holds more columns than there are.
        assertThat(new ColumnTiming(counts, 65_536, 1, Lanes.scalar())).isNotNull();
        assertThatThrownBy(() -> Lanes.scalar().pops(counts.entries(), 1, (1L << 30) + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1073741825")
                .hasMessageContaining("1073741824");
    }

    private static int[] range(int length) {
        int[] range = new int[length];
        Arrays.setAll(range, i -> i);
        return range;
    }

    private static SparsePattern noBias(int numRows) {
        return new SparsePattern(numRows, new int[] {0}, new int[0]);
    }

    private static void assertLikeTheFormulas(ProductImage image, MachineConfig config, float[] inputs) {
        EventRecord expected = Recurrences.of(image, config, inputs);
        EventRecord twice = new EventRecord(config.pes());
        twice.add(expected);
        twice.add(expected);
        for (Lanes lanes : List.of(Lanes.scalar(), Lanes.fastest())) {
            EventRecord events = new EventRecord(config.pes());
            ExactTiming timing = new ExactEngine(lanes).timing(EntryCounts.of(image), config);

            timing.run(inputs, 0, events);
            Records.assertEqual(events, expected, lanes + " lanes");

            timing.run(inputs, 0, events);
            Records.assertEqual(events, twice, lanes + " lanes, run again");
        }
    }

    private static MachineConfig machine(int numPes, int queueSlots, int rowEntries) {
        return MachineConfig.defaults()
                .with(Parameters.PES, numPes)
                .with(Parameters.QUEUE_SLOTS, queueSlots)
                .with(Parameters.SPMAT_ROW_ENTRIES, rowEntries);
    }

    /** Makes a layer with a bias column whose rows have a density in percent. */
    private static ProductImage image(int numRows, int numInputs, int numPes, IntUnaryOperator densityPercent) {
        Random random = new Random(numRows * 31L + numInputs);
        byte[] codes = new byte[numRows * numInputs];
        byte[] bias = new byte[numRows];
        for (int row = 0; row < numRows; row++) {
            int density = densityPercent.applyAsInt(row);
            for (int column = 0; column < numInputs; column++) {
                codes[row * numInputs + column] = code(random, density);
            }
            bias[row] = code(random, density);
        }
        return new ProductImage(
                InterleavedCscBuilder.build(codes, numRows, numInputs, numPes, 4, bias), CODEBOOK, numInputs, true);
    }

    private static byte code(Random random, int densityPercent) {
        return (byte) (random.nextInt(100) < densityPercent ? 1 + random.nextInt(3) : 0);
    }

    private static float[] live(int numInputs, double share, long seed) {
        Random random = new Random(seed);
        float[] inputs = new float[numInputs];
        for (int i = 0; i < numInputs; i++) {
            inputs[i] = random.nextDouble() < share ? 1 : 0;
        }
        return inputs;
    }
}
