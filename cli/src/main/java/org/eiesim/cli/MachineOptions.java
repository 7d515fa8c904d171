package org.eiesim.cli;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.simulator.config.Presets;
import org.eiesim.studies.simulation.MachineChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose a machine. A command holds it as a {@code Mixin}. */
final class MachineOptions {
    @Reads
    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "The machine: a preset (see 'eie config list') or a YAML file. Default: " + Presets.EIE_ISCA16
                    + ".")
    private @Nullable String architecture;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            parameterConsumer = SettingsConsumer.class,
            description = "Change a parameter of the machine; repeatable.")
    private List<String> settings = new ArrayList<>();

    /** Returns the machine as the user named it. */
    MachineChoice choice() {
        return architecture == null
                ? new MachineChoice(Presets.EIE_ISCA16, settings, false)
                : new MachineChoice(architecture, settings, true);
    }
}
