package org.eiesim.studies.outputs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells a folder that is empty but for what a killed process left. */
final class AbandonedFiles {
    private static final Pattern PART = Pattern.compile("\\.folder\\.\\d+\\.[0-9a-f]+\\.part(\\.d)?");

    private AbandonedFiles() {}

    static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(
                    entry -> PART.matcher(entry.getFileName().toString()).matches());
        }
    }
}
