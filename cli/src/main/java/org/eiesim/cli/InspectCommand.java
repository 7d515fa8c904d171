package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.container.EieInspector;
import org.eiesim.compiler.container.FileStatistics;
import org.eiesim.compiler.container.LayerStatistics;
import org.eiesim.compiler.program.Program;
import org.eiesim.compiler.program.ProgramReader;
import org.eiesim.compiler.program.ProgramStatistics;
import org.eiesim.studies.files.FileKind;
import org.eiesim.studies.networks.NetworkInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code eie inspect}: what a container or program holds and costs. */
@Command(name = "inspect", description = "Show what a network or program holds, layer by layer, and what it costs.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InspectCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private DimensionOption dimension;

    @Reads
    @Parameters(
            paramLabel = "FILE",
            description = "An .eie, .eiex or .onnx file, or a folder of NumPy arrays with network.json.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        switch (FileKind.of(file)) {
            case CONTAINER -> inspectContainer();
            case PROGRAM -> inspectProgram();
            case DUMP ->
                throw new IllegalArgumentException(
                        file + ": is a dump folder; inspect takes networks and programs, simulate takes dumps");
            case ONNX, NUMPY -> inspectNetwork();
        }
        return ExitCode.DONE;
    }

    private void inspectContainer() throws IOException {
        FileStatistics statistics = EieInspector.inspect(file);
        PrintWriter out = common.out();
        out.println(statistics.networkName() + " (" + file + "): " + CompressionTable.summary(statistics));
        out.println("made by eiesim " + statistics.provenance().toolVersion() + " from "
                + statistics.provenance().source() + ", seed "
                + statistics.provenance().seed());
        out.println();
        out.print(new Table<LayerStatistics>()
                .text("layer", LayerStatistics::name)
                .text(
                        "shape",
                        layer -> layer.name().equals("total")
                                ? ""
                                : layer.shape().toString())
                .count("non-zeros", LayerStatistics::nonzeros)
                .count("entries", LayerStatistics::entries)
                .count("padding", LayerStatistics::padding)
                .count("codebook", layer -> (long) layer.codebookSize())
                .count("index bits in file", layer -> (long) layer.indexBits())
                .count("bytes", LayerStatistics::sectionBytes)
                .format(statistics.layers(), statistics.total().stream().toList()));
        out.println();
        out.print(CompressionTable.format(statistics));
        out.println();
        out.print(new Table<FileStatistics.SectionSize>()
                .text("section", FileStatistics.SectionSize::name)
                .count("offset", FileStatistics.SectionSize::offset)
                .count("bytes", FileStatistics.SectionSize::bytes)
                .format(statistics.sections()));
        common.writeJson(ContainerJson.of(statistics));
    }

    private void inspectNetwork() throws IOException {
        NetworkInspection inspection = NetworkInspection.of(NetworkFile.read(file, dimension));
        InspectionTable.print(common.out(), file, inspection);
        common.writeJson(InspectionTable.json(inspection));
    }

    private void inspectProgram() throws IOException {
        Program program = ProgramReader.read(file);
        ProgramStatistics statistics = ProgramStatistics.of(program);
        long fileBytes = Files.size(file);
        PrintWriter out = common.out();
        out.println(program.name() + " (" + file + "): " + Accuracies.count(fileBytes) + " bytes, "
                + statistics.numInstructions()
                + " instructions, for " + program.target().numPes() + " PEs, "
                + (program.isCalibrated() ? "with" : "without") + " fixed-point formats");
        out.println();
        out.print(new Table<ProgramStatistics.Layer>()
                .text("layer", ProgramStatistics.Layer::name)
                .text("shape", layer -> shape(layer.shape()))
                .count("non-zeros", ProgramStatistics.Layer::nonzeros)
                .count("tiles", layer -> (long) layer.tiles())
                .count("entries", ProgramStatistics.Layer::entries)
                .count("padding", ProgramStatistics.Layer::padding)
                .count("fullest PE", layer -> (long) layer.maxEntriesPerPe())
                .count("codebook", layer -> (long) layer.codebookSize())
                .format(statistics.layers()));
        common.writeJson(json(program, statistics, fileBytes));
    }

    private static String shape(List<Integer> extents) {
        return String.join("x", extents.stream().map(String::valueOf).toList());
    }

    private static Map<String, Object> json(Program program, ProgramStatistics statistics, long fileBytes) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("network", program.name());
        tree.put("pes", program.target().numPes());
        tree.put("instructions", statistics.numInstructions());
        tree.put("calibrated", program.isCalibrated());
        tree.put("file_bytes", fileBytes);
        tree.put("dense_bytes", statistics.denseBytes());
        tree.put("ratio", (double) statistics.denseBytes() / fileBytes);
        List<Map<String, Object>> layers = new ArrayList<>();
        for (ProgramStatistics.Layer layer : statistics.layers()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", layer.name());
            item.put("shape", layer.shape());
            item.put("weights", layer.weights());
            item.put("nonzeros", layer.nonzeros());
            item.put("tiles", layer.tiles());
            item.put("entries", layer.entries());
            item.put("padding", layer.padding());
            item.put("max_entries_per_pe", layer.maxEntriesPerPe());
            item.put("codebook_size", layer.codebookSize());
            item.put("weight_bits", layer.weightBits());
            item.put("index_bits", layer.indexBits());
            layers.add(item);
        }
        tree.put("layers", layers);
        return tree;
    }
}
