package org.eiesim.studies.sweep;

import java.util.List;
import java.util.Map;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.MachineConfig;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a sweep.
 *
 * @param index its place in the table
 * @param base the machine the settings change
 * @param settings values by parameter key
 * @param config the machine, or null if the settings contradict one another
 * @param reason why there is no machine, else empty
 */
record SweepPoint(
        int index,
        MachineConfig base,
        Map<String, String> settings,
        @Nullable MachineConfig config,
        String reason) {
    static SweepPoint of(int index, MachineConfig base, Map<String, String> settings) {
        try {
            return new SweepPoint(index, base, settings, base.withSettings(texts(settings)), "");
        } catch (IllegalArgumentException e) {
            return new SweepPoint(index, base, settings, null, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> texts(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    /** Returns a parameter's value as tables print it. */
    String text(Parameter<?> parameter) {
        String set = settings.get(parameter.key());
        return set == null ? base.text(parameter) : set;
    }
}
