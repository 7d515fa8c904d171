package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.eiesim.kernels.bits.FormatException;

/** Finds out before long work that its result could not be written. */
final class OutputFiles {
    private OutputFiles() {}

    /**
     * Checks that a file can be put where it is to go.
     *
     * @param file the file
     * @throws IOException if its folder does not exist or it is a folder itself
     */
    static void requireFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new FormatException(file.toString(), "is a folder; name a file");
        }
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
    }
}
