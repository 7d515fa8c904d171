package org.eiesim.studies.simulation;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;

/**
 * What headings call a machine: how the user named it, and in what it differs from a preset.
 *
 * @param architecture a preset's name or a configuration file
 * @param preset the preset it is compared with: itself, or for a file the one that differs in fewest parameters
 * @param changes the parameters in which the machine differs from the preset, with their values
 */
public record MachineName(String architecture, String preset, Map<String, String> changes) {
    /** Keeps the map's order. */
    public MachineName {
        changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    }

    /**
     * Names a machine.
     *
     * @param architecture a preset's name or a configuration file, as the user named it
     * @param config the machine as it runs
     * @return its name
     */
    public static MachineName of(String architecture, MachineConfig config) {
        if (Presets.names().contains(architecture)) {
            return new MachineName(architecture, architecture, differences(architecture, config));
        }
        return Presets.names().stream()
                .map(preset -> new MachineName(architecture, preset, differences(preset, config)))
                .min(Comparator.comparingInt(name -> name.changes().size()))
                .orElseThrow();
    }

    private static Map<String, String> differences(String preset, MachineConfig config) {
        MachineConfig base = Presets.load(preset);
        Map<String, String> changes = new LinkedHashMap<>();
        for (Parameter<?> parameter : Parameters.ALL) {
            if (!base.text(parameter).equals(config.text(parameter))) {
                changes.put(parameter.key(), config.text(parameter));
            }
        }
        return changes;
    }

    /**
     * Returns the name for a heading.
     *
     * @return such as {@code eie-isca16 with clock_mhz=900} or {@code mine.yaml (eie-isca16 with pes=16)}
     */
    public String text() {
        String described = preset
                + (changes.isEmpty()
                        ? ""
                        : " with "
                                + changes.entrySet().stream()
                                        .map(change -> change.getKey() + "=" + change.getValue())
                                        .collect(Collectors.joining(" ")));
        return architecture.equals(preset) ? described : architecture + " (" + described + ")";
    }
}
