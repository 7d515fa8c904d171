package org.eiesim.models;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds real models and data beside the checkout; tests that need them are skipped where they are absent. */
public final class SharedFiles {
    private SharedFiles() {}

    /** Returns a file or folder under {@code ../shared}, or skips the test. */
    public static Path require(String relative) {
        Path folder = find();
        assumeThat(folder).as("../shared").isNotNull();
        Path path = Path.of(String.valueOf(folder)).resolve(relative);
        assumeThat(path).exists();
        return path;
    }

    private static @Nullable Path find() {
        for (Path at = Path.of(System.getProperty("user.dir", ".")).toAbsolutePath(); at != null; at = at.getParent()) {
            Path shared = at.resolveSibling("shared");
            if (Files.exists(shared.resolve("design.md"))) {
                return shared;
            }
        }
        return null;
    }
}
