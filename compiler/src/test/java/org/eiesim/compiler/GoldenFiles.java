package org.eiesim.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares texts with files under version control; {@code -Dregenerate=true} rewrites the files instead. */
public final class GoldenFiles {
    private GoldenFiles() {}

    /**
     * Returns the root of the repository.
     *
     * @return the folder above this module's
     */
    public static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.isDirectory(folder.resolve("compiler")) ? folder : folder.resolveSibling("");
    }

    /**
     * Compares a text with a file.
     *
     * @param actual the text
     * @param file the file, relative to the root of the repository
     * @throws IOException if the file cannot be read or written
     */
    public static void check(String actual, String file) throws IOException {
        Path path = repositoryRoot().resolve(file);
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(path, actual);
        }
        assertThat(path).as("%s; -Dregenerate=true writes it", file).exists();
        assertThat(actual).as("%s; -Dregenerate=true rewrites it", file).isEqualTo(Files.readString(path));
    }
}
