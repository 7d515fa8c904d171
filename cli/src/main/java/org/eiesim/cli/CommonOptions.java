package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.studies.json.JsonTree;
import org.eiesim.studies.outputs.OutputKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options every command has, and what follows from them: where to print, how many threads, whether to show
 * progress. A command holds it as a {@code Mixin}.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CommonOptions {
    static final Path STANDARD_OUTPUT = Path.of("-");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Writes(OutputKind.JSON)
    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the result as JSON; - is standard output, with nothing else on it then.")
    private @Nullable Path json;

    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors (and JSON, if --json - is given).")
    private boolean isQuiet;

    @Option(names = "--trace", description = "Print the stack trace of an error.")
    boolean isTraceWanted; // looked up in the arguments, where a failure before parsing ends is known too

    @Mixin
    HelpOption help;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use; results do not depend on it. Default: the number of processors.")
    void setThreads(int value) {
        if (value < 1) {
            throw new ParameterException(command.commandLine(), "--threads must be at least 1, not " + value);
        }
        threads = value;
    }

    /** Returns the number of threads, at least 1. */
    int threads() {
        return threads;
    }

    /** Returns whether JSON is to be written, so that nothing need be gathered where it is not. */
    boolean isJsonWanted() {
        return json != null;
    }

    /** Returns the command line as the user wrote it, for results to name. */
    String commandLine() {
        return "eie "
                + String.join(" ", command.root().commandLine().getParseResult().originalArgs());
    }

    /** Returns where to print for people: standard output, or nowhere with --quiet or when JSON goes there. */
    PrintWriter out() {
        return isQuiet || STANDARD_OUTPUT.equals(json)
                ? new PrintWriter(Writer.nullWriter())
                : command.commandLine().getOut();
    }

    /** Prints a remark for people on standard error, unless --quiet is given. */
    void note(String text) {
        if (!isQuiet) {
            command.commandLine().getErr().println(Failures.oneLine(command.qualifiedName() + ": note: " + text));
        }
    }

    /** Prints a line on how long work goes on, on standard error, unless --quiet is given. */
    void progressLine(String text) {
        if (!isQuiet) {
            command.commandLine().getErr().println(Failures.oneLine(text));
        }
    }

    /**
     * Writes a result where --json asks for it; does nothing without --json.
     *
     * @param tree as {@link JsonTree#write} takes it
     */
    void writeJson(Map<String, ?> tree) throws IOException {
        if (json == null) {
            return;
        }
        String text = JsonTree.write(tree);
        if (STANDARD_OUTPUT.equals(json)) {
            PrintWriter out = command.commandLine().getOut();
            out.print(text);
            out.flush();
        } else {
            AtomicFiles.write(json, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Starts to show progress, on a terminal and without --quiet only.
     *
     * @param task what is being done, one or two words
     * @param total steps it takes
     * @param unit what a step is, in the plural, such as {@code inputs}
     * @return the bar, to be closed at the end
     */
    Progress progress(String task, long total, String unit) {
        return Progress.start(task, total, unit, !isQuiet);
    }
}
