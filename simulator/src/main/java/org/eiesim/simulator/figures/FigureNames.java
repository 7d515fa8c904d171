package org.eiesim.simulator.figures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names a file of figures may use, as the energy model has them (a test holds the two together). */
public final class FigureNames {
    /** The memories of a PE. */
    public static final List<String> MEMORIES = List.of("weights", "pointers", "activations");

    /** The operations of the datapath whose energy is used. */
    public static final List<String> ENERGY_OPERATIONS =
            List.of("add", "multiply", "shift", "register_read", "register_file_read");

    /** The operations of the datapath whose area is used. */
    public static final List<String> AREA_OPERATIONS = List.of("add", "multiply", "shift", "mux2");

    /** All operations of the datapath. */
    public static final List<String> OPERATIONS =
            List.of("add", "multiply", "shift", "register_read", "register_file_read", "mux2");

    /** The stages whose gates may set the clock. */
    public static final List<String> STAGES = List.of("multiply", "pointers_to_pop", "accumulate");

    /** The components whose area is used: of one PE, of LNZD of one node. */
    public static final List<String> AREAS =
            List.of("act_queue", "ptr_read", "spmat_read", "arithm_unit", "act_rw", "lnzd");

    /** What is priced, by component. */
    public static final Map<String, List<String>> ACTIONS = actions();

    private FigureNames() {}

    private static Map<String, List<String>> actions() {
        Map<String, List<String>> actions = new LinkedHashMap<>();
        actions.put("act_queue", List.of("pop"));
        actions.put("ptr_read", List.of("read_bank_pair", "write_pointer"));
        actions.put("spmat_read", List.of("read_row", "write_row", "pick_entry"));
        actions.put("arithm_unit", List.of("advance_address", "read_codebook", "multiply", "shift", "add"));
        actions.put("act_rw", List.of("read_accumulator", "read_source", "read_sram", "write_sram"));
        actions.put("lnzd", List.of("node_cycle"));
        actions.put("clock", List.of("array_cycle"));
        actions.put("broadcast", List.of("broadcast"));
        actions.put("dram", List.of("bit"));
        return actions;
    }
}
