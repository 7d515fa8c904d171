package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * One run of the command line in this process.
 *
 * @param exitCode what the process would end with
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CliRun(int exitCode, String out, String err) {
    static CliRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), texts);
        return new CliRun(exitCode, out.toString(), err.toString());
    }

    /** Runs a command that must succeed without a word on standard error. */
    static CliRun ok(Object... arguments) {
        CliRun run = of(arguments);
        assertThat(run.err).isEmpty();
        assertThat(run.exitCode).isZero();
        return run;
    }

    /** Runs a command that must fail with exit code 1 and one line on standard error, and returns that line. */
    static String failure(Object... arguments) {
        CliRun run = of(arguments);
        assertThat(run.err.lines()).as(run.err).hasSize(1);
        assertThat(run.exitCode).as(run.err).isEqualTo(1);
        return run.err.strip();
    }

    /** Runs a command that must be refused with exit code 2 and one line, because of what it is to write, and where. */
    static String refusal(Object... arguments) {
        CliRun run = of(arguments);
        assertThat(run.err.lines()).as(run.err).hasSize(1);
        assertThat(run.exitCode).as(run.err).isEqualTo(2);
        assertThat(run.out).isEmpty();
        return run.err.strip();
    }

    /** Runs a command that must be refused with exit code 2, one line that says why and one where help is. */
    static String usageError(Object... arguments) {
        CliRun run = of(arguments);
        assertThat(run.err.lines()).as(run.err).hasSize(2);
        assertThat(run.err.lines().toList().get(1)).matches("Try 'eie.* --help'\\.");
        assertThat(run.exitCode).as(run.err).isEqualTo(2);
        assertThat(run.out).isEmpty();
        return run.err.lines().findFirst().orElseThrow();
    }

    /** Returns standard output as JSON. */
    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
