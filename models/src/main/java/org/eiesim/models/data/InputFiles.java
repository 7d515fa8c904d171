package org.eiesim.models.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eiesim.kernels.bits.FormatException;

/** Opens the files users name, with errors that say what is wrong with the path. */
final class InputFiles {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private InputFiles() {}

    /**
     * Checks that a path leads to a file.
     *
     * @param path the path
     * @throws FormatException if nothing is there, or something that is not a file
     */
    static void requireFile(Path path) throws FormatException {
        if (!Files.exists(path)) {
            throw new FormatException(path.toString(), "there is no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new FormatException(path.toString(), "is not a file");
        }
    }

    /**
     * Reads a whole file.
     *
     * @param path its path
     * @return its bytes
     * @throws FormatException if it is missing or larger than an array
     * @throws IOException if reading fails
     */
    static byte[] readAll(Path path) throws IOException {
        requireFile(path);
        long size = Files.size(path);
        if (size > MAX_BYTES) {
            throw new FormatException(path.toString(), "has " + size + " bytes, more than " + MAX_BYTES);
        }
        return Files.readAllBytes(path);
    }
}
