package org.eiesim.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.train.TrainingException;
import org.eiesim.studies.simulation.FailedCheckException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Says in one line why a command failed. What a user can mend is named plainly; anything else is a bug of the tool and
 * says how to see where it comes from.
 */
final class Failures implements IExecutionExceptionHandler {
    /** Set to anything but 0 or nothing, it has the stack trace of every failure printed, as {@code --trace} does. */
    private static final String TRACE_VARIABLE = "EIE_TRACE";

    /** The name of a file while it is written, the name it is to get inside. */
    private static final Pattern UNFINISHED = Pattern.compile("\\.([^/]+)\\.\\d+\\.\\d+\\.part(?=/|$)");

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, @Nullable ParseResult parsed) {
        report(exception, command);
        return ExitCode.FAILED;
    }

    /** Prints the line, and the stack trace if it is wanted. */
    static void report(Throwable failure, CommandLine command) {
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(oneLine(name + ": " + describe(failure)));
        if (isTraceWanted(command)) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    private static boolean isTraceWanted(CommandLine command) {
        String variable = System.getenv(TRACE_VARIABLE);
        ParseResult parsed = command.getCommandSpec().root().commandLine().getParseResult();
        boolean isOptionGiven = parsed != null && parsed.originalArgs().contains("--trace");
        return isOptionGiven || (variable != null && !variable.isEmpty() && !variable.equals("0"));
    }

    /** Names from damaged files may hold line feeds and terminal escapes. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    static String describe(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean isWrapper = failure instanceof UncheckedIOException
                || failure instanceof CompletionException
                || failure instanceof ExecutionException;
        if (isWrapper && cause != null) {
            return describe(cause);
        }
        if (failure instanceof FormatException
                || failure instanceof IllegalArgumentException
                || failure instanceof TrainingException
                || failure instanceof FailedCheckException) {
            return message(failure);
        }
        if (failure instanceof IOException io) {
            return describe(io);
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: the heap may grow to "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB; allow more with EIE_JAVA_OPTIONS=-Xmx8g";
        }
        return "internal error, " + failure + (cause == null ? "" : " caused by " + cause)
                + "; please report it with the output of the same command and --trace";
    }

    private static String describe(IOException failure) {
        if (failure instanceof FileSystemException file) {
            String reason;
            if (file instanceof NoSuchFileException) {
                reason = "there is no such file or folder";
            } else if (file instanceof AccessDeniedException) {
                reason = "permission denied";
            } else if (file instanceof NotDirectoryException) {
                reason = "is not a folder";
            } else if (file instanceof DirectoryNotEmptyException) {
                reason = "is not empty";
            } else if (file instanceof FileAlreadyExistsException && file.getReason() == null) {
                reason = "exists already";
            } else {
                reason = file.getReason();
            }
            return UNFINISHED.matcher(String.valueOf(file.getFile())).replaceAll("$1") + ": "
                    + (reason == null ? message(file) : reason);
        }
        return failure instanceof FileNotFoundException
                ? message(failure)
                : "reading or writing failed, " + message(failure);
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
