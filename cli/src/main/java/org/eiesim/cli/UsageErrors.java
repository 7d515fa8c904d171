package org.eiesim.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eiesim.kernels.check.EditDistance;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and in a second one where help is. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(Failures.oneLine(name + ": " + describe(exception)));
        err.println("Try '" + name + " --help'.");
        return ExitCode.USAGE;
    }

    private static String describe(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(command, unmatched.getUnmatched().get(0));
        }
        if (isCommandMissing(exception)) {
            return "name one of its commands: "
                    + String.join(", ", command.getSubcommands().keySet());
        }
        // Constants of enums are written in lower case everywhere else.
        String message = Pattern.compile("expected one of (\\[.*?\\]) \\(case-insensitive\\)")
                .matcher(String.valueOf(exception.getMessage()))
                .replaceAll(match -> "expected one of " + match.group(1).toLowerCase(Locale.ROOT));
        return message.substring(0, Math.min(1, message.length())).toLowerCase(Locale.ROOT)
                + message.substring(Math.min(1, message.length()));
    }

    private static boolean isCommandMissing(ParameterException exception) {
        return exception.getArgSpec() == null
                && exception.getValue() == null
                && !exception.getCommandLine().getSubcommands().isEmpty();
    }

    private static String unmatched(CommandLine command, String argument) {
        Set<String> commands = command.getSubcommands().keySet();
        if (argument.startsWith("-") && argument.length() > 1) {
            String option = argument.replaceFirst("=.*", "");
            List<String> options =
                    List.copyOf(command.getCommandSpec().optionsMap().keySet());
            return "unknown option '" + option + "', did you mean '" + EditDistance.nearest(option, options) + "'?";
        }
        if (!commands.isEmpty()) {
            return "unknown command '" + argument + "', did you mean '"
                    + EditDistance.nearest(argument, List.copyOf(commands)) + "'?";
        }
        return "unexpected argument '" + argument + "'";
    }
}
