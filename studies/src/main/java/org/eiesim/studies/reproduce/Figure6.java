package org.eiesim.studies.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** EIE Fig. 6: speed-up over the CPU with the dense matrix. */
final class Figure6 {
    private static final String MEAN = "mean";

    private Figure6() {}

    static Artefact build(Measurements measurements) {
        CSVRecord cpu = Published.row("times.csv", "CPU", "1", "dense");
        CSVRecord printed = Published.row("figure6.csv", "EIE");
        List<String> columns = new ArrayList<>(measurements.names());
        columns.add(MEAN);
        List<Grid.Row> rows = new ArrayList<>();
        for (CSVRecord row : Published.read("times.csv")) {
            boolean isSeries =
                    row.get("batch").equals("1") && !row.get("matrix").equals("theoretical");
            if (isSeries) {
                String name = row.get("platform") + " " + row.get("matrix");
                rows.add(new Grid.Row(
                        name + " (from the paper's Table IV)",
                        withMean(measurements.names().stream()
                                .mapToDouble(layer -> Published.number(cpu, layer) / Published.number(row, layer))
                                .toArray())));
            }
        }
        double[] ours = withMean(measurements.layers().stream()
                .mapToDouble(layer -> Published.number(cpu, layer.name()) / Table4.actualUs(measurements, layer))
                .toArray());
        rows.add(new Grid.Row("EIE (ours)", ours));
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < ours.length; i++) {
            comparisons.add(new Comparison(
                    columns.get(i),
                    "speed-up of EIE",
                    Published.number(printed, columns.get(i)),
                    ours[i],
                    1,
                    Input.SYNTHETIC));
        }
        Grid grid = new Grid("speed-up over CPU dense, batch 1", "series", columns, rows, 1);
        return new Artefact(
                "figure6",
                "Figure 6: speed-up over the CPU, batch 1",
                comparisons,
                List.of(grid),
                List.of(Picture.of(
                        "figure6", grid, "Speed-up over CPU dense (EIE Fig. 6)", "layer", Picture.Style.BARS, true)),
                List.of(
                        "Times of CPU, GPU and mobile GPU are the paper's (Table IV).",
                        "The figure's NT-We and NT-LSTM bars (63 and 60) do not follow from Table IV, which gives 76"
                                + " and 63 and a mean of 194; they imply 9.6 and 7.8 us in place of 8.0 and 7.5."));
    }

    /** Appends the geometric mean. */
    static double[] withMean(double[] values) {
        double[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = Medians.geometricMean(values);
        return longer;
    }
}
