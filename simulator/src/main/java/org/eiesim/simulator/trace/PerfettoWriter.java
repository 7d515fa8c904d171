package org.eiesim.simulator.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.eiesim.simulator.clocked.PeState;

/**
 * Writes a trace as Chrome trace events, which ui.perfetto.dev and chrome://tracing open. One cycle is shown as one
 * microsecond, because the viewers round to whole nanoseconds. The array and every PE are processes; their threads are
 * rows of slices (what is broadcast, stalls; the PE's state, the weight row latched), the queue's depth is a counter.
 *
 * <p>Source: "Trace Event Format", JSON object format; events X (complete), C (counter), M (metadata).
 */
public final class PerfettoWriter {
    private static final int ARRAY_PROCESS = 1;
    private static final int FIRST_PE_PROCESS = 2;
    private static final int FIRST_THREAD = 1;
    private static final int SECOND_THREAD = 2;

    private final Trace trace;
    private final JsonGenerator json;

    private PerfettoWriter(Trace trace, JsonGenerator json) {
        this.trace = trace;
        this.json = json;
    }

    /**
     * Writes a trace.
     *
     * @param trace the trace
     * @param stream where to; flushed, not closed
     * @throws IOException if writing fails
     */
    public static void write(Trace trace, OutputStream stream) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(stream)) {
            new PerfettoWriter(trace, json).write();
            json.writeRaw('\n');
        }
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("displayTimeUnit", "ns");
        json.writeObjectFieldStart("otherData");
        json.writeStringField("title", trace.title());
        json.writeStringField("time", "1 us is 1 clock cycle");
        json.writeNumberField("clock_mhz", trace.clockMhz());
        json.writeEndObject();
        json.writeArrayFieldStart("traceEvents");
        writeArray();
        for (int place = 0; place < trace.numPes(); place++) {
            writePe(place);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeArray() throws IOException {
        writeName("process_name", ARRAY_PROCESS, 0, "array");
        writeName("thread_name", ARRAY_PROCESS, FIRST_THREAD, "broadcast");
        writeName("thread_name", ARRAY_PROCESS, SECOND_THREAD, "stall");
        for (int cycle = 0; cycle < trace.numCycles(); cycle++) {
            if (trace.value(ArraySignal.BROADCAST, cycle) > 0) {
                writeSlice(
                        "column " + trace.value(ArraySignal.COLUMN, cycle),
                        ARRAY_PROCESS,
                        FIRST_THREAD,
                        cycle,
                        cycle + 1);
            }
        }
        writeSlices(
                ARRAY_PROCESS,
                SECOND_THREAD,
                cycle -> trace.value(ArraySignal.FULL_STALL, cycle) - 1,
                stalled -> "queue full");
    }

    private void writePe(int place) throws IOException {
        int process = FIRST_PE_PROCESS + trace.pe(place);
        writeName("process_name", process, 0, "PE " + trace.pe(place));
        writeName("thread_name", process, FIRST_THREAD, "state");
        writeName("thread_name", process, SECOND_THREAD, "weight row");
        PeState[] states = PeState.values();
        writeSlices(
                process,
                FIRST_THREAD,
                cycle -> trace.value(PeSignal.STATE, cycle, place),
                state -> states[state].label());
        writeSlices(process, SECOND_THREAD, cycle -> trace.value(PeSignal.ROW, cycle, place), row -> "row " + row);
        int last = Trace.UNDEFINED;
        for (int cycle = 0; cycle < trace.numCycles(); cycle++) {
            int depth = trace.value(PeSignal.QUEUE_DEPTH, cycle, place);
            if (depth != last) {
                writeEvent("C", "queue depth", process, FIRST_THREAD);
                json.writeNumberField("ts", trace.firstCycle() + cycle);
                json.writeObjectFieldStart("args");
                json.writeNumberField("activations", depth);
                json.writeEndObject();
                json.writeEndObject();
                last = depth;
            }
        }
    }

    /** Writes one slice for each run of equal values; {@link Trace#UNDEFINED} leaves a gap. */
    private void writeSlices(int process, int thread, IntUnaryOperator valueInCycle, IntFunction<String> name)
            throws IOException {
        int start = 0;
        for (int cycle = 1; cycle <= trace.numCycles(); cycle++) {
            int value = valueInCycle.applyAsInt(start);
            if (cycle == trace.numCycles() || valueInCycle.applyAsInt(cycle) != value) {
                if (value != Trace.UNDEFINED) {
                    writeSlice(name.apply(value), process, thread, start, cycle);
                }
                start = cycle;
            }
        }
    }

    private void writeSlice(String name, int process, int thread, int from, int to) throws IOException {
        writeEvent("X", name, process, thread);
        json.writeNumberField("ts", trace.firstCycle() + from);
        json.writeNumberField("dur", to - from);
        json.writeEndObject();
    }

    private void writeName(String kind, int process, int thread, String name) throws IOException {
        writeEvent("M", kind, process, thread);
        json.writeObjectFieldStart("args");
        json.writeStringField("name", name);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Begins an event; the caller ends it. */
    private void writeEvent(String phase, String name, int process, int thread) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("ph", phase);
        json.writeStringField("name", name);
        json.writeNumberField("pid", process);
        json.writeNumberField("tid", thread);
    }
}
