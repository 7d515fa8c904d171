package org.eiesim.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that gives dynamic dimensions of an ONNX network their extents. */
final class DimensionOption {
    @Option(
            names = "--dim",
            paramLabel = "NAME=N",
            description =
                    "The extent of a dynamic dimension of an ONNX network, such as a sequence length; the batch is"
                            + " always 1. May be repeated.")
    private @Nullable Map<String, Integer> dimensions;

    /**
     * Returns what was given.
     *
     * @return extents by name
     * @throws IllegalArgumentException if an extent is less than 1
     */
    Map<String, Integer> dimensions() {
        if (dimensions == null) {
            return Map.of();
        }
        dimensions.forEach((name, extent) -> {
            if (extent < 1) {
                throw new IllegalArgumentException("--dim " + name + "=" + extent + ": the extent must be at least 1");
            }
        });
        return dimensions;
    }
}
