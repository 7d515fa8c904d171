package org.eiesim.simulator.energy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVRecord;

/**
 * Logic of the datapath, priced by width. Between the widths of the table on a power law; past its ends, and where it has
 * one width only, in proportion to the width (a register file: to its square root, the length of its lines).
 */
enum LogicOperation {
    /** Integer addition. */
    ADD(1),
    /** Integer multiplication; the width is the geometric mean of the operands' widths. */
    MULTIPLY(1),
    /** A shift by any distance; the width is that of the result. */
    SHIFT(1),
    /** Choosing a word among a few registers; the width is the word's. Writing is part of their clock energy. */
    REGISTER_READ(1),
    /** Reading 16 bits of a register file; the width is the file's size in bits. Writing is part of its clock energy. */
    REGISTER_FILE_READ(0.5),
    /** Choosing one of two bits. */
    MUX2(1);

    /** One row of the table. */
    record Point(double bits, double nm, double energyPj, double areaUm2, Source source) {}

    private static final Map<LogicOperation, List<Point>> TABLE = load();

    private final double exponentOutside;

    LogicOperation(double exponentOutside) {
        this.exponentOutside = exponentOutside;
    }

    private static Map<LogicOperation, List<Point>> load() {
        Map<LogicOperation, List<Point>> table = new EnumMap<>(LogicOperation.class);
        for (CSVRecord row : TableFile.read("operations.csv")) {
            LogicOperation operation = valueOf(row.get("operation").toUpperCase(Locale.ROOT));
            table.computeIfAbsent(operation, key -> new ArrayList<>())
                    .add(new Point(
                            TableFile.number(row, "bits"),
                            TableFile.number(row, "technology_nm"),
                            orNan(row.get("energy_pj")),
                            orNan(row.get("area_um2")),
                            TableFile.source(row)));
        }
        table.values().forEach(points -> points.sort(Comparator.comparingDouble(Point::bits)));
        return table;
    }

    private static double orNan(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    /** Returns the rows of the table, the narrowest first. */
    List<Point> points() {
        return Objects.requireNonNull(TABLE.get(this));
    }

    /** Returns the energy of one operation in pJ. */
    Figure energyPj(double bits, double nm) {
        return energyPj(points(), bits, nm);
    }

    /** Returns the energy of one operation in pJ by other rows than the table's. */
    Figure energyPj(List<Point> points, double bits, double nm) {
        double[] energies = points.stream().mapToDouble(Point::energyPj).toArray();
        return TechnologyScaling.energy(
                at(points, bits, energies), points.get(0).nm(), nm);
    }

    /** Returns the area of one unit in um2. */
    Figure areaUm2(double bits, double nm) {
        return areaUm2(points(), bits, nm);
    }

    /** Returns the area of one unit in um2 by other rows than the table's. */
    Figure areaUm2(List<Point> points, double bits, double nm) {
        double[] areas = points.stream().mapToDouble(Point::areaUm2).toArray();
        return TechnologyScaling.area(at(points, bits, areas), points.get(0).nm(), nm);
    }

    private Figure at(List<Point> points, double bits, double[] values) {
        int last = points.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (bits == points.get(i).bits()) {
                return new Figure(values[i], points.get(i).source());
            }
        }
        if (bits < points.get(0).bits() || bits > points.get(last).bits()) {
            int end = bits < points.get(0).bits() ? 0 : last;
            Point point = points.get(end);
            return new Figure(values[end] * Math.pow(bits / point.bits(), exponentOutside), point.source(), last > 0);
        }
        int i = 0;
        while (bits > points.get(i + 1).bits()) {
            i++;
        }
        double exponent = Math.log(values[i + 1] / values[i])
                / Math.log(points.get(i + 1).bits() / points.get(i).bits());
        double value = values[i] * Math.pow(bits / points.get(i).bits(), exponent);
        Figure lower = new Figure(value, points.get(i).source());
        return points.get(i).source().equals(points.get(i + 1).source())
                ? lower
                : lower.times(new Figure(1, points.get(i + 1).source()));
    }
}
