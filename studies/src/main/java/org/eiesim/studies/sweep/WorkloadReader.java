package org.eiesim.studies.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eiesim.compiler.dump.DumpReader;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.yaml.YamlTree.Scalar;
import org.eiesim.compiler.yaml.YamlTree.Sequence;
import org.eiesim.compiler.yaml.YamlTree.Value;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.check.EditDistance;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.data.InputFile;
import org.eiesim.simulator.machine.Numeric;
import org.eiesim.studies.workload.EieLayers;
import org.eiesim.studies.workload.LayerShape;
import org.eiesim.studies.workload.LayerWorkload;
import org.eiesim.studies.workload.NetworkWorkload;
import org.eiesim.studies.workload.NetworkWorkload.Samples;
import org.eiesim.studies.workload.Workload;

/** Opens the workloads a specification names. */
final class WorkloadReader {
    private static final List<String> KINDS = List.of("layer", "shape", "dump", "network");
    private static final List<String> KEYS =
            List.of("layer", "live_density", "shape", "dump", "network", "data", "input", "inputs", "numeric", "name");
    private static final int DEFAULT_INPUTS = 10;

    private final String where;
    private final Path folder;
    private final long seed;

    WorkloadReader(String where, Path folder, long seed) {
        this.where = where;
        this.folder = folder;
        this.seed = seed;
    }

    List<Workload> read(Value written) throws IOException {
        List<Value> items = written instanceof Sequence sequence ? sequence.items() : List.of(written);
        List<Workload> workloads = new ArrayList<>();
        for (Value item : items) {
            if (item instanceof Scalar scalar && scalar.value().equals(SweepSchema.ALL_LAYERS)) {
                EieLayers.TABLE_III.forEach(shape -> workloads.add(synthetic(shape)));
            } else if (item instanceof Scalar scalar && scalar.value() instanceof String text) {
                workloads.add(named(text, item.line()));
            } else {
                workloads.add(described(SpecValues.of(item, "a workload", KEYS, where)));
            }
        }
        if (workloads.isEmpty()) {
            throw new FormatException(where + " line " + written.line(), "workloads names none");
        }
        return workloads;
    }

    private LayerWorkload synthetic(LayerShape shape) {
        return LayerWorkload.of(shape, seed);
    }

    private Workload named(String text, int line) throws IOException {
        if (SweepSchema.LAYER_NAMES.contains(text)) {
            return synthetic(EieLayers.byName(text));
        }
        Path path = SpecValues.resolve(text, folder);
        if (DumpReader.isDump(path)) {
            return dump(path, name(path));
        }
        if (Files.isRegularFile(path)) {
            throw new FormatException(
                    where + " line " + line,
                    text + " needs inputs: write {network: " + text + ", data: DATA} or {network: " + text
                            + ", input: FILE}");
        }
        List<String> known = new ArrayList<>(SweepSchema.LAYER_NAMES);
        known.add(SweepSchema.ALL_LAYERS);
        throw new FormatException(
                where + " line " + line,
                "unknown workload \"" + text + "\": no such layer"
                        + EditDistance.hint(" (did you mean %s?)", text, known) + ", nor a dump folder");
    }

    private Workload described(SpecValues values) throws IOException {
        String kind = values.requireOneOf(KINDS);
        requireOnly(values, kind);
        return switch (kind) {
            case "layer" -> synthetic(layer(values));
            case "shape" -> synthetic(shape(values));
            case "dump" -> {
                Path path = values.path("dump", folder);
                yield dump(path, name(values, name(path)));
            }
            default -> network(values);
        };
    }

    private static void requireOnly(SpecValues values, String kind) throws FormatException {
        List<String> allowed = switch (kind) {
            case "layer" -> List.of("layer", "live_density", "name");
            case "shape" -> List.of("shape", "name");
            case "dump" -> List.of("dump", "name");
            default -> List.of("network", "data", "input", "inputs", "numeric", "name");
        };
        for (String key : values.entries().keySet()) {
            if (!allowed.contains(key)) {
                throw values.error(
                        values.line(key), key + " does not go with " + kind + ", only " + String.join(", ", allowed));
            }
        }
    }

    private static LayerShape layer(SpecValues values) throws FormatException {
        String name = values.text("layer");
        if (!SweepSchema.LAYER_NAMES.contains(name)) {
            throw values.error(
                    values.line("layer"),
                    "unknown layer \"" + name + "\""
                            + EditDistance.hint(", did you mean %s?", name, SweepSchema.LAYER_NAMES));
        }
        LayerShape shape = EieLayers.byName(name);
        return new LayerShape(
                name(values, name),
                shape.numInputs(),
                shape.numOutputs(),
                shape.weightDensity(),
                values.density("live_density", shape.liveDensity()),
                shape.biased());
    }

    private LayerShape shape(SpecValues values) throws FormatException {
        Settings shape = SpecValues.of(values.require("shape"), "a shape", SweepSchema.SHAPE.keys(), where)
                .settings(SweepSchema.SHAPE, folder);
        try {
            int numInputs = shape.get(SweepSchema.INPUTS);
            int numOutputs = shape.get(SweepSchema.OUTPUTS);
            return new LayerShape(
                    name(values, numInputs + "x" + numOutputs),
                    numInputs,
                    numOutputs,
                    shape.get(SweepSchema.WEIGHT_DENSITY),
                    shape.get(SweepSchema.LIVE_DENSITY),
                    shape.get(SweepSchema.BIASED));
        } catch (IllegalArgumentException e) {
            throw values.error(values.line("shape"), e.getMessage());
        }
    }

    private static Workload dump(Path path, String name) throws IOException {
        return LayerWorkload.of(name, DumpReader.read(path));
    }

    private Workload network(SpecValues values) throws IOException {
        Path file = values.path("network", folder);
        Numeric numeric = numeric(values);
        NetworkWorkload.InputSource inputs;
        int limit = values.count("inputs", DEFAULT_INPUTS, 1_000_000);
        if (values.requireOneOf(List.of("data", "input")).equals("data")) {
            String data = values.text("data");
            String nameOrFolder = Datasets.names().contains(data)
                    ? data
                    : SpecValues.resolve(data, folder).toString();
            inputs = numValues -> samples(Datasets.open(nameOrFolder).test(), numValues, limit);
        } else {
            Path input = values.path("input", folder);
            inputs = numValues -> new Samples(first(InputFile.read(input, numValues), limit), null);
        }
        return NetworkWorkload.open(name(values, name(file)), file, inputs, numeric);
    }

    private static Numeric numeric(SpecValues values) throws FormatException {
        String text = values.get("numeric") == null ? "float32" : values.text("numeric");
        return switch (text) {
            case "float32" -> Numeric.FLOAT32;
            case "fixed16" -> Numeric.FIXED_POINT;
            default ->
                throw values.error(values.line("numeric"), "numeric takes float32 or fixed16, not \"" + text + "\"");
        };
    }

    private static Samples samples(Dataset dataset, int numValues, int limit) throws FormatException {
        if (dataset.sampleShape().size() != numValues) {
            throw new FormatException(
                    dataset.name(),
                    "has images of " + dataset.sampleShape().size() + " values, the network takes " + numValues);
        }
        float[][] samples = new float[Math.min(limit, dataset.size())][];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = dataset.sample(i);
        }
        return new Samples(samples, Arrays.copyOf(dataset.labels(), samples.length));
    }

    private static float[][] first(float[][] inputs, int limit) {
        return inputs.length <= limit ? inputs : Arrays.copyOf(inputs, limit);
    }

    private static String name(SpecValues values, String otherwise) throws FormatException {
        String name = values.optionalText("name");
        return name == null ? otherwise : name;
    }

    private static String name(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? path.toString() : last.toString();
    }
}
