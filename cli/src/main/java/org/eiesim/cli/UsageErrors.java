package org.eiesim.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eiesim.kernels.check.EditDistance;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and in a second one where help is. */
final class UsageErrors implements IParameterExceptionHandler {
    private static final Pattern CHOICES = Pattern.compile("expected one of \\[(.*?)\\] \\(case-insensitive\\)");
    private static final Pattern INTEGER =
            Pattern.compile("is not an? (?:int|Integer|short|byte)\\b.*", Pattern.DOTALL);
    private static final Pattern LONG = Pattern.compile("is not an? [lL]ong\\b.*", Pattern.DOTALL);
    private static final Pattern DECIMAL =
            Pattern.compile("is not an? (?:double|Double|float|Float)\\b.*", Pattern.DOTALL);
    private static final Pattern UNCONVERTED = Pattern.compile("cannot convert ('.*?') to (.*)", Pattern.DOTALL);

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
        String message = inWords(String.valueOf(exception.getMessage()));
        return message.substring(0, Math.min(1, message.length())).toLowerCase(Locale.ROOT)
                + message.substring(Math.min(1, message.length()));
    }

    /** Puts picocli's words for what could not be converted into those of people who know no Java. */
    private static String inWords(String message) {
        // Constants of enums are written in lower case everywhere else.
        String text = CHOICES.matcher(message)
                .replaceAll(match -> Matcher.quoteReplacement(
                        "expected " + match.group(1).toLowerCase(Locale.ROOT).replace(", ", " or ")));
        text = INTEGER.matcher(text)
                .replaceAll("is not a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
        text = LONG.matcher(text).replaceAll("is not a whole number of at most 63 bits");
        text = DECIMAL.matcher(text).replaceAll("is not a number");
        return UNCONVERTED
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) + (match.group(2).contains("Path") ? " is not a path" : " cannot be used")));
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
            return "unknown option '" + option + "'" + EditDistance.hint(", did you mean '%s'?", option, options);
        }
        if (!commands.isEmpty()) {
            return "unknown command '" + argument + "'"
                    + EditDistance.hint(", did you mean '%s'?", argument, List.copyOf(commands));
        }
        return "unexpected argument '" + argument + "'";
    }
}
