package org.eiesim.simulator.config;

/** The transistors SRAM cells and their periphery are made of, as CACTI names them. */
public enum SramCells {
    /** High performance: fast, and leaks milliwatts. */
    ITRS_HP,
    /** Low operating power: a lower supply voltage. */
    ITRS_LOP,
    /** Low standby power: leaks next to nothing and is too slow for EIE's 800 MHz. */
    ITRS_LSTP
}
