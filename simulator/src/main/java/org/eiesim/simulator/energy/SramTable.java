package org.eiesim.simulator.energy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.simulator.config.SramCells;

/**
 * CACTI's SRAMs of one kind of cell over technology (22 to 90 nm), capacity (256 bytes to 4 MB) and width (8 to 512 bits).
 *
 * <p>Inside the grid a figure is interpolated linearly in the logarithms of node, capacity, width and figure. CACTI picks
 * the organisation of every memory anew, so that the grid has jumps: at some points a larger memory is cheaper to read.
 * They are kept. Outside the grid, and at its few shapes without an organisation (rows nearly as wide as the memory), the
 * nearest point is multiplied by the ratio of the {@link SramLaws} of the two shapes; below 22 and above 90 nm it is scaled
 * as logic is. Both are marked as extrapolated.
 */
final class SramTable {
    /** What the table gives for a memory. */
    enum Quantity {
        READ_PJ,
        WRITE_PJ,
        LEAKAGE_MW,
        ACCESS_NS,
        AREA_MM2
    }

    static final Source SOURCE = new Source(
            Source.Basis.TOOL, "CACTI 7.0 (HewlettPackard/cacti 1ffd8dfb), ED^2 optimised, 300 K, 1 bank, 1 port");

    private static final Map<SramCells, SramTable> ALL = load();

    private final SramCells cells;
    private final TableAxis nodes;
    private final TableAxis capacities;
    private final TableAxis widths;
    /** Logarithms, by node, capacity and width. */
    private final Map<Quantity, double[][][]> logs = new EnumMap<>(Quantity.class);
    /** Whether CACTI found no such memory, by node, capacity and width. */
    private final boolean[][][] missing;

    private SramTable(SramCells cells, List<CSVRecord> rows) {
        this.cells = cells;
        nodes = axis(rows, "technology_nm");
        capacities = axis(rows, "capacity_bytes");
        widths = axis(rows, "width_bits");
        for (Quantity quantity : Quantity.values()) {
            logs.put(quantity, new double[nodes.size()][capacities.size()][widths.size()]);
        }
        missing = new boolean[nodes.size()][capacities.size()][widths.size()];
        for (boolean[][] ofNode : missing) {
            for (boolean[] ofCapacity : ofNode) {
                Arrays.fill(ofCapacity, true);
            }
        }
        rows.forEach(this::enter);
        for (int node = 0; node < nodes.size(); node++) {
            for (int capacity = 0; capacity < capacities.size(); capacity++) {
                fillWideRows(node, capacity);
            }
        }
    }

    private static Map<SramCells, SramTable> load() {
        List<CSVRecord> rows = TableFile.read("sram_cacti.csv");
        Map<SramCells, SramTable> tables = new EnumMap<>(SramCells.class);
        for (SramCells cells : SramCells.values()) {
            tables.put(
                    cells,
                    new SramTable(
                            cells,
                            rows.stream()
                                    .filter(row -> SramLaws.cells(row) == cells)
                                    .toList()));
        }
        return tables;
    }

    private static TableAxis axis(List<CSVRecord> rows, String column) {
        return new TableAxis(rows.stream()
                .mapToDouble(row -> TableFile.number(row, column))
                .distinct()
                .sorted()
                .toArray());
    }

    private double[][][] logs(Quantity quantity) {
        return Objects.requireNonNull(logs.get(quantity));
    }

    private void enter(CSVRecord row) {
        int node = nodes.indexOf(TableFile.number(row, "technology_nm"));
        int capacity = capacities.indexOf(TableFile.number(row, "capacity_bytes"));
        int width = widths.indexOf(TableFile.number(row, "width_bits"));
        missing[node][capacity][width] = false;
        for (Quantity quantity : Quantity.values()) {
            logs(quantity)[node][capacity][width] =
                    Math.log(TableFile.number(row, quantity.name().toLowerCase(Locale.ROOT)));
        }
    }

    private void fillWideRows(int node, int capacity) {
        SramLaws laws = SramLaws.of((int) nodes.points()[node], cells);
        double bytes = capacities.points()[capacity];
        for (int width = 1; width < widths.size(); width++) {
            if (missing[node][capacity][width]) {
                for (Quantity quantity : Quantity.values()) {
                    double[] row = logs(quantity)[node][capacity];
                    row[width] = row[width - 1]
                            + Math.log(laws.evaluate(quantity, bytes, widths.points()[width])
                                    / laws.evaluate(quantity, bytes, widths.points()[width - 1]));
                }
            }
        }
    }

    /**
     * A memory priced.
     *
     * @param readPj energy of reading one row
     * @param writePj energy of writing one row
     * @param leakageMw power lost while nothing happens
     * @param accessNs time of a read
     * @param areaMm2 area
     */
    record Sram(Figure readPj, Figure writePj, Figure leakageMw, Figure accessNs, Figure areaMm2) {}

    /** Returns CACTI's figures for a memory, not yet calibrated. */
    static Sram look(SramCells cells, double nm, double bytes, double widthBits) {
        SramTable table = ALL.get(cells);
        if (table == null) {
            throw new IllegalStateException("no SRAM table of " + cells);
        }
        return new Sram(
                table.figure(Quantity.READ_PJ, nm, bytes, widthBits),
                table.figure(Quantity.WRITE_PJ, nm, bytes, widthBits),
                table.figure(Quantity.LEAKAGE_MW, nm, bytes, widthBits),
                table.figure(Quantity.ACCESS_NS, nm, bytes, widthBits),
                table.figure(Quantity.AREA_MM2, nm, bytes, widthBits));
    }

    private Figure figure(Quantity quantity, double nm, double bytes, double widthBits) {
        TableAxis.Place node = nodes.locate(nm);
        TableAxis.Place capacity = capacities.locate(bytes);
        TableAxis.Place width = widths.locate(widthBits);
        double log = 0;
        boolean filled = false;
        for (int corner = 0; corner < 8; corner++) {
            int n = corner & 1;
            int c = corner >> 1 & 1;
            int w = corner >> 2;
            double weight = weight(node, n) * weight(capacity, c) * weight(width, w);
            if (weight > 0) {
                double atCorner = logs(quantity)[node.index() + n][capacity.index() + c][width.index() + w];
                double beyond = lawRatio(quantity, node.index() + n, capacity, bytes, width, widthBits);
                log += weight * (atCorner + beyond);
                filled |= missing[node.index() + n][capacity.index() + c][width.index() + w];
            }
        }
        Figure figure = new Figure(Math.exp(log), SOURCE, filled || capacity.outside() || width.outside());
        return node.outside() ? scale(quantity, figure, node.clamped(), nm) : figure;
    }

    private static double weight(TableAxis.Place place, int upper) {
        return upper == 1 ? place.fraction() : 1 - place.fraction();
    }

    private double lawRatio(
            Quantity quantity,
            int node,
            TableAxis.Place capacity,
            double bytes,
            TableAxis.Place width,
            double widthBits) {
        if (!capacity.outside() && !width.outside()) {
            return 0;
        }
        SramLaws laws = SramLaws.of((int) nodes.points()[node], cells);
        return Math.log(laws.evaluate(quantity, bytes, widthBits)
                / laws.evaluate(quantity, capacity.clamped(), width.clamped()));
    }

    static Figure scale(Quantity quantity, Figure figure, double fromNm, double toNm) {
        Figure scaled = switch (quantity) {
            case READ_PJ, WRITE_PJ -> TechnologyScaling.energy(figure, fromNm, toNm);
            case AREA_MM2, LEAKAGE_MW -> TechnologyScaling.area(figure, fromNm, toNm);
            case ACCESS_NS -> figure.times(toNm / fromNm);
        };
        return scaled.markedIf(true);
    }
}
