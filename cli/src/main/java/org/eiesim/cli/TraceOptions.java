package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.simulator.trace.PerfettoWriter;
import org.eiesim.simulator.trace.Trace;
import org.eiesim.simulator.trace.TraceTarget;
import org.eiesim.simulator.trace.TraceWindow;
import org.eiesim.simulator.trace.Tracer;
import org.eiesim.simulator.trace.VcdWriter;
import org.eiesim.studies.outputs.OutputKind;
import org.eiesim.studies.simulation.EngineKind;
import org.eiesim.studies.simulation.Inputs;
import org.eiesim.studies.simulation.SimulationJob;
import org.eiesim.studies.simulation.SimulationResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code eie simulate} that show one product cycle by cycle. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TraceOptions {
    private static final Pattern PE_RANGE = Pattern.compile("\\s*(\\d{1,6})(?:-(\\d{1,6}))?\\s*");
    private static final int MAX_LISTED_PES = 1 << 16;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Writes(OutputKind.VALUE_CHANGES)
    @Option(
            names = "--vcd",
            paramLabel = "FILE",
            description = "Trace one product on the clocked engine as a value change dump (GTKWave).")
    private @Nullable Path vcd;

    @Writes(OutputKind.TRACE_EVENTS)
    @Option(
            names = "--perfetto",
            paramLabel = "FILE",
            description = "Trace it as trace events (ui.perfetto.dev; one cycle is shown as one microsecond).")
    private @Nullable Path perfetto;

    @Option(
            names = "--trace-layer",
            paramLabel = "NAME",
            description = "The layer to trace. Default: the first that has weights.")
    private @Nullable String layer;

    @Option(
            names = "--trace-input",
            paramLabel = "I",
            description = "The input to trace, from 0. Default: ${DEFAULT-VALUE}.",
            defaultValue = "0")
    private int input;

    @Option(
            names = "--trace-product",
            paramLabel = "P",
            description = "Which of the layer's products for that input, from 0. Default: ${DEFAULT-VALUE}.",
            defaultValue = "0")
    private int product;

    @Option(
            names = "--trace-from",
            paramLabel = "CYCLE",
            description = "First cycle of the product to show. Default: ${DEFAULT-VALUE}.",
            defaultValue = "0")
    private long firstCycle;

    @Option(
            names = "--trace-cycles",
            paramLabel = "N",
            description = "Cycles to show at most. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private int numCycles;

    private @Nullable List<Integer> pes;

    @Option(
            names = "--trace-pes",
            paramLabel = "LIST|all",
            description = "PEs to show, such as 0,3,8-15. Default: all.")
    void setPes(String text) {
        pes = text.equals("all") ? null : parsePes(text);
    }

    private List<Integer> parsePes(String text) {
        List<Integer> list = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PE_RANGE.matcher(part);
            int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            int last = matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : first;
            if (!matcher.matches() || last < first || list.size() + last - first >= MAX_LISTED_PES) {
                throw new ParameterException(
                        command.commandLine(), "--trace-pes takes all or a list such as 0,3,8-15, not '" + text + "'");
            }
            IntStream.rangeClosed(first, last).forEach(list::add);
        }
        return list;
    }

    private boolean isWanted() {
        return vcd != null || perfetto != null;
    }

    private TraceTarget target() {
        return new TraceTarget(layer, product);
    }

    private TraceWindow window() {
        return new TraceWindow(firstCycle, numCycles, pes);
    }

    /**
     * Checks the options, before the run.
     *
     * @throws ParameterException if they contradict each other or another option
     * @throws IllegalArgumentException if the program has no such layer or input, or the machine no such PE
     */
    void check(SimulationJob job, Inputs inputs) {
        if (!isWanted()) {
            requireNoneOf("--trace-layer", "--trace-input", "--trace-product");
            requireNoneOf("--trace-from", "--trace-cycles", "--trace-pes");
            return;
        }
        Object engine = command.commandLine().getParseResult().matchedOptionValue("--engine", null);
        if (engine == EngineKind.EXACT) {
            throw new ParameterException(
                    command.commandLine(),
                    "a trace comes from the clocked engine, which runs the product it shows; leave out --engine exact");
        }
        if (input < 0 || input >= inputs.count()) {
            throw new IllegalArgumentException(
                    "a trace of input " + input + "; the run has inputs 0 to " + (inputs.count() - 1));
        }
        Tracer.check(job.program(), job.machine(), target(), window());
    }

    private void requireNoneOf(String... options) {
        Arrays.stream(options)
                .filter(option -> command.commandLine().getParseResult().hasMatchedOption(option))
                .findFirst()
                .ifPresent(option -> {
                    throw new ParameterException(
                            command.commandLine(), option + " needs --vcd FILE or --perfetto FILE");
                });
    }

    /** Traces and writes what is asked for. */
    void write(SimulationResult result, Inputs inputs, PrintWriter out) throws IOException {
        if (!isWanted()) {
            return;
        }
        int length = result.program().inputLength();
        float[] values = Arrays.copyOfRange(inputs.values(), input * length, (input + 1) * length);
        Trace trace = Tracer.trace(
                result.program(), result.job().machine(), result.simulation().numeric(), values, target(), window());
        String shown = "cycles " + trace.firstCycle() + " to " + (trace.firstCycle() + trace.numCycles() - 1) + " of "
                + trace.title() + ", input " + input + ", " + trace.numPes() + " PEs";
        if (vcd != null) {
            AtomicFiles.write(vcd, stream -> VcdWriter.write(trace, stream));
            out.println(vcd + ": " + shown);
        }
        if (perfetto != null) {
            AtomicFiles.write(perfetto, stream -> PerfettoWriter.write(trace, stream));
            out.println(perfetto + ": " + shown);
        }
    }
}
