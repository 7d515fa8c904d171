package org.eiesim.studies.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepJournalTest {
    private static final byte[] KEY = new byte[32];

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = folder.resolve("journal");
    }

    private static List<SweepRow> rows(int count) {
        SplittableRandom random = new SplittableRandom(count);
        List<SweepRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i % 3 == 1) {
                rows.add(SweepRow.impossible(i, 7, "because \u00e9 " + i));
            } else {
                rows.add(new SweepRow(
                        i,
                        random.nextInt(9),
                        "",
                        random.nextInt(100),
                        random.nextDouble(),
                        random.doubles(SweepRow.NUM_RATIOS).toArray(),
                        layers(i % 4, random),
                        random.nextDouble(),
                        random.nextDouble(),
                        random.nextBoolean()));
            }
        }
        return rows;
    }

    private static List<SweepRow.Layer> layers(int count, SplittableRandom random) {
        List<SweepRow.Layer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            layers.add(new SweepRow.Layer(
                    "layer \u00e9".repeat(i),
                    random.longs(SweepRow.NUM_STATISTICS).toArray(),
                    random.doubles(SweepRow.NUM_RATIOS).toArray(),
                    random.doubles(SweepRow.ENERGY_COMPONENTS.size()).toArray(),
                    random.nextDouble()));
        }
        return layers;
    }

    private List<SweepRow> reopen() throws IOException {
        try (SweepJournal journal = SweepJournal.open(file, KEY, false)) {
            return journal.finished();
        }
    }

    private static void assertSame(List<SweepRow> actual, List<SweepRow> expected) {
        assertThat(actual.stream().map(SweepJournalTest::text))
                .containsExactlyElementsOf(
                        expected.stream().map(SweepJournalTest::text).toList());
    }

    /** The arrays of two records are the same if they print the same. */
    private static String text(SweepRow row) {
        StringBuilder text = new StringBuilder();
        for (SweepRow.Layer layer : row.layers()) {
            text.append(layer.name()).append(Arrays.toString(layer.statistics()));
            text.append(Arrays.toString(layer.ratios())).append(Arrays.toString(layer.energyPj()));
            text.append(layer.streamedUs());
        }
        return row.point() + " " + row.workload() + " " + row.reason() + row.inputs() + " " + row.accuracy()
                + Arrays.toString(row.ratios()) + text + row.areaMm2() + " " + row.leakageMw() + " "
                + row.extrapolated();
    }

    private byte[] written(List<SweepRow> rows) throws IOException {
        try (SweepJournal journal = SweepJournal.open(file, KEY, true)) {
            journal.append(rows.subList(0, 2));
            journal.append(rows.subList(2, rows.size()));
        }
        return Files.readAllBytes(file);
    }

    @Test
    void keepsWhatWasAppended() throws IOException {
        List<SweepRow> rows = rows(20_000);
        written(rows);

        assertSame(reopen(), rows);
    }

    /** Whatever is cut off, whole records before the cut come back, and appending goes on behind them. */
    @Test
    void dropsATornTailAtEveryByte() throws IOException {
        List<SweepRow> rows = rows(5);
        byte[] whole = written(rows);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<SweepRow> found;
            try (SweepJournal journal = SweepJournal.open(file, KEY, false)) {
                found = journal.finished();
                journal.append(rows.subList(found.size(), rows.size()));
            }

            assertSame(found, rows.subList(0, found.size()));
            assertThat(Files.readAllBytes(file)).as("cut to %d bytes", length).isEqualTo(whole);
        }
    }

    /** No damaged record is ever taken for a line. */
    @Test
    void dropsWhatFollowsAFlippedBit() throws IOException {
        List<SweepRow> rows = rows(4);
        byte[] whole = written(rows);
        for (int position = 0; position < whole.length; position++) {
            byte[] damaged = whole.clone();
            damaged[position] ^= (byte) (1 << position % Byte.SIZE);
            Files.write(file, damaged);
            if (position < SweepJournal.HEADER_BYTES) {
                assertThatThrownBy(this::reopen).isInstanceOf(FormatException.class);
                assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
            } else {
                List<SweepRow> found = reopen();
                assertThat(found.size()).as("byte %d", position).isLessThan(rows.size());
                assertSame(found, rows.subList(0, found.size()));
            }
        }
    }

    @Test
    void leavesOtherFilesAlone() throws IOException {
        Files.writeString(file, "notes");

        assertThatThrownBy(this::reopen)
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("at byte 0: is no journal of a sweep");
        assertThat(Files.readString(file)).isEqualTo("notes");
    }

    @Test
    void isUsedByOneSweepAtATime() throws IOException {
        try (SweepJournal journal = SweepJournal.open(file, KEY, false)) {
            assertThat(journal.finished()).isEmpty();
            assertThatThrownBy(this::reopen).isInstanceOf(FormatException.class).hasMessageContaining("is in use");
        }
        assertThat(reopen()).isEmpty();
    }
}
