package org.eiesim.studies.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.eiesim.kernels.bits.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTableTest {
    private static final String HEADER =
            "point,workload,status,pareto,pes,queue_slots,clock_mhz,cycles,time_us,energy_nj,area_mm2\n";

    /** Two workloads on machines of two parameters; a third parameter is the same everywhere. */
    static ObjectNode sample() {
        StringBuilder csv = new StringBuilder(HEADER);
        int point = 0;
        for (int pes : new int[] {16, 32, 64, 128}) {
            for (int slots : new int[] {2, 4, 8}) {
                double timeUs = 900.0 / pes * (1 + 1.0 / slots);
                double energyNj = 500 + 3.0 * pes + 20.0 * slots;
                for (String workload : new String[] {"fc6", "fc7 \"wide\""}) {
                    csv.append(String.format(
                            Locale.ROOT,
                            "%d,\"%s\",ok,%b,%d,%d,800,%d,%.4f,%.4f,%.3f\n",
                            point,
                            workload.replace("\"", "\"\""),
                            slots == 8,
                            pes,
                            slots,
                            Math.round(timeUs * 800),
                            timeUs,
                            energyNj,
                            0.6 * pes));
                }
                point++;
            }
        }
        csv.append(point).append(",fc6,impossible,,1,2,800,,,,\n");
        try {
            Path file = Files.createTempFile("sweep", ".csv");
            try {
                Files.writeString(file, csv);
                return SweepTable.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first workload of {@link #sample}, where machines of 128 PEs cannot keep their clock. */
    static Path withInfeasible(Path folder) throws IOException {
        StringBuilder csv = new StringBuilder(
                "point,workload,status,pareto,pes,queue_slots,time_us,energy_nj,area_mm2," + "infeasible,reason\n");
        int point = 0;
        for (int pes : new int[] {16, 32, 64, 128}) {
            for (int slots : new int[] {2, 4, 8}) {
                csv.append(String.format(
                        Locale.ROOT,
                        "%d,fc6,ok,%b,%d,%d,%.4f,%.4f,%.3f,%s,\n",
                        point++,
                        slots == 8 && pes < 128,
                        pes,
                        slots,
                        900.0 / pes * (1 + 1.0 / slots),
                        500 + 3.0 * pes + 20.0 * slots,
                        0.6 * pes,
                        pes == 128 ? "clock_mhz 800 is above 700" : ""));
            }
        }
        csv.append(point).append(",fc6,impossible,,1,2,,,,,a row is wider than its memory\n");
        Files.writeString(folder.resolve("sweep.csv"), csv);
        return folder;
    }

    @Test
    void keepsTheReasonsOfWhatCannotBeBuilt(@TempDir Path folder) throws IOException {
        ObjectNode table = SweepTable.read(withInfeasible(folder));
        assertThat(table.get("metrics"))
                .extracting(JsonNode::asText)
                .containsExactly("time_us", "energy_nj", "area_mm2");
        JsonNode rows = table.get("workloads").get(0).get("rows");
        assertThat(rows.get(11).toString())
                .isEqualTo("[11.0,128.0,8.0,7.9102,1044.0,76.8,\"clock_mhz 800 is above 700\",false]");
        assertThat(rows.get(0).get(6).isNull()).isTrue();
        assertThat(table.get("impossible").toString())
                .isEqualTo("[{\"workload\":\"fc6\",\"reason\":\"a row is wider than its memory\",\"machines\":1}]");
    }

    @Test
    void keepsWhatVariesAndWhatIsDrawn() {
        ObjectNode table = sample();
        assertThat(table.get("parameters")).extracting(JsonNode::asText).containsExactly("pes", "queue_slots");
        assertThat(table.get("columns"))
                .extracting(JsonNode::asText)
                .containsExactly("point", "pes", "queue_slots", "time_us", "energy_nj", "area_mm2", "pareto");
        assertThat(table.get("workloads")).hasSize(2);
        JsonNode second = table.get("workloads").get(1);
        assertThat(second.get("name").asText()).isEqualTo("fc7 \"wide\"");
        assertThat(second.get("total").asInt()).isEqualTo(12);
        assertThat(second.get("rows").get(2).toString()).isEqualTo("[2.0,16.0,8.0,63.2813,708.0,9.6,true]");
    }

    @Test
    void thinsALargeTableButNotItsFront(@TempDir Path folder) throws IOException {
        StringBuilder csv = new StringBuilder(HEADER);
        int numPoints = 3 * SweepTable.MAX_MACHINES + 5;
        for (int i = 0; i < numPoints; i++) {
            csv.append(i + ",w,ok," + (i % 100 == 7) + ",64,8,800,1," + (i + 1) + ",1,1\n");
        }
        Files.writeString(folder.resolve("sweep.csv"), csv);

        JsonNode workload = SweepTable.read(folder).get("workloads").get(0);

        assertThat(workload.get("total").asInt()).isEqualTo(numPoints);
        int front = 0;
        for (JsonNode row : workload.get("rows")) {
            front += row.get(row.size() - 1).asBoolean() ? 1 : 0;
        }
        assertThat(front).isEqualTo((numPoints + 92) / 100);
        assertThat(workload.get("rows").size()).isBetween(front, SweepTable.MAX_MACHINES + front);
    }

    @Test
    void saysWhatIsWrong(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("table.csv");
        Files.writeString(file, "a,b\n1,2\n");
        assertThatThrownBy(() -> SweepTable.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ": no column \"workload\"; expected the table of eie sweep");
        Files.writeString(file, HEADER + "0,w,ok,true,64,8,800,1,fast,1,1\n");
        assertThatThrownBy(() -> SweepTable.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ": row 1, time_us: \"fast\" is not a number");
        Files.write(file, new byte[] {'a', (byte) 0xC3, 0x28, '\n'});
        assertThatThrownBy(() -> SweepTable.read(file)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SweepTable.read(folder)).isInstanceOf(IOException.class);
    }
}
