package org.eiesim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.models.data.PixelScale;
import org.eiesim.models.network.Network;
import org.eiesim.simulator.energy.ActionCounts;
import org.eiesim.studies.outputs.OutputKind;
import org.eiesim.studies.simulation.InputTable;
import org.eiesim.studies.simulation.Inputs;
import org.eiesim.studies.simulation.MachineChoice;
import org.eiesim.studies.simulation.OutputFile;
import org.eiesim.studies.simulation.Precision;
import org.eiesim.studies.simulation.RunJson;
import org.eiesim.studies.simulation.Simulation;
import org.eiesim.studies.simulation.SimulationJob;
import org.eiesim.studies.simulation.SimulationJobReader;
import org.eiesim.studies.simulation.SimulationResult;
import org.jspecify.annotations.Nullable;
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
    @Mixin
    private CommonOptions common;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private DimensionOption dimension;

    @Mixin
    private EngineOption engine;

    @Reads
    @Parameters(
            paramLabel = "SOURCE",
            description = "An .eie (compiled on the fly), an .eiex, or a dump folder of the EIE authors' simulator.")
    private Path source;

    @Option(
            names = "--numeric",
            paramLabel = "float32|fixed16|fixed8",
            defaultValue = "float32",
            description = "Numbers to compute in. fixed16 has the widths activation_bits, weight_value_bits and"
                    + " accumulator_bits of the machine, 16 bits unless they are set; fixed8 sets the first two to 8."
                    + " Default: ${DEFAULT-VALUE}.")
    private Precision numeric;

    @Mixin
    private SourceOptions samples;

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
        samples.check();
        dimension.requireNone(source);
        OptionalInt outputs = numOutputs == null ? OptionalInt.empty() : OptionalInt.of(numOutputs);
        SimulationJob job = new SimulationJobReader(choice(), outputs).read(source);
        Inputs inputs = inputs(job);
        trace.check(job, inputs);
        List<SimulationOutputs.Target> targets = SimulationOutputs.targets(samples.outputs(), job);
        Simulation simulation = new Simulation(engine.kind(), numeric.numeric(), common.threads(), isVerified);
        SimulationResult result;
        try (Progress progress = common.progress("simulate", inputs.count(), "inputs")) {
            result = simulation.run(job, inputs, progress);
        }
        for (SimulationOutputs.Target target : targets) {
            OutputFile.write(target.file(), result.run(), target.from(), target.length());
        }
        if (actionCounts != null) {
            String yaml = ActionCounts.yaml(result.cost().total());
            AtomicFiles.write(actionCounts, yaml.getBytes(StandardCharsets.UTF_8));
        }
        trace.write(result, inputs, common.out());
        SimulationText.print(common.out(), result, source, machine.choice().architecture());
        if (common.isJsonWanted()) {
            Map<String, Object> json = RunJson.of(
                    result,
                    common.commandLine(),
                    source.toString(),
                    machine.choice().architecture());
            samples.record(json);
            common.writeJson(json);
        }
        return ExitCode.DONE;
    }

    private MachineChoice choice() {
        return numeric == Precision.FIXED8 ? numeric.machine(machine.choice()) : machine.choice();
    }

    private Inputs inputs(SimulationJob job) throws IOException {
        int length = job.program().inputLength();
        float[] own = job.ownInputs();
        PixelScale scale = samples.samples().scale();
        if (samples.data() != null) {
            return Inputs.ofDataset(samples.samples().openTest(samples.data(), samples.seed()), length);
        }
        if (samples.inputs().isEmpty()) {
            Long seed = samples.seed();
            return own != null
                    ? Inputs.ofDump(own)
                    : seed == null ? Inputs.random(length) : Inputs.random(length, seed);
        }
        CompressedNetwork network = job.network();
        InputTable table;
        if (network == null) {
            List<Path> file = NamedFiles.ofInputs(samples.inputs(), List.of("input"), job.name());
            table = InputTable.read(file, List.of(length), scale);
        } else {
            List<Network.Input> inputs = network.network().inputs();
            List<Path> files = NamedFiles.ofInputs(
                    samples.inputs(), inputs.stream().map(Network.Input::name).toList(), job.name());
            table = InputTable.read(
                    files, inputs.stream().map(input -> input.shape().size()).toList(), scale);
        }
        InputTable limited = table.first(samples.samples().limit());
        String name = String.join(
                ", ", samples.inputs().stream().map(NamedFile::toString).toList());
        return Inputs.ofValues(limited.joined(), limited.count(), name, List.of());
    }
}
