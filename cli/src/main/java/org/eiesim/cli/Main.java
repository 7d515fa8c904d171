package org.eiesim.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.eiesim.studies.version.ToolVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code eie}: finds the command named in the arguments and runs it. */
@Command(
        name = "eie",
        description = "Compresses trained networks, compiles them for an EIE-style accelerator and simulates it"
                + " to the cycle.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the input is bad or a check failed", "2:the command line is wrong"},
        footer = {"", "'eie COMMAND --help' explains a command. Begin with:", "  eie quickstart"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Main {
    @Mixin
    HelpOption help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    boolean isVersionRequested;

    private Main() {}

    /**
     * Runs a command and ends the process.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        StandardOutput output = new StandardOutput();
        PrintWriter err = new PrintWriter(new OutputStreamWriter(StandardError.open(), Charset.defaultCharset()), true);
        int exitCode = run(output.writer(), err, arguments);
        System.exit(output.finish(err, exitCode));
    }

    /**
     * Runs a command.
     *
     * @param out receives results
     * @param err receives errors, notes and progress
     * @param arguments the command line
     * @return the exit code: 0 done, 1 the input is bad or a check failed, 2 usage
     */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = commandLine();
        Commands.named(arguments.length == 0 ? "" : arguments[0]).forEach(commandLine::addSubcommand);
        commandLine.setOut(out).setErr(err);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        Examples.addTo(commandLine);
        commandLine.setAbbreviatedOptionsAllowed(false);
        commandLine.setExpandAtFiles(false);
        commandLine.setParameterExceptionHandler(new UsageErrors());
        commandLine.setExecutionExceptionHandler(new Failures());
        commandLine.setExecutionStrategy(new CheckedExecution());
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            Failures.report(e, commandLine);
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Returns the command line without its commands. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    /** Prints the version of the build and of Java. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"eie " + ToolVersion.text() + " (Java " + Runtime.version() + ")"};
        }
    }
}
