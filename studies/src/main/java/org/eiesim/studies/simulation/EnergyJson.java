package org.eiesim.studies.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.SramCells;
import org.eiesim.simulator.energy.Action;
import org.eiesim.simulator.energy.Component;
import org.eiesim.simulator.energy.Cost;
import org.eiesim.simulator.figures.OwnFigures;
import org.jspecify.annotations.Nullable;

/** A run's cost as JSON. */
final class EnergyJson {
    private static final double PJ_PER_NJ = 1e3;

    private EnergyJson() {}

    /**
     * Builds the block {@code energy} of a run: {@code components}, {@code actions} with the source of every figure, and
     * apart from them {@code setup_nj} (what is moved once, before the first input). {@code chip}, {@code dram} and
     * {@code leakage_counted_nj} (0 where leakage is apart) are the parts of the run's {@code energy_nj};
     * {@code leakage_nj} is what the memories lost, counted or not.
     */
    static Map<String, Object> of(RunCost cost) {
        Map<String, Object> tree = new LinkedHashMap<>();
        List<Map<String, Object>> components = new ArrayList<>();
        for (Component component : Component.values()) {
            components.add(component(cost, component));
        }
        tree.put("components", components);
        EnergyParts energy = cost.energyNj();
        EnergyParts power = cost.powerMw();
        tree.put("chip_energy_nj", energy.chip());
        tree.put("chip_power_mw", power.chip());
        tree.put("dram_energy_nj", energy.dram());
        tree.put("dram_power_mw", power.dram());
        tree.put("setup_nj", cost.setup().energyPj() / PJ_PER_NJ);
        Map<SramCells, Double> leakage = cost.model().leakageMw();
        tree.put("leakage", cost.model().config().text(Parameters.LEAKAGE));
        tree.put("leakage_mw", cost.model().leakagePowerMw());
        tree.put("leakage_nj", cost.total().leakagePj() / PJ_PER_NJ);
        tree.put("leakage_counted_nj", energy.leakage());
        tree.put("leakage_cells", EnergyParts.cells(cost.total()));
        Map<String, Object> byCells = new LinkedHashMap<>();
        leakage.forEach((kind, milliwatts) -> byCells.put(lower(kind), milliwatts));
        tree.put("leakage_by_cells_mw", byCells);
        tree.put("file", file(cost.model().ownFigures()));
        tree.put("notes", cost.model().notes());
        tree.put("actions", actions(cost.total()));
        return tree;
    }

    /** The file the figures come from: its name, every file read with its checksum, and its sources; null without one. */
    private static @Nullable Map<String, Object> file(OwnFigures own) {
        if (!own.isGiven()) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", own.name());
        List<Map<String, Object>> files = new ArrayList<>();
        for (OwnFigures.FileSum sum : own.files()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", sum.name());
            item.put("sha256", sum.sha256());
            files.add(item);
        }
        tree.put("files", files);
        tree.put("sources", own.sources());
        tree.put("missing", own.missing());
        return tree;
    }

    private static Map<String, Object> component(RunCost cost, Component component) {
        double picojoules = cost.total().energyPj(component);
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", component.label());
        item.put("text", component.text());
        item.put("energy_nj", picojoules / PJ_PER_NJ);
        item.put("power_mw", cost.total().powerMw(picojoules));
        item.put("area_mm2", cost.model().area().mm2(component));
        return item;
    }

    private static List<Map<String, Object>> actions(Cost total) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < total.model().actions().size(); i++) {
            Action action = total.model().actions().get(i);
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("component", action.component().label());
            item.put("action", action.name());
            item.put("count", total.count(i));
            item.put("energy_pj", action.energyPj().value());
            item.put("extrapolated", action.energyPj().extrapolated());
            item.put("basis", lower(action.energyPj().source().basis()));
            item.put("source", action.energyPj().source().citation());
            list.add(item);
        }
        return list;
    }

    /** Builds the block {@code energy} of a layer: nanojoules by component. */
    static Map<String, Object> byComponent(Cost layer) {
        Map<String, Object> tree = new LinkedHashMap<>();
        layer.energyPjByComponent()
                .forEach((component, picojoules) -> tree.put(component.label(), picojoules / PJ_PER_NJ));
        return tree;
    }

    static double nanojoules(Cost layer) {
        return layer.energyPj() / PJ_PER_NJ;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
