package org.eiesim.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that give dynamic dimensions of an ONNX network their extents, and inputs their values. */
final class DimensionOption {
    @Option(
            names = "--dim",
            paramLabel = "NAME=N",
            description =
                    "The extent of a dynamic dimension of an ONNX network, such as a sequence length; the batch is"
                            + " always 1. May be repeated.")
    private @Nullable Map<String, Integer> dimensions;

    @Option(
            names = "--bind",
            paramLabel = "NAME=VALUE",
            description =
                    "The value of an input of an ONNX network, such as a sampling rate (--bind sr=16000), which thereby"
                            + " becomes a constant. May be repeated.")
    private @Nullable Map<String, Double> bindings;

    /** Refuses what was given where a source has no open dimensions. */
    void requireNone(Path source) {
        if (dimensions != null || bindings != null) {
            throw new IllegalArgumentException((dimensions != null ? "--dim" : "--bind") + " is for ONNX networks; "
                    + source + " has its dimensions from eie compress, which takes the same options");
        }
    }

    /**
     * Returns the inputs that were given a value.
     *
     * @return values by name of the input
     */
    Map<String, Double> bindings() {
        return bindings == null ? Map.of() : bindings;
    }

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
