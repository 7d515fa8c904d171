package org.eiesim.simulator.machine;

/** The numbers a whole network is run in. */
public enum Numeric {
    /** Single precision, as the EIE authors' simulator. */
    FLOAT32,
    /** Fixed point in the program's formats, as the hardware. */
    FIXED_POINT
}
