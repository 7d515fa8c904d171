package org.eiesim.studies.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eiesim.compiler.parameter.Parameter;
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

    /**
     * Returns a machine whose activations and shared weights have this width; accumulators stay as they are.
     *
     * @param choice the machine as a user names it
     * @return the machine with both widths set
     * @throws IllegalArgumentException if the user gave one of the widths
     */
    public MachineChoice machine(MachineChoice choice) {
        requireWidthsFree(choice);
        List<String> settings = new ArrayList<>(choice.settings());
        settings.add(Parameters.ACTIVATION_BITS.key() + "=" + bits);
        settings.add(Parameters.WEIGHT_VALUE_BITS.key() + "=" + bits);
        return new MachineChoice(choice.architecture(), settings, choice.isArchitectureGiven());
    }

    /** Refuses widths of numbers beside the one that this is. */
    static void requireWidthsFree(MachineChoice choice) {
        for (Parameter<?> width : List.of(Parameters.ACTIVATION_BITS, Parameters.WEIGHT_VALUE_BITS)) {
            if (choice.isSet(width)) {
                throw new IllegalArgumentException(
                        "--numeric says how wide numbers are; leave out --set " + width.key());
            }
        }
    }

    /**
     * Returns the kind of numbers.
     *
     * @return floating or fixed point
     */
    public Numeric numeric() {
        return this == FLOAT32 ? Numeric.FLOAT32 : Numeric.FIXED_POINT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
