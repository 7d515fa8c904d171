package org.eiesim.cli;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.simulator.config.Presets;
import org.eiesim.studies.simulation.MachineChoice;
import picocli.CommandLine.Option;

/** The options that choose a machine. A command holds it as a {@code Mixin}. */
final class MachineOptions {
    @Reads
    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            defaultValue = Presets.EIE_ISCA16,
            description = "The machine: a preset (see 'eie config list') or a YAML file. Default: ${DEFAULT-VALUE}.")
    private String architecture = Presets.EIE_ISCA16;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            parameterConsumer = SettingsConsumer.class,
            description = "Change a parameter of the machine; repeatable.")
    private List<String> settings = new ArrayList<>();

    /** Returns the machine as the user named it. */
    MachineChoice choice() {
        return new MachineChoice(architecture, settings);
    }
}
