package org.eiesim.studies.simulation;

import java.util.Locale;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.machine.Numeric;

/** Numbers that networks are compared in: activations and shared weights of the same width. */
public enum Precision {
    /** Single precision. */
    FLOAT32(32),
    /** 16-bit fixed point. */
    FIXED16(16),
    /** 8-bit fixed point. */
    FIXED8(8);

    private final int bits;

    Precision(int bits) {
        this.bits = bits;
    }

    /**
     * Returns a machine whose activations and shared weights have this width; accumulators stay as they are.
     *
     * @param machine the machine
     * @return itself for single precision
     */
    MachineConfig machine(MachineConfig machine) {
        return this == FLOAT32
                ? machine
                : machine.with(Parameters.ACTIVATION_BITS, bits).with(Parameters.WEIGHT_VALUE_BITS, bits);
    }

    /** Returns the kind of numbers. */
    Numeric numeric() {
        return this == FLOAT32 ? Numeric.FLOAT32 : Numeric.FIXED_POINT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
