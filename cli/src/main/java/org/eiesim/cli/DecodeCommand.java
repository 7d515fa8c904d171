package org.eiesim.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.compiler.container.EieReader;
import org.eiesim.models.network.Network;
import org.eiesim.models.onnx.OnnxWriter;
import org.eiesim.studies.export.NpyExport;
import org.eiesim.studies.outputs.OutputKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie decode}: a container back to dense weights. */
@Command(
        name = "decode",
        description = "Decode an .eie file to dense float32 weights: an ONNX file, or a folder of .npy files.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DecodeCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(paramLabel = "FILE", description = "An .eie file.")
    private Path file;

    @Writes(value = OutputKind.NEW_FOLDER, suffix = ".onnx", suffixed = OutputKind.ONNX)
    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            required = true,
            description = "A name that ends with .onnx for an ONNX file, any other for a new folder of .npy files.")
    private Path output;

    @Override
    public Integer call() throws IOException {
        Network network = EieReader.read(file).network();
        if (output.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            OnnxWriter.write(network, output);
            common.out().println(output + ": " + network.nodes().size() + " nodes");
            common.writeJson(Map.of("network", network.name(), "file", output.toString()));
            return ExitCode.DONE;
        }
        List<NpyExport.Item> items = NpyExport.write(network, output);
        common.out().println(output + ": " + items.size() + " files");
        common.out().println();
        common.out()
                .print(new Table<NpyExport.Item>()
                        .text("parameter", NpyExport.Item::parameter)
                        .text("shape", item -> item.shape().toString())
                        .text("file", NpyExport.Item::file)
                        .format(items));
        common.writeJson(Map.of("network", network.name(), "folder", output.toString(), "parameters", json(items)));
        return ExitCode.DONE;
    }

    private static List<Map<String, Object>> json(List<NpyExport.Item> items) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (NpyExport.Item item : items) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", item.parameter());
            map.put("file", item.file());
            map.put("shape", item.shape().toArray());
            list.add(map);
        }
        return list;
    }
}
