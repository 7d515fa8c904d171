package org.eiesim.cli;

import org.eiesim.studies.simulation.EngineKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that chooses how the machine is run. A command holds it as a {@code Mixin}. */
final class EngineOption {
    @Option(
            names = "--engine",
            paramLabel = "exact|clocked",
            description = "exact solves the machine's recurrences, clocked ticks it; both give the same numbers."
                    + " Default: exact.")
    private @Nullable EngineKind engine;

    /** Returns the engine. */
    EngineKind kind() {
        return engine == null ? EngineKind.EXACT : engine;
    }

    /** Returns whether one was named. */
    boolean isGiven() {
        return engine != null;
    }
}
