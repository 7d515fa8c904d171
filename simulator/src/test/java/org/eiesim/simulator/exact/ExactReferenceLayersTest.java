package org.eiesim.simulator.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.exact.lanes.Lanes;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.layers.Recurrences;
import org.eiesim.simulator.layers.ReferenceLayer;
import org.eiesim.simulator.machine.EventRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers the EIE authors' simulator ran, and others of their kind, on both kinds of lanes. */
class ExactReferenceLayersTest {
    private static final int NUM_OTHERS = 300;

    static List<ReferenceLayer> cases() throws IOException {
        return ReferenceLayer.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheAuthorsSimulatorAndTheClockedEngine(ReferenceLayer layer) {
        assertAgrees(layer, layer.config());
    }

    @Test
    void agreesOnAlexNetFc8WhateverTheMachine() throws IOException {
        var fc8 = ReferenceLayer.fc8();
        Assumptions.assumeTrue(fc8.isPresent(), "AlexNet FC8 is not beside the repository");
        ReferenceLayer layer = fc8.orElseThrow();
        assertAgrees(layer, layer.config());
        for (int[] other : new int[][] {{2, 2}, {5, 64}, {64, 16}, {512, 3}}) {
            assertLikeTheClockedEngine(
                    layer,
                    layer.config().with(Parameters.QUEUE_SLOTS, other[0]).with(Parameters.SPMAT_ROW_ENTRIES, other[1]));
        }
        for (int numPes : new int[] {1, 7, 32, 256}) {
            ReferenceLayer encoded = layer.encodedFor(numPes);
            assertLikeTheClockedEngine(encoded, encoded.config());
        }
    }

    private static void assertAgrees(ReferenceLayer layer, MachineConfig config) {
        EventRecord events = assertLikeTheClockedEngine(layer, config);
        assertThat(events.cycles).isEqualTo(layer.expected().get("cycles").longValue());
        assertThat(events.pointerReads())
                .isEqualTo(layer.expected().get("pointer_reads").longValue());
        assertThat(events.fullStallCycles)
                .isEqualTo(layer.expected().get("full_stall_cycles").longValue());
    }

    private static EventRecord assertLikeTheClockedEngine(ReferenceLayer layer, MachineConfig config) {
        int numRows = layer.image().matrix().numRows();
        EventRecord clocked = new EventRecord(config.pes());
        new ClockedEngine()
                .prepare(layer.image(), config, new Arithmetic.Float32())
                .run(layer.inputs(), 0, new float[numRows], clocked);
        for (Lanes lanes : List.of(Lanes.scalar(), Lanes.fastest())) {
            float[] outputs = new float[numRows];
            EventRecord events = new EventRecord(config.pes());
            new ExactEngine(lanes)
                    .prepare(layer.image(), config, new Arithmetic.Float32())
                    .run(layer.inputs(), 0, outputs, events);
            ByteBuffer bytes = ByteBuffer.allocate(outputs.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(outputs);
            assertThat(bytes.array()).isEqualTo(layer.outputBytes());
            Records.assertEqual(events, clocked, lanes + " lanes, " + layer);
        }
        return clocked;
    }

    @Test
    void agreesWithTheFormulasOnOtherLayersOfTheirKind() {
        for (long seed = 0; seed < NUM_OTHERS; seed++) {
            RandomLayer layer = RandomLayer.drawLikeReference(seed);
            EventRecord expected = Recurrences.of(layer.image(), layer.config(), layer.inputs());
            EventRecord clocked = new EventRecord(layer.config().pes());
            float[] outputs = new float[layer.image().matrix().numRows()];
            new ClockedEngine()
                    .prepare(layer.image(), layer.config(), new Arithmetic.Float32())
                    .run(layer.inputs(), 0, outputs, clocked);
            Records.assertEqual(clocked, expected, layer);
            for (Lanes lanes : List.of(Lanes.scalar(), Lanes.fastest())) {
                float[] sums = new float[outputs.length];
                EventRecord events = new EventRecord(layer.config().pes());
                new ExactEngine(lanes)
                        .prepare(layer.image(), layer.config(), new Arithmetic.Float32())
                        .run(layer.inputs(), 0, sums, events);
                assertThat(sums).as("%s lanes, %s", lanes, layer).isEqualTo(outputs);
                Records.assertEqual(events, expected, lanes + " lanes, " + layer);
            }
        }
    }
}
