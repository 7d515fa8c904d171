package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailuresTest {
    private static String report(Throwable failure) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
        Failures.report(failure, command);
        return err.toString().strip();
    }

    /** A file is named as the user knows it, not as it is called while it is written. */
    @Test
    void unfinishedFilesHaveTheNameTheyAreToGet() {
        assertThat(report(new AccessDeniedException("out/.net.eie.1234.1.part")))
                .isEqualTo("eie: out/net.eie: permission denied");
        assertThat(report(new NoSuchFileException("out/.dumps.7.22.part/fc1/act.dat")))
                .isEqualTo("eie: out/dumps/fc1/act.dat: there is no such file or folder");
        assertThat(report(new NoSuchFileException("a.part"))).startsWith("eie: a.part: ");
    }
}
