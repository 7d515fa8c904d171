package org.eiesim.studies.simulation;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.target.LiveProfile;
import org.eiesim.compiler.target.LoweringOptions;
import org.eiesim.compiler.target.Placement;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.HostMultiplications;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.functional.FunctionalEngine;
import org.eiesim.simulator.machine.LiveMeasurement;
import org.jspecify.annotations.Nullable;

/**
 * What is run on which machine: a program, where it comes from and the machine that runs it.
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
 * @param network the network the program was compiled from, where it is at hand
 */
public record SimulationJob(
        Kind kind,
        String name,
        Program program,
        MachineConfig config,
        MachineConfig machine,
        float @Nullable [] ownInputs,
        List<OverCapacity> overCapacity,
        List<String> notes,
        @Nullable CompressedNetwork network) {
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
    public SimulationJob {
        overCapacity = List.copyOf(overCapacity);
        notes = List.copyOf(notes);
    }

    /**
     * Makes a job whose network is not at hand.
     *
     * @param kind where the program comes from
     * @param name name of the network or layer
     * @param program the program
     * @param config the machine, as results name it
     * @param machine the machine the program runs on
     * @param ownInputs the inputs a dump brings, else null; owned, not copied
     * @param overCapacity which memories of {@code config} a dump exceeds
     * @param notes remarks for the user, one line each
     */
    public SimulationJob(
            Kind kind,
            String name,
            Program program,
            MachineConfig config,
            MachineConfig machine,
            float @Nullable [] ownInputs,
            List<OverCapacity> overCapacity,
            List<String> notes) {
        this(kind, name, program, config, machine, ownInputs, overCapacity, notes, null);
    }

    /**
     * Compiles a network for a machine.
     *
     * @param network the network
     * @param config the machine
     * @return the job
     * @throws FormatException if the network cannot be lowered to the machine
     */
    public static SimulationJob ofNetwork(CompressedNetwork network, MachineConfig config) throws FormatException {
        // Which inputs are live is known when there are inputs.
        LoweringOptions options = config.get(Parameters.PLACEMENT) == Placement.BALANCED_LIVE
                ? config.with(Parameters.PLACEMENT, Placement.INTERLEAVED).loweringOptions(null)
                : config.loweringOptions(null);
        List<String> notes = new ArrayList<>(HostMultiplications.notes(network.network()));
        Program program = Lowering.compile(network, config.target(), options, Lowering.Observer.ofRemarks(notes::add));
        return new SimulationJob(
                Kind.NETWORK, program.name(), program, config, config, null, List.of(), notes, network);
    }

    /**
     * Compiles the network again where its rows are to be placed by which inputs are live, as measured on samples.
     *
     * @param inputs the samples
     * @param numThreads threads, &ge; 1; the result does not depend on it
     * @return the job; itself for any other placement and where there is no network
     * @throws IllegalArgumentException if the network cannot be lowered so
     */
    public SimulationJob placedFor(Inputs inputs, int numThreads) {
        if (network == null || config.get(Parameters.PLACEMENT) != Placement.BALANCED_LIVE) {
            return this;
        }
        LiveProfile profile = LiveMeasurement.measure(
                program,
                machine,
                new FunctionalEngine(),
                inputs.calibration(),
                inputs.numCalibration(),
                numThreads,
                done -> {});
        try {
            Program placed = Lowering.compile(network, machine.target(), config.loweringOptions(profile));
            List<String> noted = new ArrayList<>(notes);
            noted.add("rows placed by the inputs live in " + inputs.calibratedOn());
            return new SimulationJob(kind, name, placed, config, machine, ownInputs, overCapacity, noted, network);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
