package org.eiesim.compiler.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the repository's folder {@code reference/cases}. */
final class ReferenceCases {
    private ReferenceCases() {}

    /** The repository's root. */
    static Path root() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("reference/cases"))) {
            root = root.getParent();
            if (root == null) {
                throw new IOException("no reference/cases above the working directory");
            }
        }
        return root;
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> folders = Files.list(root().resolve("reference/cases"))) {
            return folders.sorted().toList();
        }
    }
}
