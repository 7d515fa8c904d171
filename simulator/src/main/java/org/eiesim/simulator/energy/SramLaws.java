package org.eiesim.simulator.energy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.eiesim.simulator.config.SramCells;

/**
 * Smooth laws fitted to the SRAM table of one node and kind of cell. {@link SramTable} uses their ratios to leave its grid.
 */
final class SramLaws {
    private record Key(int nm, SramCells cells) {}

    private static final Map<Key, SramLaws> ALL = load();

    private final CSVRecord row;

    private SramLaws(CSVRecord row) {
        this.row = row;
    }

    private static Map<Key, SramLaws> load() {
        Map<Key, SramLaws> laws = new HashMap<>();
        for (CSVRecord row : TableFile.read("sram_fit.csv")) {
            laws.put(new Key(TableFile.integer(row, "technology_nm"), cells(row)), new SramLaws(row));
        }
        return laws;
    }

    /** Returns the kind of cell a row of a table is about. */
    static SramCells cells(CSVRecord row) {
        return SramCells.valueOf(row.get("cell_type").replace('-', '_').toUpperCase(Locale.ROOT));
    }

    static SramLaws of(int nm, SramCells cells) {
        SramLaws laws = ALL.get(new Key(nm, cells));
        if (laws == null) {
            throw new IllegalStateException("sram_fit.csv has no row of " + nm + " nm, " + cells);
        }
        return laws;
    }

    double evaluate(SramTable.Quantity quantity, double bytes, double widthBits) {
        double bits = 8 * bytes;
        return switch (quantity) {
            case READ_PJ -> access("read", bits, widthBits);
            case WRITE_PJ -> access("write", bits, widthBits);
            case LEAKAGE_MW -> power("leakage", bits);
            case AREA_MM2 -> power("area", bits);
            // No law was fitted: along a wire across the memory.
            case ACCESS_NS -> Math.sqrt(bits);
        };
    }

    private double access(String name, double bits, double widthBits) {
        double side = Math.sqrt(bits);
        return TableFile.number(row, name + "_c0")
                + TableFile.number(row, name + "_cw") * widthBits
                + TableFile.number(row, name + "_cr") * side
                + TableFile.number(row, name + "_cwr") * widthBits * side;
    }

    private double power(String name, double bits) {
        return TableFile.number(row, name + "_coef") * Math.pow(bits, TableFile.number(row, name + "_exp"));
    }
}
