package org.eiesim.studies.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.simulator.stats.Statistic;
import org.eiesim.simulator.stats.Statistics;

/** The keys of a run's JSON that are compared, with their units. */
final class ComparedKeys {
    /** Keys that say what ran, which are compared as parameters are. */
    static final List<String> IDENTITY = List.of("network", "source", "arch", "engine", "numeric", "inputs");

    /** Totals of a run that are divided by its inputs, as {@code name, unit}. */
    static final Map<String, String> PER_INPUT =
            ordered("cycles", "cycles", "time_us", "us", "streamed_us", "us", "energy_nj", "nJ", "saturations", "");

    /** Totals of a run that do not grow with its inputs. */
    static final Map<String, String> PLAIN = ordered(
            "power_mw",
            "mW",
            "leakage_mw",
            "mW",
            "area_mm2",
            "mm2",
            "highest_clock_mhz",
            "MHz",
            "utilisation",
            "",
            "balance",
            "",
            "accuracy",
            "");

    static final Map<String, String> LAYER_PER_INPUT = layerCounts();
    static final Map<String, String> LAYER_PLAIN = ordered("nonzeros", "", "utilisation", "", "balance", "");

    private ComparedKeys() {}

    private static Map<String, String> layerCounts() {
        Map<String, String> counts =
                ordered("cycles", "cycles", "time_us", "us", "streamed_us", "us", "energy_nj", "nJ");
        for (Statistic statistic : Statistics.ALL) {
            counts.putIfAbsent(statistic.name(), statistic.unit());
        }
        return counts;
    }

    private static Map<String, String> ordered(String... namesAndUnits) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndUnits.length; i += 2) {
            map.put(namesAndUnits[i], namesAndUnits[i + 1]);
        }
        return map;
    }
}
