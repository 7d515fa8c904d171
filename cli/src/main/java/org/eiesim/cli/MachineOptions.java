package org.eiesim.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.simulator.config.ConfigReader;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import picocli.CommandLine.Option;

/** The options that choose a machine. A command holds it as a {@code Mixin}. */
final class MachineOptions {
    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            defaultValue = Presets.EIE_ISCA16,
            description = "The machine: a preset (see 'eie config list') or a YAML file. Default: ${DEFAULT-VALUE}.")
    private String architecture = Presets.EIE_ISCA16;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Change a parameter of the machine; repeatable.")
    private List<String> settings = new ArrayList<>();

    /** Returns the name or file of the machine, as given. */
    String architecture() {
        return architecture;
    }

    /** Returns the settings, as given. */
    List<String> settings() {
        return List.copyOf(settings);
    }

    /** Reads the machine and applies the settings. */
    MachineConfig read() throws IOException {
        return ConfigReader.open(architecture).withSettings(settings);
    }
}
