package org.eiesim.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Compares texts with files under version control; {@code -Dregenerate=true} rewrites the files instead. */
public final class GoldenFiles {
    private GoldenFiles() {}

    /**
     * Returns the root of the repository.
     *
     * @return the nearest folder above the working directory that holds {@code reference/cases}
     */
    public static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("reference/cases"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no reference/cases above the working directory");
        }
        return folder;
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

    /**
     * Compares a text with a marked block of a document.
     *
     * @param actual the text, ending with a line feed
     * @param file the document, relative to the root of the repository
     * @param name the name in its markers
     * @throws IOException if the file cannot be read or written
     */
    public static void checkBlock(String actual, String file, String name) throws IOException {
        String document = Files.readString(repositoryRoot().resolve(file));
        String begin = "<!-- generated: " + name + " -->\n";
        String end = "<!-- end of generated: " + name + " -->";
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        assertThat(from).as("marker %s in %s", begin, file).isNotNegative();
        assertThat(to).as("marker %s in %s", end, file).isGreaterThan(from);
        check(document.substring(0, from + begin.length()) + actual + document.substring(to), file);
    }
}
