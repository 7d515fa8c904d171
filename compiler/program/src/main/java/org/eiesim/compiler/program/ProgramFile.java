package org.eiesim.compiler.program;

import java.util.List;
import org.eiesim.compiler.sections.FileFormat;

/** The format's numbers, shared by {@link ProgramWriter} and {@link ProgramReader}. */
final class ProgramFile {
    static final int TABLES = 0;
    static final int ATTRIBUTES = 1;
    static final int CODEBOOKS = 2;
    static final int BIASES = 3;
    static final int SETUP = 4;
    static final int BODY = 5;
    static final int IMAGE = 6;

    static final FileFormat FORMAT = new FileFormat(
            ".eiex", "EIEX", 1, List.of("tables", "attributes", "codebooks", "biases", "setup", "body", "image"));

    private ProgramFile() {}

    /**
     * Returns how many bits hold the numbers 0..max, at least one.
     *
     * @param max largest number
     * @return 1..31
     */
    static int bitsFor(int max) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(max));
    }
}
