package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.simulator.energy.Component;
import org.eiesim.simulator.energy.Cost;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.machine.TransferCounts;

/** EIE Table II: power and area of one PE, at the paper's activity and at that of FC8. */
final class Table2 {
    private static final int PES = 64;

    private final EnergyModel model;
    private final Cost steady;
    private final Cost fc8;

    private Table2(Measurements measurements) {
        model = measurements.energyModel();
        steady = model.price(Events.steadyState(PES), TransferCounts.NONE);
        fc8 = model.price(measurements.fc8().draws().get(0).onPes(PES), TransferCounts.NONE);
    }

    static Artefact build(Measurements measurements) {
        return new Table2(measurements).artefact(measurements.fc8());
    }

    private Artefact artefact(Layer layer) {
        List<Comparison> comparisons = new ArrayList<>();
        List<Grid.Row> rows = new ArrayList<>();
        for (CSVRecord row : Published.read("table2.csv")) {
            String item = row.get("item");
            double power = Published.number(row, "power_mw");
            double area = Published.number(row, "area_um2");
            if (!Double.isNaN(power)) {
                double ours = powerMw(item, steady);
                comparisons.add(new Comparison(item, "power mW", power, ours, 3, Input.NONE));
                rows.add(new Grid.Row(item, new double[] {power, ours, powerMw(item, fc8)}));
            }
            if (!Double.isNaN(area)) {
                comparisons.add(new Comparison(item, "area um2", area, areaUm2(item), 0, Input.NONE));
            }
        }
        comparisons.add(new Comparison("64 PEs + LNZD", "power mW", 586.5, chipMw(steady), 1, Input.NONE));
        comparisons.add(
                new Comparison("64 PEs + LNZD", "area mm2", 40.8, model.area().mm2(), 2, Input.NONE));
        rows.add(new Grid.Row("64 PEs + LNZD", new double[] {586.5, chipMw(steady), chipMw(fc8)}));
        double wires = steady.powerMw(steady.energyPj(Component.BROADCAST));
        rows.add(new Grid.Row(
                "broadcast wires, not in the paper's sum",
                new double[] {Double.NaN, wires, fc8.powerMw(fc8.energyPj(Component.BROADCAST))}));
        Grid grid = new Grid(
                "power in mW",
                "item",
                List.of("paper", "ours at the paper's activity", "ours at the event rates of " + layer.label()),
                rows,
                3);
        return new Artefact(
                "table2",
                "Table II: power and area of one PE",
                comparisons,
                List.of(grid),
                List.of(picture(comparisons)),
                List.of(
                        "The paper's activity: a multiply-accumulate every cycle, each weight and pointer SRAM read"
                                + " once in 8 cycles. Nothing is fitted to a module or a layer; docs/energy.md lists every"
                                + " constant.",
                        "By module the clock's register energy is shared by flip-flops and its network energy by area;"
                                + " the sum does not depend on it.",
                        "PtrRead: one SRAM factor (1.09) cannot meet both memories. CACTI's two pointer banks alone"
                                + " take what the paper's whole module takes; its weight SRAM takes 0.73 of the paper's"
                                + " module.",
                        "Act queue, area: its 224 flip-flops alone take the paper's area, which leaves none for"
                                + " choosing among them (390 um2 of 638,024).",
                        "Combinational: ours prices shifter, register-file and codebook reads as separate operations"
                                + " from tables of other chips; the paper's 0.841 mW would hold little beside the"
                                + " multiplier and adder."));
    }

    private double powerMw(String item, Cost cost) {
        return switch (item) {
            case "memory" -> perPe(cost, memoryPj(cost));
            case "clock network and registers" -> perPe(cost, cost.energyPj(Component.CLOCK));
            case "combinational" -> perPe(cost, pePj(cost) - memoryPj(cost) - cost.energyPj(Component.CLOCK));
            case "PE total" -> perPe(cost, pePj(cost));
            default -> {
                Component module = module(item);
                yield perPe(cost, cost.energyPj(module) + cost.energyPj(Component.CLOCK) * model.clockShare(module));
            }
        };
    }

    private double areaUm2(String item) {
        return switch (item) {
            case "memory" -> 1e6 * model.sramAreaMm2() / PES;
            case "PE total" -> model.area().peUm2Total();
            default -> 1e6 * model.area().mm2(module(item)) / PES;
        };
    }

    private static Component module(String item) {
        return Arrays.stream(Component.values())
                .filter(component -> component.label().equals(item))
                .findFirst()
                .orElseThrow();
    }

    private static double perPe(Cost cost, double picojoules) {
        return cost.powerMw(picojoules) / PES;
    }

    private static double pePj(Cost cost) {
        double sum = cost.energyPj(Component.CLOCK);
        for (Component component : Component.values()) {
            sum += component.isPeModule() ? cost.energyPj(component) : 0;
        }
        return sum;
    }

    private double chipMw(Cost cost) {
        return cost.powerMw(pePj(cost) + cost.energyPj(Component.LNZD));
    }

    private double memoryPj(Cost cost) {
        double sum = 0;
        for (int i = 0; i < model.actions().size(); i++) {
            if (model.actions().get(i).isSramAccess()) {
                sum += cost.count(i) * model.actions().get(i).energyPj().value();
            }
        }
        return sum;
    }

    private static Picture picture(List<Comparison> comparisons) {
        List<Comparison> powers = comparisons.stream()
                .filter(comparison -> comparison.quantity().equals("power mW")
                        && !comparison.item().startsWith("64"))
                .toList();
        return new Picture(
                "table2",
                "Power of one PE (EIE Table II)",
                "module or kind",
                "mW",
                Picture.Style.BARS,
                false,
                powers.stream().map(Comparison::item).toList(),
                List.of(
                        new Grid.Row(
                                "paper",
                                powers.stream()
                                        .mapToDouble(comparison ->
                                                comparison.reference() == null ? Double.NaN : comparison.reference())
                                        .toArray()),
                        new Grid.Row(
                                "ours",
                                powers.stream().mapToDouble(Comparison::ours).toArray())));
    }
}
