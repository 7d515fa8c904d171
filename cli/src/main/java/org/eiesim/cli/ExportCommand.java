package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.studies.export.DumpExport;
import org.eiesim.studies.outputs.OutputKind;
import org.eiesim.studies.simulation.Inputs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie export}: layers in the layout of the EIE authors' simulator. */
@Command(
        name = "export",
        description = "Write every layer of an .eie file as a dump folder, as the EIE authors' simulator reads it.",
        footer = {
            "",
            "Each layer's act.dat is what the layer reads when the float network runs on the input (a vector of random"
                    + " numbers for convolutions and recurrent cells). In a dump only inputs above 0 are live, biases"
                    + " go through the codebook, and there is no activation function."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(paramLabel = "FILE", description = "An .eie file.")
    private Path file;

    @Option(names = "--pes", paramLabel = "N", required = true, description = "Processing elements to encode for.")
    private int numPes;

    @Reads
    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "The network's input: .npy or raw float32, of which the first input is taken. Default: one"
                    + " input of uniform random numbers in 0..1, always the same.")
    private @Nullable Path input;

    @Writes(OutputKind.NEW_FOLDER)
    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "A new folder; it gets one folder per layer.")
    private Path output;

    @Override
    public Integer call() throws IOException {
        CompressedNetwork network = EieReader.read(file);
        int length = DumpExport.inputLength(network.network());
        Inputs inputs = input == null ? Inputs.random(length) : Inputs.ofFile(input, length);
        float[] first = Arrays.copyOf(inputs.values(), length);
        List<DumpExport.Item> items = new DumpExport(network, first).write(output, numPes);
        common.out().println(output + ": " + items.size() + " layers for " + numPes + " PEs");
        common.out().println();
        common.out()
                .print(new Table<DumpExport.Item>()
                        .text("layer", DumpExport.Item::layer)
                        .text("folder", DumpExport.Item::folder)
                        .text("shape", item -> item.outputs() + "x" + item.inputs())
                        .count("entries", DumpExport.Item::entries)
                        .count("inputs > 0", item -> (long) item.liveInputs())
                        .count("inputs < 0", item -> (long) item.negativeInputs())
                        .number("bias error", item -> Float.toString(item.largestBiasError()))
                        .format(items));
        common.writeJson(Map.of("folder", output.toString(), "pes", numPes, "layers", json(items)));
        return ExitCode.DONE;
    }

    private static List<Map<String, Object>> json(List<DumpExport.Item> items) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (DumpExport.Item item : items) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", item.layer());
            map.put("folder", item.folder());
            map.put("inputs", item.inputs());
            map.put("outputs", item.outputs());
            map.put("entries", item.entries());
            map.put("live_inputs", item.liveInputs());
            map.put("negative_inputs", item.negativeInputs());
            map.put("largest_bias_error", item.largestBiasError());
            list.add(map);
        }
        return list;
    }
}
