package org.eiesim.simulator.clocked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.eiesim.simulator.layers.Recurrences;
import org.eiesim.simulator.layers.ReferenceLayer;
import org.eiesim.simulator.machine.Engine;
import org.eiesim.simulator.machine.EventRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers the EIE authors' own simulator was run on. */
class ReferenceLayersTest {
    static List<ReferenceLayer> cases() throws IOException {
        return ReferenceLayer.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheAuthorsSimulator(ReferenceLayer layer) {
        assertAgrees(layer);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFunctionalReferenceComputesTheAuthorsOutputs(ReferenceLayer layer) {
        EventRecord events = new EventRecord(layer.config().pes());

        byte[] outputs = run(new FunctionalEngine(), layer, layer.config(), events);

        assertThat(outputs).isEqualTo(layer.outputBytes());
        assertThat(sum(events.spmatRowReads))
                .isEqualTo(layer.expected().get("spmat_row_reads").longValue());
        assertThat(sum(events.accumulates))
                .isEqualTo(layer.expected().get("accumulates").longValue());
        assertThat(events.cycles).isZero();
    }

    @Test
    void agreesWithTheAuthorsSimulatorOnAlexNetFc8() throws IOException {
        ReferenceLayer fc8 = fc8();

        assertAgrees(fc8);
        assertThat(fc8.expected().get("cycles").intValue()).isEqualTo(7926);
    }

    @ParameterizedTest
    @CsvSource({
        "2,10194",
        "3,8827",
        "4,8386",
        "5,8160",
        "8,7926",
        "9,7896",
        "16,7794",
        "17,7794",
        "32,7794",
        "64,7794",
        "512,7794"
    })
    void fc8WithOtherQueues(int queueSlots, long cycles) throws IOException {
        ReferenceLayer fc8 = fc8();
        EventRecord events = new EventRecord(64);

        run(new ClockedEngine(), fc8, fc8.config().with(Parameters.QUEUE_SLOTS, queueSlots), events);

        assertThat(events.cycles).isEqualTo(cycles);
    }

    @ParameterizedTest
    @CsvSource({"16,258386", "32,158921", "64,100900", "128,60396", "256,32551", "512,16468"})
    void fc8WithOtherRowWidths(int rowBits, long rowReads) throws IOException {
        ReferenceLayer fc8 = fc8();
        EventRecord events = new EventRecord(64);

        run(new ClockedEngine(), fc8, fc8.config().with(Parameters.SPMAT_ROW_ENTRIES, rowBits / 8), events);

        assertThat(sum(events.spmatRowReads)).isEqualTo(rowReads);
        assertThat(events.cycles).isEqualTo(7926);
        assertThat(events.pointerReads()).isEqualTo(112640);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1069870,17879,461330,58527",
        "2,1068538,16547,231613,59332",
        "4,1066663,14672,116654,61000",
        "8,1065112,13121,58446,64347",
        "16,1062170,10179,30001,71139",
        "32,1057327,5336,15162,83907",
        "64,1051991,0,7926,100900",
        "128,1051991,0,4392,116822",
        "256,1051991,0,2689,125580"
    })
    void fc8OnOtherNumbersOfPes(int numPes, long entries, long padding, long cycles, long rowReads) throws IOException {
        ReferenceLayer fc8 = fc8().encodedFor(numPes);
        EventRecord events = new EventRecord(numPes);

        byte[] outputs = run(new ClockedEngine(), fc8, fc8.config(), events);

        assertThat(fc8.image().matrix().numEntries()).isEqualTo(entries);
        assertThat(Arrays.stream(fc8.image().matrix().codes())
                        .mapToLong(ReferenceLayersTest::countZeros)
                        .sum())
                .isEqualTo(padding);
        assertThat(events.cycles).isEqualTo(cycles);
        assertThat(sum(events.spmatRowReads)).isEqualTo(rowReads);
        assertThat(outputs).isEqualTo(fc8.outputBytes());
        assertThat(events)
                .usingRecursiveComparison()
                .isEqualTo(Recurrences.of(fc8.image(), fc8.config(), fc8.inputs()));
    }

    private static ReferenceLayer fc8() throws IOException {
        var fc8 = ReferenceLayer.fc8();
        Assumptions.assumeTrue(fc8.isPresent(), "AlexNet FC8 is not beside the repository");
        return fc8.orElseThrow();
    }

    private static void assertAgrees(ReferenceLayer layer) {
        EventRecord events = new EventRecord(layer.config().pes());

        byte[] outputs = run(new ClockedEngine(), layer, layer.config(), events);

        assertThat(outputs).isEqualTo(layer.outputBytes());
        assertThat(events.cycles).isEqualTo(layer.expected().get("cycles").longValue());
        assertThat(events.pointerReads())
                .isEqualTo(layer.expected().get("pointer_reads").longValue());
        assertThat(sum(events.spmatRowReads))
                .isEqualTo(layer.expected().get("spmat_row_reads").longValue());
        assertThat(sum(events.accumulates))
                .isEqualTo(layer.expected().get("accumulates").longValue());
        assertThat(sum(events.emptyColumns))
                .isEqualTo(layer.expected().get("empty_columns").longValue());
        assertThat(sum(events.starvedCycles))
                .isEqualTo(layer.expected().get("starved_pe_cycles").longValue());
        assertThat(events.fullStallCycles)
                .isEqualTo(layer.expected().get("full_stall_cycles").longValue());
    }

    private static byte[] run(Engine engine, ReferenceLayer layer, MachineConfig config, EventRecord events) {
        float[] outputs = new float[layer.image().matrix().numRows()];
        engine.prepare(layer.image(), config, new Arithmetic.Float32()).run(layer.inputs(), 0, outputs, events);
        ByteBuffer bytes = ByteBuffer.allocate(outputs.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(outputs);
        return bytes.array();
    }

    private static long countZeros(byte[] codes) {
        long zeros = 0;
        for (byte code : codes) {
            zeros += code == 0 ? 1 : 0;
        }
        return zeros;
    }

    private static long sum(long[] counts) {
        return Arrays.stream(counts).sum();
    }
}
