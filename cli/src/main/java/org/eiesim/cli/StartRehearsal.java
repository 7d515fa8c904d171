package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs the shortest paths through the commands once, so that the classes they load can be archived for fast starts. The
 * launcher calls it.
 */
final class StartRehearsal {
    private StartRehearsal() {}

    /**
     * Rehearses and ends the process.
     *
     * @param arguments a dump folder
     * @throws IOException if no temporary file can be made
     */
    public static void main(String[] arguments) throws IOException {
        String dump = arguments[0];
        Path output = Files.createTempFile("eie-rehearsal", ".out");
        run("--version");
        run("--help");
        run("config", "show", "eie-isca16");
        run("simulate", dump, "--output", output.toString());
        run("simulate", dump, "--json", "-", "--numeric", "fixed16", "--set", "pes=4");
        run("simulate", dump, "--no-such-option");
        run("verify", dump);
        Files.delete(output);
    }

    private static void run(String... arguments) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.run(nowhere, nowhere, arguments);
    }
}
