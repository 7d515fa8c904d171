package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.compiler.pass.Lowering;
import org.eiesim.compiler.pass.Stage;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramStatistics;
import org.eiesim.compiler.program.ProgramWriter;
import org.eiesim.kernels.check.EditDistance;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.studies.outputs.OutputKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eie compile}: a container to a program. */
@Command(name = "compile", description = "Compile an .eie file to a program for a machine, an .eiex file.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompileCommand implements Callable<Integer> {
    private static final String ALL_PASSES = "all";

    @Mixin
    private CommonOptions common;

    @Mixin
    private MachineOptions machine;

    @Spec
    private CommandSpec command;

    @Reads
    @Parameters(paramLabel = "FILE", description = "An .eie file.")
    private Path file;

    @Writes(OutputKind.PROGRAM)
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The .eiex file to write.")
    private Path output;

    @Option(
            names = "--print-after",
            paramLabel = "PASS",
            completionCandidates = Passes.class,
            description = "Print what a pass made of the network: ${COMPLETION-CANDIDATES}, or all. Repeatable.")
    private List<String> printAfter = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        requirePasses();
        CompressedNetwork network = EieReader.read(file);
        MachineConfig config = machine.choice().config();
        PrintWriter out = common.out();
        List<String> notes = new ArrayList<>();
        Program program =
                Lowering.compile(network, config.target(), config.loweringOptions(null), observer(out, notes));
        ProgramWriter.write(program, output);
        ProgramStatistics statistics = ProgramStatistics.of(program);
        long entries = statistics.layers().stream()
                .mapToLong(ProgramStatistics.Layer::entries)
                .sum();
        long padding = statistics.layers().stream()
                .mapToLong(ProgramStatistics.Layer::padding)
                .sum();
        out.println(output + ": " + program.layers().size() + " layers in "
                + program.images().size() + " tiles, "
                + statistics.numInstructions() + " instructions, " + entries + " entries (" + padding
                + " padding) for " + config.pes() + " PEs");
        notes.forEach(note -> out.println("note: " + note));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", program.name());
        json.put("file", output.toString());
        json.put("pes", config.pes());
        json.put("layers", program.layers().size());
        json.put("tiles", program.images().size());
        json.put("instructions", statistics.numInstructions());
        json.put("entries", entries);
        json.put("padding", padding);
        json.put("notes", notes);
        common.writeJson(json);
        return ExitCode.DONE;
    }

    private Lowering.Observer observer(PrintWriter out, List<String> notes) {
        return new Lowering.Observer() {
            @Override
            public void after(Stage stage, String text) {
                out.println("# after " + stage.name() + ": " + stage.description());
                out.println(text);
            }

            @Override
            public boolean wants(Stage stage) {
                return printAfter.contains(stage.name()) || printAfter.contains(ALL_PASSES);
            }

            @Override
            public void remark(String text) {
                notes.add(text);
            }
        };
    }

    /** The names of the passes. */
    static final class Passes extends AbstractList<String> {
        private final List<Stage> stages = Lowering.stages();

        @Override
        public String get(int index) {
            return stages.get(index).name();
        }

        @Override
        public int size() {
            return stages.size();
        }
    }

    private void requirePasses() {
        List<String> names = new ArrayList<>(new Passes());
        names.add(ALL_PASSES);
        for (String name : printAfter) {
            if (!names.contains(name)) {
                throw new ParameterException(
                        command.commandLine(),
                        "unknown pass '" + name + "'" + EditDistance.hint(", did you mean '%s'?", name, names));
            }
        }
    }
}
