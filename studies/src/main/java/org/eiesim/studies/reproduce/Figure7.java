package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.simulator.energy.EnergyModel;
import org.eiesim.simulator.machine.TransferCounts;

/** EIE Fig. 7: energy efficiency over the CPU with the dense matrix. */
final class Figure7 {
    /** The power all bars of the paper's figure are made with. */
    private static final double PAPER_EIE_WATTS = 0.6;

    private final Measurements measurements;
    private final CSVRecord printed = Published.row("figure7.csv", "EIE");

    private Figure7(Measurements measurements) {
        this.measurements = measurements;
    }

    static Artefact build(Measurements measurements) {
        return new Figure7(measurements).artefact();
    }

    private Artefact artefact() {
        List<String> columns = new ArrayList<>(measurements.names());
        columns.add("mean");
        List<Grid.Row> rows = new ArrayList<>();
        for (CSVRecord row : Published.read("figure7.csv")) {
            rows.add(new Grid.Row(
                    row.get("series") + " (paper)",
                    columns.stream()
                            .mapToDouble(column -> Published.number(row, column))
                            .toArray()));
        }
        EnergyModel model = measurements.energyModel();
        double[] modelled = efficiencies(layer ->
                layer.median(events -> model.price(events, TransferCounts.NONE).energyPj() * 1e-6));
        double[] atPaperPower = efficiencies(layer -> PAPER_EIE_WATTS * Table4.actualUs(measurements, layer));
        rows.add(new Grid.Row("EIE (ours, energy of the model)", modelled));
        rows.add(new Grid.Row("EIE (ours, the paper's 0.6 W x our time)", atPaperPower));
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < modelled.length; i++) {
            double reference = Published.number(printed, columns.get(i));
            comparisons.add(new Comparison(
                    columns.get(i), "efficiency, model energy", reference, modelled[i], 0, Input.SYNTHETIC));
            comparisons.add(new Comparison(
                    columns.get(i), "efficiency, at 0.6 W", reference, atPaperPower[i], 0, Input.SYNTHETIC));
        }
        Grid grid = new Grid("energy efficiency over CPU dense, batch 1", "series", columns, rows, 0);
        return new Artefact(
                "figure7",
                "Figure 7: energy efficiency over the CPU, batch 1",
                comparisons,
                List.of(grid),
                List.of(Picture.of(
                        "figure7",
                        grid,
                        "Energy efficiency over CPU dense (EIE Fig. 7)",
                        "layer",
                        Picture.Style.BARS,
                        true)),
                List.of(
                        "Efficiency = CPU watts x CPU time over EIE's energy. CPU watts: Deep Compression Table 9; of"
                                + " the NeuralTalk layers, for which none are printed, those the paper's own bars imply.",
                        "The paper's bars are all made with 0.600 W. The model's energy is that of the layer's events,"
                                + " broadcast wires included."));
    }

    /** A layer's energy on EIE, in microjoules. */
    @FunctionalInterface
    private interface MicroJoules {
        double of(Layer layer);
    }

    private double[] efficiencies(MicroJoules energy) {
        CSVRecord cpu = Published.row("times.csv", "CPU", "1", "dense");
        return Figure6.withMean(measurements.layers().stream()
                .mapToDouble(layer -> cpuWatts(layer.name()) * Published.number(cpu, layer.name()) / energy.of(layer))
                .toArray());
    }

    private double cpuWatts(String layer) {
        double measured = Published.number(Published.row("watts.csv", "CPU", "dense"), layer);
        if (!Double.isNaN(measured)) {
            return measured;
        }
        double cpuUs = Published.number(Published.row("times.csv", "CPU", "1", "dense"), layer);
        double eieUs = Published.number(Published.row("times.csv", "EIE", "1", "actual"), layer);
        return Published.number(printed, layer) * PAPER_EIE_WATTS * eieUs / cpuUs;
    }
}
