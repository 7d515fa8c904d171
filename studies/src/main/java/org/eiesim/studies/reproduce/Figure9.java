package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.SramLaw;
import org.eiesim.simulator.energy.EnergyModel;

/** EIE Fig. 9: reads of the weight SRAM and their energy over the width of its rows. */
final class Figure9 {
    private static final int ENTRY_BITS = 8;

    private final Measurements measurements;

    private Figure9(Measurements measurements) {
        this.measurements = measurements;
    }

    static Artefact build(Measurements measurements) {
        return new Figure9(measurements).artefact();
    }

    private Artefact artefact() {
        Layer fc8 = measurements.fc8();
        double[] fc8Reads = reads(List.of(fc8));
        double[] allReads = reads(measurements.layers());
        double[] table = readPj(SramLaw.TABLE);
        double[] law = readPj(SramLaw.ROW_WIDTH);
        List<String> columns = Arrays.stream(Draw.ROW_ENTRIES)
                .mapToObj(entries -> entries * ENTRY_BITS + " bits")
                .toList();
        Grid reads = new Grid(
                "row reads",
                "layer",
                columns,
                List.of(new Grid.Row(fc8.label(), fc8Reads), new Grid.Row("sum of the nine layers", allReads)),
                0);
        Grid perRead = new Grid(
                "energy of one read in pJ",
                "law",
                columns,
                List.of(new Grid.Row("table (CACTI)", table), new Grid.Row("row_width", law)),
                1);
        Grid energy = new Grid(
                "energy of all reads in nJ",
                "layer and law",
                columns,
                List.of(
                        new Grid.Row(fc8.label() + ", table", product(fc8Reads, table)),
                        new Grid.Row(fc8.label() + ", row_width", product(fc8Reads, law)),
                        new Grid.Row("nine layers, table", product(allReads, table)),
                        new Grid.Row("nine layers, row_width", product(allReads, law))),
                0);
        List<Comparison> comparisons = new ArrayList<>(Fc8Golden.compare(
                "figure9",
                measurements,
                (bits, quantity) -> fc8.onRows(bits / ENTRY_BITS, events -> (double) Events.rowReads(events))));
        for (Grid.Row row : energy.rows()) {
            comparisons.add(new Comparison(
                    row.label(),
                    "cheapest width in bits",
                    64.0,
                    ENTRY_BITS * Draw.ROW_ENTRIES[cheapest(row.values())],
                    0,
                    row.label().startsWith("nine") ? Input.SYNTHETIC : fc8.input()));
        }
        return new Artefact(
                "figure9",
                "Figure 9: the width of the weight SRAM's rows",
                comparisons,
                List.of(reads, perRead, energy),
                List.of(
                        Picture.of(
                                "figure9-reads",
                                reads,
                                "Row reads (EIE Fig. 9)",
                                "row width",
                                Picture.Style.LINES,
                                true),
                        Picture.of(
                                "figure9-energy",
                                energy,
                                "Energy of row reads (EIE Fig. 9)",
                                "row width",
                                Picture.Style.LINES,
                                true)),
                List.of(
                        "The paper finds 64 bits cheapest. With CACTI's energies that does not follow: reads shrink"
                                + " faster with the width than the energy of one grows, and 512 bits are cheapest.",
                        "The law row_width (set sram_law=row_width) is fitted to the paper's conclusion for the nine"
                                + " layers, hence no evidence for it. It does not give 64 bits for every single layer.",
                        Fc8Golden.note(measurements)));
    }

    private static double[] reads(List<Layer> layers) {
        return Arrays.stream(Draw.ROW_ENTRIES)
                .mapToDouble(entries -> layers.stream()
                        .mapToDouble(layer -> layer.onRows(entries, events -> (double) Events.rowReads(events)))
                        .sum())
                .toArray();
    }

    private double[] readPj(SramLaw law) {
        return Arrays.stream(Draw.ROW_ENTRIES)
                .mapToDouble(entries -> {
                    MachineConfig config = measurements
                            .base()
                            .with(Parameters.SPMAT_ROW_ENTRIES, entries)
                            .with(Parameters.SRAM_LAW, law);
                    return EnergyModel.of(config).energyOfPj("read_row");
                })
                .toArray();
    }

    private static double[] product(double[] reads, double[] picojoules) {
        double[] nanojoules = new double[reads.length];
        Arrays.setAll(nanojoules, i -> reads[i] * picojoules[i] * 1e-3);
        return nanojoules;
    }

    private static int cheapest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] < values[best] ? i : best;
        }
        return best;
    }
}
