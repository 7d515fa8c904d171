package org.eiesim.studies.simulation;

import java.io.IOException;
import java.util.List;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.ConfigReader;
import org.eiesim.simulator.config.MachineConfig;

/**
 * A machine as a user names it.
 *
 * @param architecture a preset's name or a configuration file
 * @param settings changes to it, each {@code key=value}
 * @param isArchitectureGiven whether the user named the architecture, rather than taking the default
 */
public record MachineChoice(String architecture, List<String> settings, boolean isArchitectureGiven) {
    /** Copies the list. */
    public MachineChoice {
        settings = List.copyOf(settings);
    }

    /**
     * Takes a machine that the user names.
     *
     * @param architecture a preset's name or a configuration file
     * @param settings changes to it, each {@code key=value}
     */
    public MachineChoice(String architecture, List<String> settings) {
        this(architecture, settings, true);
    }

    /**
     * Reads the machine and applies the changes.
     *
     * @return the configuration
     * @throws IOException if the file cannot be read or is not right
     * @throws IllegalArgumentException if a change is not right
     */
    public MachineConfig config() throws IOException {
        return ConfigReader.open(architecture).withSettings(settings);
    }

    /**
     * Returns whether the user gave a parameter a value of its own.
     *
     * @param parameter a constant of {@link org.eiesim.simulator.config.Parameters}
     * @return whether the changes name it
     */
    public boolean isSet(Parameter<?> parameter) {
        return settings.stream()
                .map(setting -> setting.replaceFirst("=.*", "").strip())
                .anyMatch(parameter.key()::equals);
    }
}
