package org.eiesim.simulator.config;

/** How the energy of reading a row of the weight SRAM depends on the row's width. */
public enum SramLaw {
    /** As in the table computed by CACTI. */
    TABLE,
    /**
     * {@code E(W) = E(64) (33 + W) / 97}, with E(64) from the table. Fitted to the conclusion of EIE's Fig. 9 (64-bit rows
     * are cheapest), hence no evidence for it.
     */
    ROW_WIDTH
}
