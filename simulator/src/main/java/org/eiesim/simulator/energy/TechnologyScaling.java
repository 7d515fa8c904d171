package org.eiesim.simulator.energy;

import java.util.List;
import org.apache.commons.csv.CSVRecord;

/**
 * Energy and area of logic from one technology node to another, at a constant 0.9 V: linear between the nodes of the table
 * (7 to 130 nm), and past its ends along the power law through the last two.
 *
 * <p>Source: Stillmaker and Baas 2017.
 */
final class TechnologyScaling {
    static final Source SOURCE =
            new Source(Source.Basis.PUBLISHED, "scaled to the node after Stillmaker and Baas 2017 at 0.9 V");

    private static final TechnologyScaling TABLE = new TechnologyScaling(TableFile.read("scaling.csv"));

    private final double[] nodes;
    private final double[] energies;
    private final double[] areas;

    private TechnologyScaling(List<CSVRecord> rows) {
        List<CSVRecord> ascending = rows.stream()
                .sorted((a, b) ->
                        Integer.compare(TableFile.integer(a, "technology_nm"), TableFile.integer(b, "technology_nm")))
                .toList();
        nodes = ascending.stream()
                .mapToDouble(row -> TableFile.number(row, "technology_nm"))
                .toArray();
        energies = ascending.stream()
                .mapToDouble(row -> TableFile.number(row, "energy"))
                .toArray();
        areas = ascending.stream()
                .mapToDouble(row -> TableFile.number(row, "area"))
                .toArray();
    }

    /** Returns the figure for a node, given the one for another node. */
    static Figure energy(Figure figure, double fromNm, double toNm) {
        return scale(figure, TABLE.energies, fromNm, toNm);
    }

    /** Returns the figure for a node, given the one for another node. */
    static Figure area(Figure figure, double fromNm, double toNm) {
        return scale(figure, TABLE.areas, fromNm, toNm);
    }

    private static Figure scale(Figure figure, double[] values, double fromNm, double toNm) {
        if (fromNm == toNm) {
            return figure;
        }
        double factor = at(values, toNm) / at(values, fromNm);
        return figure.times(new Figure(factor, SOURCE, isOutside(fromNm) || isOutside(toNm)));
    }

    private static boolean isOutside(double nm) {
        return nm < TABLE.nodes[0] || nm > TABLE.nodes[TABLE.nodes.length - 1];
    }

    private static double at(double[] values, double nm) {
        double[] nodes = TABLE.nodes;
        int last = nodes.length - 1;
        if (nm < nodes[0] || nm > nodes[last]) {
            int i = nm < nodes[0] ? 0 : last - 1;
            double exponent = Math.log(values[i + 1] / values[i]) / Math.log(nodes[i + 1] / nodes[i]);
            int end = nm < nodes[0] ? 0 : last;
            return values[end] * Math.pow(nm / nodes[end], exponent);
        }
        int i = 0;
        while (i < last - 1 && nm > nodes[i + 1]) {
            i++;
        }
        double fraction = (nm - nodes[i]) / (nodes[i + 1] - nodes[i]);
        return values[i] + fraction * (values[i + 1] - values[i]);
    }
}
