package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Presets;
import org.eiesim.simulator.energy.Component;
import org.eiesim.simulator.energy.Cost;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.machine.TransferCounts;

/** EIE Table V: platforms on the matrix-vector product of AlexNet FC7. */
final class Table5 {
    private static final List<String> COLUMNS = List.of("area mm2", "power W", "frames/s", "frames/s/mm2", "frames/J");

    private Table5() {}

    static Artefact build(Measurements measurements) {
        List<Comparison> comparisons = new ArrayList<>();
        List<Grid.Row> rows = new ArrayList<>();
        for (CSVRecord row : Published.read("table5.csv")) {
            rows.add(new Grid.Row(row.get("platform") + " (paper)", printed(row)));
        }
        Layer fc7 = measurements.layer("Alex-7");
        add(comparisons, rows, "EIE 64 PEs", measurements.base(), fc7);
        add(comparisons, rows, "EIE 256 PEs", Presets.load(Presets.EIE_256_28NM), fc7);
        return new Artefact(
                "table5",
                "Table V: platforms on AlexNet FC7",
                comparisons,
                List.of(new Grid("platforms", "platform", COLUMNS, rows, 2)),
                List.of(picture(rows)),
                List.of(
                        "Ours is on the synthetic Alex-7; power is that at this layer's own event rates, broadcast"
                                + " wires included and without leakage.",
                        "Power of 64 PEs: at the layer's rates the weight SRAM is read more often than the once in 8"
                                + " cycles behind the paper's 0.59 W, because columns seldom fill a row.",
                        "256 PEs at 28 nm is the paper's projection. It takes throughput to grow 5.2 times, although"
                                + " its text says 3.25 times for 256 PEs and 1.5 for the clock; and energy a cycle to"
                                + " shrink to 0.67, where CACTI and the scaling equations give less."));
    }

    private static double[] printed(CSVRecord row) {
        double area = Published.number(row, "area_mm2");
        double power = Published.number(row, "power_w");
        double frames = Published.number(row, "frames_per_s");
        return new double[] {area, power, frames, frames / area, frames / power};
    }

    private static void add(
            List<Comparison> comparisons, List<Grid.Row> rows, String name, MachineConfig config, Layer layer) {
        EnergyModel model = EnergyModel.of(config);
        double area = model.area().mm2();
        double power = layer.onPes(config.pes(), events -> {
            Cost cost = model.price(events, TransferCounts.NONE);
            return cost.powerMw(cost.energyPj()) / 1e3;
        });
        Cost steady = model.price(Events.steadyState(config.pes()), TransferCounts.NONE);
        double steadyPower = steady.powerMw(steady.energyPj() - steady.energyPj(Component.BROADCAST)) / 1e3;
        double frames = 1e6 / layer.onPes(config.pes(), events -> config.microseconds(events.cycles));
        double[] ours = {area, power, frames, frames / area, frames / power};
        double[] paper = printed(Published.row("table5.csv", name));
        int[] decimals = {1, 2, 0, 0, 0};
        for (int i = 0; i < ours.length; i++) {
            Input input = i == 0 ? Input.NONE : layer.input();
            comparisons.add(new Comparison(name, COLUMNS.get(i), paper[i], ours[i], decimals[i], input));
        }
        comparisons.add(new Comparison(name, "power W at the paper's activity", paper[1], steadyPower, 2, Input.NONE));
        rows.add(new Grid.Row(name + " (ours)", ours));
    }

    private static Picture picture(List<Grid.Row> rows) {
        int throughput = COLUMNS.indexOf("frames/s");
        int efficiency = COLUMNS.indexOf("frames/J");
        return new Picture(
                "table5",
                "AlexNet FC7 on several platforms (EIE Table V)",
                "platform",
                "frames/s, frames/J",
                Picture.Style.BARS,
                true,
                rows.stream().map(Grid.Row::label).toList(),
                List.of(
                        new Grid.Row(
                                "frames/s",
                                rows.stream()
                                        .mapToDouble(row -> row.values()[throughput])
                                        .toArray()),
                        new Grid.Row(
                                "frames/J",
                                rows.stream()
                                        .mapToDouble(row -> row.values()[efficiency])
                                        .toArray())));
    }
}
