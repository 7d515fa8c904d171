package org.eiesim.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import org.eiesim.simulator.clocked.ClockedEngine;
import org.eiesim.simulator.clocked.PeState;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.layers.RandomLayer;
import org.eiesim.simulator.machine.EventRecord;
import org.junit.jupiter.api.Test;

/** What a reader of the written files counts is what the engine counted. */
class TraceAgainstRecordTest {
    private static final TraceWindow WHOLE = new TraceWindow(0, 4096, null);

    private static EventRecord run(RandomLayer layer) {
        EventRecord events = new EventRecord(layer.config().pes());
        new ClockedEngine()
                .prepare(layer.image(), layer.config(), new Arithmetic.Float32())
                .run(layer.inputs(), 0, new float[layer.image().matrix().numRows()], events);
        return events;
    }

    /** Draws layers that run at least a cycle and fit one trace. */
    private static void forLayers(int numLayers, LayerCheck check) throws IOException {
        int numChecked = 0;
        for (long seed = 0; numChecked < numLayers; seed++) {
            RandomLayer layer = RandomLayer.draw(seed, 1 + (int) (seed % 3));
            EventRecord events = run(layer);
            if (events.cycles > 0 && events.cycles <= WHOLE.numCycles()) {
                Trace trace = Tracer.trace("seed " + seed, layer.image(), layer.config(), layer.inputs(), WHOLE);
                assertThat((long) trace.numCycles()).as(layer.toString()).isEqualTo(events.cycles);
                check.accept(layer, events, trace);
                numChecked++;
            }
        }
    }

    private interface LayerCheck {
        void accept(RandomLayer layer, EventRecord events, Trace trace) throws IOException;
    }

    @Test
    void signalsOfTheVcdSumToTheRecord() throws IOException {
        forLayers(40, (layer, events, trace) -> {
            String what = layer.toString();
            VcdFile vcd = VcdFile.parse(vcd(trace));
            assertThat(vcd.endTime).as(what).isEqualTo(events.cycles * 1250);
            assertThat(vcd.sample("eie.cycle", "eie.clock").length).as(what).isEqualTo((int) events.cycles);
            assertThat(Arrays.stream(vcd.sample("eie.broadcast", "eie.clock")).sum())
                    .as(what)
                    .isEqualTo(events.broadcasts);
            assertThat(count(vcd, "eie.full_stall", value -> value == 1))
                    .as(what)
                    .isEqualTo(events.fullStallCycles);
            for (int pe = 0; pe < events.numPes(); pe++) {
                String scope = "eie.pe" + pe + ".";
                Map<PeState, Long> recorded = Map.of(
                        PeState.FILLING, events.fillCycles[pe],
                        PeState.ACCUMULATING, events.accumulates[pe],
                        PeState.PADDING, events.paddingEntries[pe],
                        PeState.EMPTY_COLUMN, events.emptyColumns[pe],
                        PeState.STARVED, events.starvedCycles[pe],
                        PeState.DRAINING, events.drainCycles[pe]);
                recorded.forEach((state, cycles) -> assertThat(
                                count(vcd, scope + "state", value -> value == state.code()))
                        .as("%s: %s", what, state)
                        .isEqualTo(cycles));
                assertThat(count(vcd, scope + "queue_full", value -> value == 1))
                        .as(what)
                        .isEqualTo(events.queueFullCycles[pe]);
                assertThat(count(vcd, scope + "row_read", value -> value == 1))
                        .as(what)
                        .isEqualTo(events.spmatRowReads[pe]);
                assertThat(count(vcd, scope + "add", value -> value == 1))
                        .as(what)
                        .isEqualTo(events.accumulates[pe]);
                assertThat(count(vcd, scope + "address", value -> value >= 0))
                        .as(what)
                        .isEqualTo(events.accumulates[pe]);
            }
        });
    }

    private static long count(VcdFile vcd, String name, LongPredicate counted) {
        return Arrays.stream(vcd.sample(name, "eie.clock")).filter(counted).count();
    }

    @Test
    void signalsKeepTheHardwaresRules() throws IOException {
        forLayers(20, (layer, events, trace) -> {
            for (int place = 0; place < trace.numPes(); place++) {
                int depth = 0;
                for (int cycle = 0; cycle < trace.numCycles(); cycle++) {
                    String what = "seed " + layer.seed() + ", PE " + place + ", cycle " + cycle;
                    int before = cycle == 0 ? Trace.UNDEFINED : trace.value(PeSignal.ROW, cycle - 1, place);
                    boolean rowChanged = trace.value(PeSignal.ROW, cycle, place) != before;
                    assertThat(trace.value(PeSignal.ROW_READ, cycle, place) == 1)
                            .as(what)
                            .isEqualTo(rowChanged);
                    assertThat(trace.value(PeSignal.QUEUE_DEPTH, cycle, place))
                            .as(what)
                            .isBetween(0, layer.config().queueSlots() - 1);
                    int pushed = cycle == 0 ? 0 : trace.value(ArraySignal.BROADCAST, cycle - 1);
                    int popped = depth + pushed - trace.value(PeSignal.QUEUE_DEPTH, cycle, place);
                    assertThat(popped).as(what).isBetween(0, 1);
                    depth = trace.value(PeSignal.QUEUE_DEPTH, cycle, place);
                    if (trace.value(PeSignal.BYPASS, cycle, place) == 1) {
                        assertThat(trace.value(PeSignal.ADDRESS, cycle, place))
                                .as(what)
                                .isNotNegative()
                                .isEqualTo(trace.value(PeSignal.ADDRESS, cycle - 1, place));
                    }
                }
            }
        });
    }

    @Test
    void slicesOfTheTraceEventsSumToTheRecord() throws IOException {
        forLayers(20, (layer, events, trace) -> {
            String what = layer.toString();
            Map<String, Long> durations = new HashMap<>();
            Map<String, Long> counts = new HashMap<>();
            for (JsonNode event : events(trace)) {
                if (event.get("ph").asText().equals("X")) {
                    String track =
                            event.get("pid").asInt() + "/" + event.get("tid").asInt() + "/";
                    String key = track + event.get("name").asText();
                    durations.merge(key, event.get("dur").asLong(), Long::sum);
                    counts.merge(track, 1L, Long::sum);
                }
            }
            assertThat(durations.getOrDefault("1/2/queue full", 0L)).as(what).isEqualTo(events.fullStallCycles);
            for (int pe = 0; pe < events.numPes(); pe++) {
                String states = (2 + pe) + "/1/";
                assertThat(durations.getOrDefault(states + "accumulate", 0L))
                        .as(what)
                        .isEqualTo(events.accumulates[pe]);
                assertThat(durations.getOrDefault(states + "padding", 0L))
                        .as(what)
                        .isEqualTo(events.paddingEntries[pe]);
                assertThat(durations.getOrDefault(states + "empty column", 0L))
                        .as(what)
                        .isEqualTo(events.emptyColumns[pe]);
                assertThat(durations.getOrDefault(states + "starved", 0L))
                        .as(what)
                        .isEqualTo(events.starvedCycles[pe]);
                assertThat(durations.getOrDefault(states + "fill", 0L)).as(what).isEqualTo(events.fillCycles[pe]);
                assertThat(durations.getOrDefault(states + "drain", 0L))
                        .as(what)
                        .isEqualTo(events.drainCycles[pe]);
                assertThat(counts.getOrDefault((2 + pe) + "/2/", 0L)).as(what).isEqualTo(events.spmatRowReads[pe]);
            }
        });
    }

    /** Every event has the fields its kind must have, and the slices of one row do not overlap. */
    @Test
    void traceEventsKeepTheFormat() throws IOException {
        forLayers(20, (layer, events, trace) -> {
            Map<String, Long> ends = new HashMap<>();
            for (JsonNode event : events(trace)) {
                assertThat(event.get("pid").isInt()).isTrue();
                assertThat(event.get("tid").isInt()).isTrue();
                assertThat(event.get("name").asText()).isNotEmpty();
                switch (event.get("ph").asText()) {
                    case "M" ->
                        assertThat(event.get("args").get("name").isTextual()).isTrue();
                    case "C" ->
                        assertThat(event.get("args").get("activations").isInt()).isTrue();
                    case "X" -> {
                        String track = event.get("pid") + "/" + event.get("tid");
                        long start = event.get("ts").asLong();
                        assertThat(start).as(layer.toString()).isGreaterThanOrEqualTo(ends.getOrDefault(track, 0L));
                        assertThat(event.get("dur").asLong()).isPositive();
                        ends.put(track, start + event.get("dur").asLong());
                        assertThat(ends.get(track)).as(layer.toString()).isLessThanOrEqualTo(trace.numCycles());
                    }
                    default -> throw new AssertionError(event.toString());
                }
            }
        });
    }

    static String vcd(Trace trace) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        VcdWriter.write(trace, bytes);
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    static String perfetto(Trace trace) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PerfettoWriter.write(trace, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode events(Trace trace) throws IOException {
        return new ObjectMapper().readTree(perfetto(trace)).get("traceEvents");
    }
}
