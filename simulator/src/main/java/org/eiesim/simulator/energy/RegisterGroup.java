package org.eiesim.simulator.energy;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;

/**
 * Flip-flops of one PE that belong together.
 *
 * @param component the module they are in
 * @param name what they hold
 * @param bits how many
 * @param selectors two-to-one multiplexers it takes to read one word of them
 */
record RegisterGroup(Component component, String name, long bits, long selectors) {

    /**
     * Lists the flip-flops of a PE: the queue, the codebook, the register files, and every latch of
     * {@code org.eiesim.simulator.clocked} with the width its values have.
     */
    static List<RegisterGroup> of(MachineConfig config) {
        long activation = config.get(Parameters.ACTIVATION_BITS);
        long weight = config.get(Parameters.WEIGHT_VALUE_BITS);
        long accumulator = config.get(Parameters.ACCUMULATOR_BITS);
        long pointer = config.get(Parameters.POINTER_BITS);
        long entry = (long) config.get(Parameters.WEIGHT_BITS) + config.get(Parameters.INDEX_BITS);
        long address = bitsFor(config.get(Parameters.REGISTER_FILE_LENGTH));
        long rows = config.spmatCapacityEntries() / config.spmatRowEntries();
        long kind = 2;
        long columnStart = 1;
        List<RegisterGroup> groups = new ArrayList<>();
        groups.add(array(
                Component.ACT_QUEUE, "activations and their columns", config.queueSlots(), broadcastBits(config), 1));
        groups.add(latch(Component.ACT_QUEUE, "read and write position", 2L * bitsFor(config.queueSlots())));
        groups.add(latch(
                Component.PTR_READ,
                "position and end of the column, its activation, state",
                2 * pointer + activation + kind + columnStart));
        groups.add(array(Component.SPMAT_READ, "row read last", config.spmatRowEntries(), entry, 1));
        groups.add(latch(Component.SPMAT_READ, "number of that row", bitsFor(rows)));
        groups.add(latch(Component.SPMAT_READ, "entry, activation, state", entry + activation + kind + columnStart));
        groups.add(array(Component.ARITHM_UNIT, "codebook", 1L << config.get(Parameters.WEIGHT_BITS), weight, 1));
        groups.add(latch(Component.ARITHM_UNIT, "address", address));
        groups.add(latch(
                Component.ARITHM_UNIT, "weight, activation, address, state", weight + activation + address + kind));
        groups.add(latch(
                Component.ARITHM_UNIT,
                "product, accumulator, address, state",
                weight + activation + accumulator + address + kind));
        groups.add(latch(Component.ARITHM_UNIT, "sum, address, state", accumulator + address + kind));
        groups.add(array(
                Component.ACT_RW,
                "source and destination register files",
                config.get(Parameters.REGISTER_FILE_LENGTH),
                Math.max(activation, accumulator),
                2));
        return List.copyOf(groups);
    }

    /** Returns the bits of a live input on its way to the PEs: the value and its index. */
    static int broadcastBits(MachineConfig config) {
        return config.get(Parameters.ACTIVATION_BITS)
                + bitsFor((long) config.pes() * config.get(Parameters.REGISTER_FILE_LENGTH));
    }

    /** Returns the bits that tell {@code values} values apart, at least one. */
    private static int bitsFor(long values) {
        return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(values - 1));
    }

    private static RegisterGroup latch(Component component, String name, long bits) {
        return new RegisterGroup(component, name, bits, 0);
    }

    private static RegisterGroup array(Component component, String name, long words, long bits, int files) {
        return new RegisterGroup(component, name, files * words * bits, files * (words - 1) * bits);
    }
}
