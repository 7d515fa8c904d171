package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds published networks and data beside the checkout; tests that need them are skipped where they are absent. */
final class SharedFiles {
    private SharedFiles() {}

    /** Returns a file or folder under {@code ../shared}, or skips the test. */
    static Path require(String relative) {
        Path at = Path.of(System.getProperty("user.dir", ".")).toAbsolutePath();
        while (at != null && !Files.exists(at.resolveSibling("shared").resolve("design.md"))) {
            at = at.getParent();
        }
        assumeThat(at).as("../shared").isNotNull();
        Path path = Path.of(String.valueOf(at)).resolveSibling("shared").resolve(relative);
        assumeThat(path).exists();
        return path;
    }
}
