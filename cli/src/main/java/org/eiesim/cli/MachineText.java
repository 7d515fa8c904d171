package org.eiesim.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.energy.CriticalPath;
import org.eiesim.simulator.energy.EnergyModel;

/** What {@code eie config} says of a machine beside its parameters: its highest clock, area and leakage. */
final class MachineText {
    private final MachineConfig config;
    private final EnergyModel model;

    MachineText(MachineConfig config) {
        this.config = config;
        model = EnergyModel.of(config);
    }

    /** Returns one line on the clock, another on leakage; no line breaks in them. */
    String[] lines() {
        CriticalPath path = model.criticalPath();
        String infeasible = path.infeasible();
        String clock = infeasible != null
                ? "infeasible: " + infeasible
                : String.format(
                        Locale.ROOT,
                        "clock of %s MHz can be kept; highest %.1f MHz, set by the %s (%.3f ns)",
                        config.text(Parameters.CLOCK_MHZ),
                        path.highestClockMhz(),
                        path.limiting().name(),
                        path.limiting().delayNs().value());
        String leakage = String.format(
                Locale.ROOT,
                "%.2f mm2; leakage of %.4g mW with %s cells, %s",
                model.area().mm2(),
                model.leakagePowerMw(),
                model.leakageCells(),
                config.text(Parameters.LEAKAGE));
        return new String[] {clock, leakage};
    }

    /** Returns the same for JSON. */
    Map<String, Object> json() {
        CriticalPath path = model.criticalPath();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("infeasible", path.infeasible());
        tree.put("limiting_part", path.limiting().name());
        tree.put("limiting_ns", path.limiting().delayNs().value());
        tree.put("highest_clock_mhz", path.highestClockMhz());
        tree.put("area_mm2", model.area().mm2());
        tree.put("leakage_mw", model.leakagePowerMw());
        tree.put("leakage_cells", model.leakageCells());
        return tree;
    }
}
