package org.eiesim.studies.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramReader;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.studies.files.FileKind;

/** Reads whatever {@code eie simulate} takes as its source: an .eie, an .eiex or a dump folder. */
public final class SimulationJobReader {
    private final MachineChoice choice;
    private final OptionalInt numOutputs;

    /**
     * Makes a reader.
     *
     * @param choice the machine
     * @param numOutputs the number of outputs of a dump, where it is not to be taken from the highest row an entry
     *     reaches
     */
    public SimulationJobReader(MachineChoice choice, OptionalInt numOutputs) {
        this.choice = choice;
        this.numOutputs = numOutputs;
    }

    /**
     * Reads a source.
     *
     * @param source a file or folder
     * @return the job
     * @throws FormatException if it is missing, damaged or none of the three
     * @throws IOException if reading fails
     * @throws IllegalArgumentException if the machine cannot run it
     */
    public SimulationJob read(Path source) throws IOException {
        FileKind kind = FileKind.of(source);
        if (numOutputs.isPresent() && kind != FileKind.DUMP) {
            throw new IllegalArgumentException("--outputs is for dump folders; " + source + " is a file");
        }
        return switch (kind) {
            case CONTAINER -> SimulationJob.ofNetwork(EieReader.read(source), choice.config());
            case PROGRAM -> ofProgram(ProgramReader.read(source));
            case DUMP -> {
                String name = source.toAbsolutePath().normalize().getFileName().toString();
                yield new DumpJob(name, choice).of(DumpReader.read(source, numOutputs));
            }
            case ONNX ->
                throw new FormatException(
                        source.toString(),
                        "is a float network; eie compress --recipe share-only makes an .eie file of it");
            case NUMPY ->
                throw new FormatException(
                        source.toString(), "is a folder of NumPy arrays; eie import makes an .eie file of it");
        };
    }

    /** A program runs on the machine it was compiled for; of the machine named it takes everything else. */
    private SimulationJob ofProgram(Program program) throws IOException {
        MachineConfig named = choice.config();
        MachineConfig config = named.compatibleWith(program.target());
        List<String> notes = new ArrayList<>();
        for (var parameter : Parameters.ALL) {
            if (!named.text(parameter).equals(config.text(parameter))) {
                if (choice.isSet(parameter)) {
                    throw new IllegalArgumentException("the program was compiled for " + parameter.key() + "="
                            + config.text(parameter) + ", not " + named.text(parameter)
                            + "; compile the network again with --set " + parameter.key() + "="
                            + named.text(parameter));
                }
                if (choice.isArchitectureGiven()) {
                    throw new IllegalArgumentException("the program was compiled for " + parameter.key() + "="
                            + config.text(parameter) + ", but " + choice.architecture() + " has "
                            + named.text(parameter) + "; compile the network again with --arch "
                            + choice.architecture() + ", or leave --arch out");
                }
                notes.add("compiled for " + parameter.key() + "=" + config.text(parameter) + "; "
                        + choice.architecture() + " has " + named.text(parameter));
            }
        }
        return new SimulationJob(
                SimulationJob.Kind.PROGRAM, program.name(), program, config, config, null, List.of(), notes);
    }
}
