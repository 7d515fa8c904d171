package org.eiesim.simulator.energy;

import java.util.Comparator;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** Energy of a long wire: interpolated on a logarithmic scale between the nodes of the table, scaled as logic outside it. */
final class Wires {
    private static final List<CSVRecord> ROWS = TableFile.read("wires.csv").stream()
            .sorted(Comparator.comparingInt(row -> TableFile.integer(row, "technology_nm")))
            .toList();
    private static final TableAxis NODES = new TableAxis(ROWS.stream()
            .mapToDouble(row -> TableFile.number(row, "technology_nm"))
            .toArray());

    private Wires() {}

    /** Returns the energy of one bit of random data over one millimetre. */
    static Figure bitPjPerMm(double nm) {
        TableAxis.Place place = NODES.locate(nm);
        CSVRecord lower = ROWS.get(place.index());
        double from = TableFile.number(lower, "energy_pj_per_mm");
        double to = TableFile.number(ROWS.get(place.index() + 1), "energy_pj_per_mm");
        Figure charge = new Figure(from * Math.pow(to / from, place.fraction()), TableFile.source(lower));
        Figure scaled = place.outside()
                ? TechnologyScaling.energy(charge, place.clamped(), nm).markedIf(true)
                : charge;
        return scaled.times(Constants.WIRE_ACTIVITY);
    }

    /**
     * Returns the length of the wires of an H-tree over a square array: {@code 1.5 side (sqrt(n) - 1)}, of which every
     * level but the last has its wires half as long and four times as many as the level above.
     */
    static double treeLengthMm(int numPes, double peAreaMm2) {
        double side = Math.sqrt(numPes * peAreaMm2);
        return 1.5 * side * (Math.sqrt(numPes) - 1);
    }
}
