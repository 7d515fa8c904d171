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
record DatapathWidths(int weightBits, int activationBits, int accumulatorBits, int addressBits, long registerFileBits) {
    /** The narrowest adder of the table; narrower ones are priced as this one. */
    private static final int NARROWEST_ADDER_BITS = 8;

    static DatapathWidths of(MachineConfig config) {
        int activation = config.get(Parameters.ACTIVATION_BITS);
        int accumulator = config.get(Parameters.ACCUMULATOR_BITS);
        int length = config.get(Parameters.REGISTER_FILE_LENGTH);
        int address =
                Math.max(config.get(Parameters.INDEX_BITS), Integer.SIZE - Integer.numberOfLeadingZeros(length - 1));
        return new DatapathWidths(
                config.get(Parameters.WEIGHT_VALUE_BITS),
                activation,
                accumulator,
                Math.max(address, NARROWEST_ADDER_BITS),
                (long) length * Math.max(activation, accumulator));
    }

    Figure multiplyPj(Tables at) {
        return at.energyPj(LogicOperation.MULTIPLY, multiplierBits());
    }

    Figure shiftPj(Tables at) {
        return at.energyPj(LogicOperation.SHIFT, accumulatorBits);
    }

    Figure addPj(Tables at) {
        return at.energyPj(LogicOperation.ADD, Math.max(accumulatorBits, NARROWEST_ADDER_BITS));
    }

    Figure advancePj(Tables at) {
        return at.energyPj(LogicOperation.ADD, addressBits);
    }

    /** Returns the energy of reading {@code bits} of a register file. */
    Figure registerFileReadPj(int bits, Tables at) {
        return at.energyPj(LogicOperation.REGISTER_FILE_READ, (double) registerFileBits)
                .times(bits / 16.0);
    }

    private double multiplierBits() {
        return Math.sqrt((double) weightBits * activationBits);
    }

    double areaUm2(Tables at) {
        return at.areaUm2(LogicOperation.MULTIPLY, multiplierBits()).value()
                + at.areaUm2(LogicOperation.SHIFT, accumulatorBits).value()
                + at.areaUm2(LogicOperation.ADD, Math.max(accumulatorBits, NARROWEST_ADDER_BITS))
                        .value()
                + at.areaUm2(LogicOperation.ADD, addressBits).value();
    }
}
