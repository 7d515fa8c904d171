package org.eiesim.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** The process's standard error. */
final class StandardError {
    /**
     * Set to 0 by the launcher where it has put the real standard error there, because descriptor 2 goes through a filter
     * for what the Java machine itself has to say.
     */
    private static final String DESCRIPTOR_PROPERTY = "eie.stderr";

    private StandardError() {}

    /** Lets {@code System.err} be the real standard error, and returns it. */
    static PrintStream open() {
        if ("0".equals(System.getProperty(DESCRIPTOR_PROPERTY))) {
            FileOutputStream real = new FileOutputStream(FileDescriptor.in);
            System.setErr(new PrintStream(real, true, Charset.defaultCharset()));
        }
        return System.err;
    }
}
