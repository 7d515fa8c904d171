package org.eiesim.simulator.energy;

import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;

/**
 * The widths of the arithmetic.
 *
 * @param weightBits bits of a decoded weight
 * @param activationBits bits of an activation
 * @param accumulatorBits bits of an accumulator
 * @param addressBits bits of the adder that advances the accumulator's address
 * @param registerFileBits bits of one register file
 */
record Datapath(int weightBits, int activationBits, int accumulatorBits, int addressBits, long registerFileBits) {
    /** The narrowest adder of the table; narrower ones are priced as this one. */
    private static final int NARROWEST_ADDER_BITS = 8;

    static Datapath of(MachineConfig config) {
        int activation = config.get(Parameters.ACTIVATION_BITS);
        int accumulator = config.get(Parameters.ACCUMULATOR_BITS);
        int length = config.get(Parameters.REGISTER_FILE_LENGTH);
        int address =
                Math.max(config.get(Parameters.INDEX_BITS), Integer.SIZE - Integer.numberOfLeadingZeros(length - 1));
        return new Datapath(
                config.get(Parameters.WEIGHT_VALUE_BITS),
                activation,
                accumulator,
                Math.max(address, NARROWEST_ADDER_BITS),
                (long) length * Math.max(activation, accumulator));
    }

    Figure multiplyPj(double nm) {
        return Operation.MULTIPLY.energyPj(multiplierBits(), nm);
    }

    Figure shiftPj(double nm) {
        return Operation.SHIFT.energyPj(accumulatorBits, nm);
    }

    Figure addPj(double nm) {
        return Operation.ADD.energyPj(Math.max(accumulatorBits, NARROWEST_ADDER_BITS), nm);
    }

    Figure advancePj(double nm) {
        return Operation.ADD.energyPj(addressBits, nm);
    }

    /** Returns the energy of reading {@code bits} of a register file. */
    Figure registerFileReadPj(int bits, double nm) {
        return Operation.REGISTER_FILE_READ
                .energyPj((double) registerFileBits, nm)
                .times(bits / 16.0);
    }

    private double multiplierBits() {
        return Math.sqrt((double) weightBits * activationBits);
    }

    double areaUm2(double nm) {
        return Operation.MULTIPLY.areaUm2(multiplierBits(), nm).value()
                + Operation.SHIFT.areaUm2(accumulatorBits, nm).value()
                + Operation.ADD
                        .areaUm2(Math.max(accumulatorBits, NARROWEST_ADDER_BITS), nm)
                        .value()
                + Operation.ADD.areaUm2(addressBits, nm).value();
    }
}
