package org.eiesim.studies.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.HydratorSupplier;
import blue.strategic.parquet.ParquetReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.data.Percentage;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepStudyTest {
    private static final int NUM_LINES = 32;

    @TempDir
    Path folder;

    private static SweepResult run(String yaml, Path folder, int numThreads) throws IOException {
        return SmallSweeps.study(yaml).run(folder, false, numThreads, done -> {});
    }

    @Test
    void writesOneLinePerMachineAndWorkload() throws IOException {
        SweepResult result = run(SmallSweeps.TWO_LAYERS, folder, 2);
        List<CSVRecord> table = SmallSweeps.table(folder);

        assertThat(result.numPoints()).isEqualTo(16);
        assertThat(result.numLines()).isEqualTo(NUM_LINES);
        assertThat(result.numImpossible()).isEqualTo(8);
        assertThat(table).hasSize(NUM_LINES);
        for (int i = 0; i < NUM_LINES; i++) {
            CSVRecord line = table.get(i);
            assertThat(line.get("point")).isEqualTo(Integer.toString(i / 2));
            assertThat(line.get("workload")).isEqualTo(i % 2 == 0 ? "wide" : "tall");
            boolean impossible = line.get("spmat_sram_bytes").equals("16")
                    && line.get("spmat_row_entries").equals("32");
            assertThat(line.get("status")).isEqualTo(impossible ? "impossible" : "ok");
            assertThat(line.get("reason")).startsWith(impossible ? "spmat_sram_bytes: 16 bytes" : "");
            assertThat(line.get("cycles").isEmpty()).isEqualTo(impossible);
            if (!impossible) {
                assertThatColumnsAgree(line);
            }
        }
    }

    private static void assertThatColumnsAgree(CSVRecord line) {
        double components = Columns.ALL.stream()
                .map(column -> column.name())
                .filter(name -> name.startsWith("energy_") && name.endsWith("_nj"))
                .filter(name -> !name.equals("energy_nj") && !name.equals("energy_delay_nj_us"))
                .mapToDouble(name -> number(line, name))
                .sum();
        assertThat(number(line, "energy_nj")).isCloseTo(components, Percentage.withPercentage(1e-6));
        assertThat(number(line, "time_us")).isEqualTo(number(line, "cycles") / 800);
        double peCycles = number(line, "pes") * number(line, "cycles");
        assertThat(number(line, "accumulates")
                        + number(line, "padding_entries")
                        + number(line, "empty_columns")
                        + number(line, "starved_pe_cycles")
                        + number(line, "fill_pe_cycles")
                        + number(line, "drain_pe_cycles"))
                .isEqualTo(peCycles);
        assertThat(number(line, "area_mm2")).isPositive();
    }

    private static double number(CSVRecord line, String column) {
        return Double.parseDouble(line.get(column));
    }

    @Test
    void writesTheSameBytesOnAnyNumberOfThreads() throws IOException {
        run(SmallSweeps.TWO_LAYERS, folder.resolve("1"), 1);
        Map<String, byte[]> expected = SmallSweeps.files(folder.resolve("1"));

        assertThat(expected)
                .containsOnlyKeys(
                        "sweep.journal",
                        "sweep.csv",
                        "sweep.parquet",
                        "layers.csv",
                        "layers.parquet",
                        "pareto.csv",
                        "summary.json");
        expected.remove(SweepStudy.JOURNAL_FILE);
        for (int numThreads : new int[] {2, 3, 8}) {
            Path other = folder.resolve(Integer.toString(numThreads));
            run(SmallSweeps.TWO_LAYERS, other, numThreads);
            Map<String, byte[]> actual = SmallSweeps.files(other);
            actual.remove(SweepStudy.JOURNAL_FILE);
            assertThat(actual).containsExactlyEntriesOf(expected);
        }
    }

    @Test
    void doesNothingASecondTime() throws IOException {
        run(SmallSweeps.TWO_LAYERS, folder, 1);
        Map<String, byte[]> first = SmallSweeps.files(folder);

        assertThat(run(SmallSweeps.TWO_LAYERS, folder, 1).numResumed()).isEqualTo(NUM_LINES);
        assertThat(SmallSweeps.files(folder)).containsExactlyEntriesOf(first);
    }

    /** Cuts the journal of a finished sweep at places between and inside records and lets the sweep go on. */
    @Test
    void goesOnWhereItWasKilled() throws IOException {
        run(SmallSweeps.TWO_LAYERS, folder.resolve("whole"), 2);
        Map<String, byte[]> expected = SmallSweeps.files(folder.resolve("whole"));
        byte[] journal = Objects.requireNonNull(expected.remove(SweepStudy.JOURNAL_FILE));
        int previous = -1;
        for (int length = 0; length < journal.length; length += 397) {
            Path cut = folder.resolve("cut" + length);
            Files.createDirectories(cut);
            Files.write(cut.resolve(SweepStudy.JOURNAL_FILE), Arrays.copyOf(journal, length));
            SweepResult result = run(SmallSweeps.TWO_LAYERS, cut, 2);
            Map<String, byte[]> actual = SmallSweeps.files(cut);
            byte[] completed = actual.remove(SweepStudy.JOURNAL_FILE);

            assertThat(actual).as("cut to %d bytes", length).containsExactlyEntriesOf(expected);
            assertThat(completed).as("cut to %d bytes", length).hasSameSizeAs(journal);
            assertThat(result.numResumed()).isGreaterThanOrEqualTo(previous).isLessThan(NUM_LINES);
            previous = result.numResumed();
        }
        assertThat(previous).isGreaterThan(NUM_LINES / 2);
    }

    @Test
    void refusesTheJournalOfAnotherSweepUnlessToldToRestart() throws IOException {
        run(SmallSweeps.TWO_LAYERS, folder, 1);
        String other = SmallSweeps.TWO_LAYERS.replace("seed: 3", "seed: 4");

        assertThatThrownBy(() -> run(other, folder, 1))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("belongs to another sweep");
        SweepResult result = SmallSweeps.study(other).run(folder, true, 1, done -> {});
        assertThat(result.numResumed()).isZero();
        // What does not change the table does not change the sweep.
        assertThat(run("# A comment.\n" + other, folder, 1).numResumed()).isEqualTo(NUM_LINES);
    }

    @Test
    void writesTheSameTableAsParquet() throws IOException {
        run(SmallSweeps.TWO_LAYERS, folder, 1);
        List<Map<String, Object>> parquet;
        try (Stream<Map<String, Object>> rows = ParquetReader.streamContent(
                folder.resolve(SweepStudy.PARQUET_FILE).toFile(), HydratorSupplier.constantly(new Cells()))) {
            parquet = rows.toList();
        }
        List<CSVRecord> csv = SmallSweeps.table(folder);

        assertThat(parquet).hasSameSizeAs(csv);
        for (int i = 0; i < csv.size(); i++) {
            Map<String, Object> row = parquet.get(i);
            assertThat(row.keySet())
                    .hasSameElementsAs(
                            Columns.ALL.stream().map(column -> column.name()).toList());
            for (Map.Entry<String, Object> cell : row.entrySet()) {
                String text = cell.getValue() instanceof Double number
                        ? CsvTable.decimal(number)
                        : Objects.toString(cell.getValue(), "");
                assertThat(csv.get(i).get(cell.getKey())).as(cell.getKey()).isEqualTo(text);
            }
        }
    }

    /** Reads a row of Parquet into a map from columns to values, null where there is none. */
    private static final class Cells implements Hydrator<Map<String, Object>, Map<String, Object>> {
        @Override
        public Map<String, Object> start() {
            return new HashMap<>();
        }

        @Override
        public Map<String, Object> add(Map<String, Object> row, String column, Object value) {
            row.put(column, value);
            return row;
        }

        @Override
        public Map<String, Object> finish(Map<String, Object> row) {
            return row;
        }
    }

    @Test
    void listsTheFrontOfEveryWorkloadAndOfAll() throws IOException {
        SweepResult result = run(SmallSweeps.TWO_LAYERS, folder, 1);
        List<String> pareto = Files.readAllLines(folder.resolve(SweepStudy.PARETO_FILE), StandardCharsets.UTF_8);
        long inTable = SmallSweeps.table(folder).stream()
                .filter(line -> line.get("pareto").equals("true"))
                .count();

        assertThat(pareto.get(0))
                .isEqualTo("workload,point,pes,queue_slots,spmat_row_entries,spmat_sram_bytes,"
                        + "time_us,streamed_us,energy_nj,area_mm2,energy_delay_nj_us,weighed");
        assertThat(pareto.stream()
                        .skip(1)
                        .filter(line -> !line.startsWith("(all),"))
                        .count())
                .isEqualTo(inTable);
        assertThat(result.frontSizes()).containsOnlyKeys("wide", "tall", "(all)");
        assertThat(result.frontSizes().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(pareto.size() - 1);
        assertThat(result.best()).hasSize(12);
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        List<Integer> told = new ArrayList<>();
        SmallSweeps.study(SmallSweeps.TWO_LAYERS).run(folder, false, 3, told::add);

        assertThat(told).isSorted().startsWith(0).endsWith(NUM_LINES);
    }
}
