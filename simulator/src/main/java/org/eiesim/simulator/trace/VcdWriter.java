package org.eiesim.simulator.trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Writes a trace as a value change dump. The unit of time is 1 ps; cycle c of the product begins at {@code c} clock
 * periods, rounded to it. Scope {@code eie} holds the clock, the cycle's number and the signals of the array, a scope
 * {@code peK} in it those of PE K. A signal changes at the start of a cycle and holds for the whole of it.
 *
 * <p>Source: IEEE 1364-2005, 18 "Value change dump (VCD) files".
 */
public final class VcdWriter {
    private static final double PICOSECONDS_PER_MICROSECOND = 1e6;
    private static final int FIRST_IDENTIFIER_CHARACTER = 33;
    private static final int NUM_IDENTIFIER_CHARACTERS = 94;

    /** A signal of the file. */
    private static final class Variable {
        private final String identifier;
        private final int widthBits;
        private final IntUnaryOperator valueInCycle;
        private int last = Integer.MIN_VALUE;

        Variable(String identifier, int widthBits, IntUnaryOperator valueInCycle) {
            this.identifier = identifier;
            this.widthBits = widthBits;
            this.valueInCycle = valueInCycle;
        }

        /** Appends the value if it is not the one before. */
        void appendChange(StringBuilder text, int cycle) {
            int value = valueInCycle.applyAsInt(cycle);
            if (value == last) {
                return;
            }
            last = value;
            String digits = value == Trace.UNDEFINED ? "x" : Integer.toBinaryString(value);
            text.append(widthBits == 1 ? digits : "b" + digits + " ")
                    .append(identifier)
                    .append('\n');
        }
    }

    private final Trace trace;
    private final List<Variable> variables = new ArrayList<>();
    private final StringBuilder header = new StringBuilder();
    private int numIdentifiers;

    private VcdWriter(Trace trace) {
        this.trace = trace;
    }

    /**
     * Writes a trace.
     *
     * @param trace the trace
     * @param stream where to; flushed, not closed
     * @throws IOException if writing fails
     */
    public static void write(Trace trace, OutputStream stream) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.US_ASCII), 1 << 16);
        new VcdWriter(trace).write(writer);
        writer.flush();
    }

    private void write(Writer writer) throws IOException {
        String clock = nextIdentifier();
        declare(clock);
        writer.write(header.toString());
        StringBuilder text = new StringBuilder();
        for (int cycle = 0; cycle < trace.numCycles(); cycle++) {
            text.append('#').append(time(cycle)).append('\n');
            text.append(cycle == 0 ? "$dumpvars\n" : "");
            text.append('1').append(clock).append('\n');
            for (Variable variable : variables) {
                variable.appendChange(text, cycle);
            }
            text.append(cycle == 0 ? "$end\n" : "");
            text.append('#').append((time(cycle) + time(cycle + 1)) / 2).append('\n');
            text.append('0').append(clock).append('\n');
            writer.append(text);
            text.setLength(0);
        }
        writer.write("#" + time(trace.numCycles()) + "\n");
    }

    private long time(int cycle) {
        return Math.round((trace.firstCycle() + cycle) * PICOSECONDS_PER_MICROSECOND / trace.clockMhz());
    }

    private void declare(String clock) {
        header.append("$comment ").append(ascii(trace.title())).append(" $end\n");
        for (PeSignal signal : PeSignal.values()) {
            header.append("$comment ")
                    .append(signal.key())
                    .append(": ")
                    .append(signal.text())
                    .append(" $end\n");
        }
        header.append("$version eiesim $end\n$timescale 1 ps $end\n$scope module eie $end\n");
        header.append("$var wire 1 ").append(clock).append(" clock $end\n");
        declare(
                "cycle",
                Math.toIntExact(trace.firstCycle() + trace.numCycles()),
                cycle -> Math.toIntExact(trace.firstCycle() + cycle));
        for (ArraySignal signal : ArraySignal.values()) {
            declare(signal.key(), trace.max(signal), cycle -> trace.value(signal, cycle));
        }
        for (int place = 0; place < trace.numPes(); place++) {
            header.append("$scope module pe").append(trace.pe(place)).append(" $end\n");
            for (PeSignal signal : PeSignal.values()) {
                int at = place;
                declare(signal.key(), trace.max(signal), cycle -> trace.value(signal, cycle, at));
            }
            header.append("$upscope $end\n");
        }
        header.append("$upscope $end\n$enddefinitions $end\n");
    }

    private void declare(String name, int maxValue, IntUnaryOperator valueInCycle) {
        int widthBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, maxValue)));
        String identifier = nextIdentifier();
        header.append("$var wire ")
                .append(widthBits)
                .append(' ')
                .append(identifier)
                .append(' ');
        header.append(name);
        if (widthBits > 1) {
            header.append(" [").append(widthBits - 1).append(":0]");
        }
        header.append(" $end\n");
        variables.add(new Variable(identifier, widthBits, valueInCycle));
    }

    /** Numbers in base 94, digits being the printable characters. */
    private String nextIdentifier() {
        StringBuilder identifier = new StringBuilder();
        int rest = numIdentifiers++;
        do {
            identifier.append((char) (FIRST_IDENTIFIER_CHARACTER + rest % NUM_IDENTIFIER_CHARACTERS));
            rest /= NUM_IDENTIFIER_CHARACTERS;
        } while (rest > 0);
        return identifier.toString();
    }

    /** A comment ends at the word $end. */
    private static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?").replace("$", "?");
    }
}
