package org.eiesim.studies.simulation;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;

/**
 * What one product needs of a PE's memories.
 *
 * @param entries entries of the fullest PE
 * @param columns columns, the bias included
 * @param activations the larger of inputs and outputs per PE
 */
record LayerSize(int entries, int columns, int activations) {
    static LayerSize of(Dump dump) {
        int entries = 0;
        for (byte[] codes : dump.matrix().codes()) {
            entries = Math.max(entries, codes.length);
        }
        int numPes = dump.matrix().numPes();
        int most = Math.max(1, Math.max(dump.numInputs(), dump.numOutputs()));
        return new LayerSize(entries, dump.matrix().numColumns(), (most + numPes - 1) / numPes);
    }

    private record Need(Parameter<Integer> parameter, long value) {}

    private List<Need> needs(MachineConfig config) {
        int entryBits = config.get(Parameters.WEIGHT_BITS) + config.get(Parameters.INDEX_BITS);
        return List.of(
                new Need(Parameters.SPMAT_SRAM_BYTES, bytes(entries, entryBits)),
                new Need(Parameters.POINTER_SRAM_BYTES, bytes(columns, config.get(Parameters.POINTER_BITS))),
                new Need(Parameters.REGISTER_FILE_LENGTH, activations));
    }

    private static long bytes(long count, int bitsEach) {
        return (count * bitsEach + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Returns the machine with every memory that is too small as large as the layer needs it. */
    MachineConfig fit(MachineConfig config) {
        MachineConfig fitted = config;
        for (Need need : needs(config)) {
            if (need.value() > config.get(need.parameter())) {
                fitted = fitted.with(need.parameter(), Math.toIntExact(need.value()));
            }
        }
        return fitted;
    }

    /** Lists the memories that are too small. */
    List<OverCapacity> over(String layer, MachineConfig config) {
        List<OverCapacity> over = new ArrayList<>();
        for (Need need : needs(config)) {
            long available = config.get(need.parameter());
            if (need.value() > available) {
                over.add(new OverCapacity(layer, need.parameter().key(), need.value(), available));
            }
        }
        return over;
    }
}
