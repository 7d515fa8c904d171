package org.eiesim.compiler.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.eiesim.compiler.sections.SectionedFile;
import org.eiesim.compiler.sections.SectionedFile.Section;
import org.eiesim.kernels.bits.FormatException;

/**
 * Checks everything that can be checked of a container without its origin: checksums, structure, sizes, Huffman codes,
 * stream ends, padding entries, finite numbers (all of which reading checks), and that writing what was read gives the
 * same bytes, so that there is no second way to say the same and nothing hidden between the lines.
 */
public final class EieVerifier {
    private EieVerifier() {}

    /**
     * Checks a file.
     *
     * @param path the file
     * @throws FormatException naming file, section and offset of the first thing that is wrong
     * @throws IOException if reading fails
     */
    public static void verify(Path path) throws IOException {
        SectionedFile file = SectionedFile.read(path, EieFormat.FILE);
        try {
            verify(file);
        } catch (FormatException e) {
            throw e.within(path.toString());
        }
    }

    /**
     * Checks a file in memory.
     *
     * @param bytes the file's bytes; not changed
     * @throws FormatException naming section and offset of the first thing that is wrong
     */
    public static void verify(byte[] bytes) throws FormatException {
        verify(SectionedFile.parse(bytes, EieFormat.FILE));
    }

    private static void verify(SectionedFile file) throws FormatException {
        EieFile decoded = EieFile.decode(file, EieReader.defaultMemoryLimitBytes());
        byte[] actual = file.open(file.sections().get(0)).array();
        byte[] expected = EieWriter.toBytes(decoded.network());
        int contentStart = file.headerLength();
        int different = Arrays.mismatch(
                actual,
                contentStart,
                actual.length,
                expected,
                Math.min(contentStart, expected.length),
                expected.length);
        if (different >= 0) {
            throw notCanonical(file, contentStart + different);
        }
        if (!Arrays.equals(actual, expected)) {
            throw notCanonical(file, Math.max(0, Arrays.mismatch(actual, expected)));
        }
    }

    private static FormatException notCanonical(SectionedFile file, int offset) {
        String name = "header";
        for (Section section : file.sections()) {
            if (offset >= section.offset()) {
                name = section.name();
            }
        }
        return new FormatException(
                name, offset, "is not coded as this version writes it, although its content can be read");
    }
}
