package org.eiesim.simulator.energy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** The single numbers of the model, at {@link #NODE_NM}. */
final class Constants {
    /** The technology node they hold for. */
    static final double NODE_NM = 45;

    /** A number with its unit and meaning. */
    record Constant(String name, String unit, String meaning, Figure figure) {}

    private static final Map<String, Constant> ALL = load();

    static final Figure SRAM_ENERGY_FACTOR = figure("sram_energy_factor");
    static final Figure SRAM_AREA_FACTOR = figure("sram_area_factor");
    static final Figure FLIP_FLOP_CYCLE_PJ = figure("flip_flop_cycle");
    static final Figure FLIP_FLOP_REGISTER_SHARE = figure("flip_flop_register_share");
    static final Figure FLIP_FLOP_AREA_UM2 = figure("flip_flop_area");
    static final Figure CELL_UTILISATION = figure("cell_utilisation");
    static final Figure LNZD_NODE_CYCLE_PJ = figure("lnzd_node_cycle");
    static final Figure LNZD_NODE_AREA_UM2 = figure("lnzd_node_area");
    static final Figure WIRE_ACTIVITY = figure("wire_activity");
    static final Figure ROW_WIDTH_LAW_OFFSET_BITS = figure("row_width_law_offset");

    private Constants() {}

    static List<Constant> all() {
        return List.copyOf(ALL.values());
    }

    private static Map<String, Constant> load() {
        Map<String, Constant> constants = new LinkedHashMap<>();
        for (CSVRecord row : TableFile.read("constants.csv")) {
            Figure figure = new Figure(TableFile.number(row, "value"), TableFile.source(row));
            constants.put(
                    row.get("constant"),
                    new Constant(row.get("constant"), row.get("unit"), row.get("meaning"), figure));
        }
        return constants;
    }

    private static Figure figure(String name) {
        Constant constant = ALL.get(name);
        if (constant == null) {
            throw new IllegalStateException("constants.csv has no " + name);
        }
        return constant.figure();
    }
}
