package org.eiesim.studies.simulation;

import java.util.List;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.config.MachineConfig;
import org.jspecify.annotations.Nullable;

/**
 * What is run on which machine.
 *
 * @param kind where the program comes from
 * @param name name of the network or layer
 * @param program the program
 * @param config the machine, as results name it
 * @param machine the machine the program runs on: {@code config}, but for a dump with memories as large as its layer
 *     needs
 * @param ownInputs the inputs a dump brings, else null; owned, not copied
 * @param overCapacity which memories of {@code config} a dump exceeds
 * @param notes remarks for the user, one line each
 */
public record Workload(
        Kind kind,
        String name,
        Program program,
        MachineConfig config,
        MachineConfig machine,
        float @Nullable [] ownInputs,
        List<OverCapacity> overCapacity,
        List<String> notes) {
    /** What a program was made from. */
    public enum Kind {
        /** A compressed network, compiled on the fly. */
        NETWORK,
        /** A compiled program. */
        PROGRAM,
        /** One layer in the layout of the EIE authors' simulator. */
        DUMP
    }

    /** Copies the lists. */
    public Workload {
        overCapacity = List.copyOf(overCapacity);
        notes = List.copyOf(notes);
    }

    /**
     * Compiles a network for a machine.
     *
     * @param network the network
     * @param config the machine
     * @return the workload
     * @throws FormatException if the network cannot be lowered to the machine
     */
    public static Workload ofNetwork(CompressedNetwork network, MachineConfig config) throws FormatException {
        Program program = Lowering.compile(network, config.target());
        return new Workload(Kind.NETWORK, program.name(), program, config, config, null, List.of(), List.of());
    }
}
