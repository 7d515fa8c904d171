package org.eiesim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.data.Datasets;
import org.eiesim.simulator.energy.ActionCounts;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.studies.files.OutputKind;
import org.eiesim.studies.simulation.EngineKind;
import org.eiesim.studies.simulation.Inputs;
import org.eiesim.studies.simulation.OutputFile;
import org.eiesim.studies.simulation.RunJson;
import org.eiesim.studies.simulation.Simulation;
import org.eiesim.studies.simulation.SimulationJob;
import org.eiesim.studies.simulation.SimulationJobReader;
import org.eiesim.studies.simulation.SimulationResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie simulate}: runs a network or a layer on the machine, to the cycle. */
@Command(
        name = "simulate",
        description = "Run a compressed network, a program or a dump folder on the machine, to the cycle.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SimulateCommand implements Callable<Integer> {
    /** The numbers to compute in, as the option names them. */
    enum NumericOption {
        FLOAT32,
        FIXED16
    }

    @Mixin
    private CommonOptions common;

    @Mixin
    private MachineOptions machine;

    @Reads
    @Parameters(
            paramLabel = "SOURCE",
            description = "An .eie (compiled on the fly), an .eiex, or a dump folder of the EIE authors' simulator.")
    private Path source;

    @Option(
            names = "--engine",
            paramLabel = "exact|clocked",
            defaultValue = "exact",
            description = "exact solves the machine's recurrences, clocked ticks it; both give the same numbers."
                    + " Default: ${DEFAULT-VALUE}.")
    private EngineKind engine;

    @Option(
            names = "--numeric",
            paramLabel = "float32|fixed16",
            defaultValue = "float32",
            description = "Numbers to compute in. Fixed point has the widths activation_bits, weight_value_bits and"
                    + " accumulator_bits of the machine. Default: ${DEFAULT-VALUE}.")
    private NumericOption numeric;

    @ArgGroup
    private @Nullable InputChoice input;

    /** Where inputs come from. */
    static final class InputChoice {
        @Reads
        @Option(
                names = "--data",
                paramLabel = "DATA",
                required = true,
                description =
                        "Run the test images of a dataset: fashion-mnist, fashion-mnist-full, or a folder with the"
                                + " t10k pair of idx[.gz] files (pixels / 256), and report the accuracy.")
        @Nullable
        String data;

        @Reads
        @Option(
                names = "--input",
                paramLabel = "FILE",
                required = true,
                description = "Run inputs from a file: .npy, or raw little-endian float32, one input after another.")
        @Nullable
        Path file;
    }

    @Writes(OutputKind.RAW)
    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the outputs, input by input in row order: float32, or with --numeric fixed16 int16 in"
                    + " the Q format that the JSON names.")
    private @Nullable Path output;

    @Option(
            names = "--outputs",
            paramLabel = "N",
            description = "Outputs of a dump. Default: up to the highest row an entry reaches.")
    private @Nullable Integer numOutputs;

    @Writes(OutputKind.ACTION_COUNTS)
    @Option(
            names = "--action-counts",
            paramLabel = "FILE",
            description =
                    "Write what the run counts in Accelergy's format (action_counts, YAML), to price it by tables of"
                            + " your own.")
    private @Nullable Path actionCounts;

    @Option(names = "--verify", description = "Also run the functional reference and compare every output and count.")
    private boolean isVerified;

    @Mixin
    private TraceOptions trace;

    @Override
    public Integer call() throws IOException {
        OptionalInt outputs = numOutputs == null ? OptionalInt.empty() : OptionalInt.of(numOutputs);
        SimulationJob job = new SimulationJobReader(machine.choice(), outputs).read(source);
        Inputs inputs = inputs(job);
        trace.check(job, inputs);
        Simulation simulation = new Simulation(
                engine,
                numeric == NumericOption.FLOAT32 ? Numeric.FLOAT32 : Numeric.FIXED_POINT,
                common.threads(),
                isVerified);
        SimulationResult result;
        try (Progress progress = common.progress("simulate", inputs.count())) {
            result = simulation.run(job, inputs, progress);
        }
        if (output != null) {
            OutputFile.write(output, result.run());
        }
        if (actionCounts != null) {
            String yaml = ActionCounts.yaml(result.cost().total());
            AtomicFiles.write(actionCounts, yaml.getBytes(StandardCharsets.UTF_8));
        }
        trace.write(result, inputs, common.out());
        SimulationText.print(common.out(), result, source, machine.choice().architecture());
        if (common.isJsonWanted()) {
            common.writeJson(RunJson.of(
                    result,
                    common.commandLine(),
                    source.toString(),
                    machine.choice().architecture()));
        }
        return ExitCode.DONE;
    }

    private Inputs inputs(SimulationJob job) throws IOException {
        int length = job.program().inputLength();
        float[] own = job.ownInputs();
        if (input != null && input.file != null) {
            return Inputs.ofFile(input.file, length);
        }
        if (input != null && input.data != null) {
            return Inputs.ofDataset(Datasets.open(input.data), length);
        }
        return own == null ? Inputs.random(length) : Inputs.ofDump(own);
    }
}
