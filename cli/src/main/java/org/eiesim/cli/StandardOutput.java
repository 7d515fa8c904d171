package org.eiesim.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The process's standard output, which remembers whether all of it could be written. */
final class StandardOutput {
    private static final String BROKEN_PIPE = "Broken pipe";

    private final Tracking stream = new Tracking(new FileOutputStream(FileDescriptor.out));
    private final PrintWriter writer = new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()));

    PrintWriter writer() {
        return writer;
    }

    /**
     * Writes what is left.
     *
     * @return the exit code given, or {@link ExitCode#FAILED} and a line on {@code err} if output was lost otherwise
     *     than by its reader having gone, as {@code head} does
     */
    int finish(PrintWriter err, int exitCode) {
        writer.flush();
        IOException failure = stream.failure;
        if (failure == null || BROKEN_PIPE.equals(failure.getMessage())) {
            return exitCode;
        }
        err.println("eie: standard output: " + failure.getMessage());
        err.flush();
        return ExitCode.FAILED;
    }

    private static final class Tracking extends FilterOutputStream {
        private @Nullable IOException failure;

        Tracking(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
