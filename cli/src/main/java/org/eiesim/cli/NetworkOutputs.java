package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.NpyFile;
import org.eiesim.models.data.RawFloats;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.train.Inference;
import org.eiesim.studies.simulation.InputTable;
import org.jspecify.annotations.Nullable;

/**
 * What a network yields for inputs of the user's, in float32.
 *
 * @param network the network's name
 * @param count how many inputs
 * @param pixelScale the scale of pixels, or null where none is given
 * @param outputs the outputs, in order
 */
record NetworkOutputs(String network, int count, @Nullable String pixelScale, List<Output> outputs) {
    /**
     * One output.
     *
     * @param name its name
     * @param values its values, shape included
     * @param file where they were written, or null
     */
    record Output(String name, Tensor values, @Nullable Path file) {
        double smallest() {
            double smallest = Double.POSITIVE_INFINITY;
            for (float value : values.values()) {
                smallest = Math.min(smallest, value);
            }
            return smallest;
        }

        double largest() {
            double largest = Double.NEGATIVE_INFINITY;
            for (float value : values.values()) {
                largest = Math.max(largest, value);
            }
            return largest;
        }
    }

    /** Runs a network on the files that were named and writes what was asked for. */
    static NetworkOutputs run(Network network, SourceOptions source, int threads) throws IOException {
        List<Network.Input> inputs = network.inputs();
        List<Path> files = NamedFiles.ofInputs(
                source.inputs(), inputs.stream().map(Network.Input::name).toList(), network.name());
        Map<String, Path> targets = targets(network, source);
        InputTable table = InputTable.read(
                        files,
                        inputs.stream().map(input -> input.shape().size()).toList(),
                        source.samples().scale())
                .first(source.samples().limit());
        return run(network, table, targets, source, threads);
    }

    /** Runs a network on the samples of a dataset and writes what was asked for. */
    static NetworkOutputs run(Network network, Dataset data, SourceOptions source, int threads) throws IOException {
        float[][] samples = new float[data.size()][];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = data.sample(i);
        }
        return run(network, new InputTable(List.<float[][]>of(samples)), targets(network, source), source, threads);
    }

    private static Map<String, Path> targets(Network network, SourceOptions source) {
        List<String> names = network.outputs().stream().distinct().toList();
        return NamedFiles.ofOutputs(source.outputs(), names, network.name());
    }

    private static NetworkOutputs run(
            Network network, InputTable table, Map<String, Path> targets, SourceOptions source, int threads)
            throws IOException {
        List<float[]> results = Inference.run(network, table.columns(), threads);
        ReferenceExecutor shapes = new ReferenceExecutor(network);
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            String name = network.outputs().get(i);
            Tensor values = new Tensor(batch(table.count(), shapes.shapeOf(name)), results.get(i));
            Path file = targets.get(name);
            if (file != null) {
                write(file, values);
            }
            outputs.add(new Output(name, values, file));
        }
        Object scale = source.samples().scale();
        return new NetworkOutputs(network.name(), table.count(), scale == null ? null : scale.toString(), outputs);
    }

    private static Shape batch(int count, Shape sample) {
        int[] extents = new int[sample.rank() + 1];
        extents[0] = count;
        System.arraycopy(sample.toArray(), 0, extents, 1, sample.rank());
        return Shape.of(extents);
    }

    private static void write(Path file, Tensor values) throws IOException {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
            NpyFile.write(file, values);
        } else {
            RawFloats.write(file, values.values());
        }
    }

    /** Prints a table for people. */
    void print(PrintWriter out, Path source) {
        out.println(source + ": " + Accuracies.count(count) + (count == 1 ? " input" : " inputs") + ", float32");
        out.println();
        out.print(new Table<Output>()
                .text("output", Output::name)
                .text("shape", output -> output.values().shape().toString())
                .number("smallest", output -> String.format(Locale.ROOT, "%.6g", output.smallest()))
                .number("largest", output -> String.format(Locale.ROOT, "%.6g", output.largest()))
                .text(
                        "file",
                        output -> output.file() == null ? "" : output.file().toString())
                .format(outputs));
    }

    /** Returns the result as JSON. */
    Map<String, Object> json(Path source) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", source.toString());
        json.put("network", network);
        json.put("inputs", count);
        json.put("pixel_scale", pixelScale);
        List<Map<String, Object>> items = new ArrayList<>();
        for (Output output : outputs) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", output.name());
            item.put("shape", output.values().shape().toArray());
            item.put("smallest", output.smallest());
            item.put("largest", output.largest());
            item.put("file", output.file() == null ? null : output.file().toString());
            items.add(item);
        }
        json.put("outputs", items);
        return json;
    }
}
