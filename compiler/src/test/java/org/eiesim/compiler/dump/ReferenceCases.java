package org.eiesim.compiler.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the repository's folder {@code reference/cases}. */
final class ReferenceCases {
    private ReferenceCases() {}

    static List<Path> all() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("reference/cases"))) {
            root = root.getParent();
            if (root == null) {
                throw new IOException("no reference/cases above the working directory");
            }
        }
        try (Stream<Path> folders = Files.list(root.resolve("reference/cases"))) {
            return folders.sorted().toList();
        }
    }
}
