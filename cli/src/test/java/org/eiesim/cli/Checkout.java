package org.eiesim.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where tests find the repository's own files, and those beside it. */
final class Checkout {
    private Checkout() {}

    /** Returns the repository. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("configs"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("tests must run inside the repository");
        }
        return folder;
    }

    /** Returns the reference layers: the committed ones, and AlexNet's FC8 where it lies beside the repository. */
    static List<Path> referenceLayers() throws IOException {
        Path fc8 = root().resolve("../shared/reference/alexnet-fc8").normalize();
        try (Stream<Path> cases = Files.list(root().resolve("reference/cases"))) {
            return Stream.concat(cases.sorted(), Stream.of(fc8).filter(Files::isDirectory))
                    .toList();
        }
    }

    /** Returns a file of ../shared; the test is skipped where it is not there. */
    static Path shared(String relative) {
        Path path = root().resolve("../shared").normalize().resolve(relative);
        assumeThat(path).exists();
        return path;
    }
}
