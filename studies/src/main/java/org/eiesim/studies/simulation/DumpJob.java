package org.eiesim.studies.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eiesim.compiler.dump.Dump;
import org.eiesim.compiler.dump.DumpProgram;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.target.Target.BiasMode;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;

/**
 * Fits dumps to a machine as the EIE authors do: as many PEs as there are files, live inputs are those above 0, the bias
 * is a column, and the layer is one product whatever the memories hold.
 */
public final class DumpJob {
    private final String name;
    private final MachineChoice choice;
    private final List<String> notes = new ArrayList<>();

    /**
     * Prepares to fit dumps to a machine.
     *
     * @param name what the layer is called
     * @param choice the machine; another number of PEs or index bits in its settings has the dump encoded anew
     */
    public DumpJob(String name, MachineChoice choice) {
        this.name = name;
        this.choice = choice;
    }

    /**
     * Fits a dump.
     *
     * @param original the dump
     * @return the job
     * @throws IOException if the machine's file cannot be read or is not right
     * @throws IllegalArgumentException if the machine cannot run it
     */
    public SimulationJob of(Dump original) throws IOException {
        MachineConfig named = choice.config();
        requireFixed(Parameters.LIVE_INPUTS, LiveInputs.POSITIVE, named);
        requireFixed(Parameters.BIAS, BiasMode.COLUMN, named);
        if (original.codebook()[0] != 0) {
            notes.add("shared weight 0 is " + original.codebook()[0] + " in the dump; padding entries add nothing");
        }
        Dump dump = encoded(original, named);
        MachineConfig config = named.with(Parameters.LIVE_INPUTS, LiveInputs.POSITIVE)
                .with(Parameters.BIAS, BiasMode.COLUMN)
                .with(Parameters.PES, dump.matrix().numPes())
                .with(Parameters.INDEX_BITS, dump.matrix().indexBits());
        LayerSize size = LayerSize.of(dump);
        MachineConfig machine = size.fit(config);
        return new SimulationJob(
                SimulationJob.Kind.DUMP,
                name,
                DumpProgram.of(name, dump, machine.target()),
                config,
                machine,
                dump.activations(),
                size.over(name, config),
                notes);
    }

    private <T> void requireFixed(Parameter<T> parameter, T value, MachineConfig named) {
        if (choice.isSet(parameter) && !named.get(parameter).equals(value)) {
            throw new IllegalArgumentException("a dump always runs with " + parameter.key() + "="
                    + parameter.domain().print(value) + ", not " + named.text(parameter));
        }
    }

    private Dump encoded(Dump dump, MachineConfig named) {
        int filePes = dump.matrix().numPes();
        int fileBits = dump.matrix().indexBits();
        int numPes = choice.isSet(Parameters.PES) ? named.pes() : filePes;
        boolean isRecoded = numPes != filePes
                || (choice.isSet(Parameters.INDEX_BITS) && named.get(Parameters.INDEX_BITS) != fileBits);
        if (isRecoded) {
            int indexBits = named.get(Parameters.INDEX_BITS);
            notes.add("the dump has files of " + filePes + " PEs; encoded anew for " + numPes + " PEs with " + indexBits
                    + "-bit relative indices");
            return dump.encodedFor(numPes, indexBits);
        }
        if (numPes != named.pes()) {
            notes.add("the dump has files of " + filePes + " PEs, so it runs on " + filePes + ", not on the "
                    + named.pes() + " of " + choice.architecture());
        }
        if (fileBits != named.get(Parameters.INDEX_BITS)) {
            notes.add("the dump needs " + fileBits + "-bit relative indices; " + choice.architecture() + " has "
                    + named.get(Parameters.INDEX_BITS));
        }
        return dump;
    }
}
