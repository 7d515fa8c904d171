package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs a command if nothing it writes is in the way of anything, and makes the folders for it. */
final class CheckedExecution implements IExecutionStrategy {
    private final IExecutionStrategy run = new RunLast();

    @Override
    public int execute(ParseResult parsed) {
        ParseResult last = parsed;
        boolean isHelp = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
        while (last.hasSubcommand()) {
            last = last.subcommand();
            isHelp |= last.isUsageHelpRequested() || last.isVersionHelpRequested();
        }
        return isHelp ? run.execute(parsed) : checked(parsed, last.commandSpec().commandLine());
    }

    private int checked(ParseResult parsed, CommandLine command) {
        List<Path> made;
        try {
            String obstacle = OutputCheck.obstacle(command.getCommandSpec());
            if (obstacle != null) {
                return refuse(command, obstacle);
            }
            made = OutputCheck.makeParents(command.getCommandSpec());
        } catch (IOException e) {
            return refuse(command, Failures.describe(e));
        }
        int exitCode = ExitCode.FAILED;
        try {
            exitCode = run.execute(parsed);
            return exitCode;
        } finally {
            if (exitCode != ExitCode.DONE) {
                removeEmpty(made);
            }
        }
    }

    private static int refuse(CommandLine command, String reason) {
        command.getErr().println(Failures.oneLine(command.getCommandSpec().qualifiedName() + ": " + reason));
        return ExitCode.USAGE;
    }

    /** A command that failed leaves no folders that it did not fill. */
    private static void removeEmpty(List<Path> made) {
        for (int i = made.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(made.get(i));
            } catch (IOException e) {
                // Something lies in it after all.
                return;
            }
        }
    }
}
