package org.eiesim.simulator.energy;

/** What energy is spent in and area is taken by. The first five are the modules of a PE in EIE's Table II. */
public enum Component {
    /** The activation queue. */
    ACT_QUEUE("Act queue", "activation queue"),
    /** The pointer memories and their registers. */
    PTR_READ("PtrRead", "pointer read: two SRAM banks"),
    /** The weight memory and its row register. */
    SPMAT_READ("SpmatRead", "sparse matrix read: weight SRAM and row register"),
    /** Codebook, address, multiplier, shifter and adder. */
    ARITHM_UNIT("ArithmUnit", "arithmetic unit: codebook, address, multiply, shift, add"),
    /** The two register files and the activation memory. */
    ACT_RW("ActRW", "activation read/write: two register files and activation SRAM"),
    /** The tree of leading non-zero detection. */
    LNZD("LNZD", "leading non-zero detection: a quadtree over the PEs"),
    /** Clock network and registers of all PEs. The area of the registers is that of their module. */
    CLOCK("clock", "clock network and registers of the PEs"),
    /** The wires that carry a live input to all PEs. EIE's Table II does not count them. */
    BROADCAST("broadcast", "wires from the LNZD root to all PEs"),
    /** Transfers between the array and DRAM. */
    DRAM("DRAM", "bits to and from DRAM"),
    /** Area that cells and memories leave empty. */
    FILLER("filler", "filler cells"),
    /** What memories lose while nothing happens; part of a run's energy where the machine says so. */
    LEAKAGE("leakage", "leakage of the SRAMs, counted with leakage: included");

    private final String label;
    private final String text;

    Component(String label, String text) {
        this.label = label;
        this.text = text;
    }

    /**
     * Returns the name in tables and JSON.
     *
     * @return the paper's name where it has one
     */
    public String label() {
        return label;
    }

    /**
     * Returns what it consists of.
     *
     * @return a few words
     */
    public String text() {
        return text;
    }

    /**
     * Tells whether this is a module of EIE's Table II.
     *
     * @return whether every PE has one
     */
    public boolean isPeModule() {
        return compareTo(LNZD) < 0;
    }
}
