package org.eiesim.studies.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.Settings;
import org.eiesim.compiler.yaml.YamlTree;
import org.eiesim.compiler.yaml.YamlTree.Mapping;
import org.eiesim.compiler.yaml.YamlTree.Scalar;
import org.eiesim.compiler.yaml.YamlTree.Sequence;
import org.eiesim.compiler.yaml.YamlTree.Value;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.simulator.config.ConfigReader;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;
import org.eiesim.studies.workload.Workload;
import org.jspecify.annotations.Nullable;

/** Reads the specification of a sweep. Its grammar is in docs/sweeps.md. */
final class SweepSpecReader {
    private static final long MAX_FILE_BYTES = 1 << 22;

    private final String where;
    private final Path folder;

    private SweepSpecReader(String where, Path folder) {
        this.where = where;
        this.folder = folder;
    }

    /**
     * Reads a file and all workloads it names.
     *
     * @throws FormatException in one line naming file and line, if it is not right
     * @throws IOException if a file cannot be read
     */
    static SweepSpec read(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return parse(YamlTree.text(file, MAX_FILE_BYTES), file.toString(), folder == null ? Path.of("") : folder);
    }

    static SweepSpec parse(String yaml, String where, Path folder) throws IOException {
        return new SweepSpecReader(where, folder).spec(YamlTree.read(yaml, where));
    }

    private SweepSpec spec(Value root) throws IOException {
        SpecValues values = SpecValues.of(root, "a sweep", SweepSchema.KEYS, where);
        Settings settings = values.settings(SweepSchema.SWEEP, folder);
        long seed = settings.get(SweepSchema.SEED);
        String baseName = values.get("base") == null ? Presets.EIE_ISCA16 : values.text("base");
        MachineConfig base = Presets.names().contains(baseName)
                ? Presets.load(baseName)
                : ConfigReader.open(SpecValues.resolve(baseName, folder).toString());
        Sample sample = sample(values.get("sample"));
        FrontTime frontTime = settings.get(SweepSchema.FRONT_TIME);
        List<Axis> axes = axes(values.get("parameters"), sample);
        try {
            // Found out now rather than after large workloads have been read.
            var unused = sample.draw(axes, seed);
        } catch (IllegalArgumentException e) {
            throw values.error(values.line("parameters"), e.getMessage());
        }
        List<Workload> workloads = new WorkloadReader(where, folder, seed).read(values.require("workloads"));
        requireDifferentNames(workloads, values);
        return new SweepSpec(base, baseName, seed, sample, axes, workloads, frontTime);
    }

    private static void requireDifferentNames(List<Workload> workloads, SpecValues values) throws FormatException {
        Set<String> names = new HashSet<>();
        for (Workload workload : workloads) {
            if (!names.add(workload.name())) {
                throw values.error(
                        values.line("workloads"),
                        "two workloads are named \"" + workload.name() + "\"; give one of them a name");
            }
        }
    }

    private Sample sample(@Nullable Value written) throws FormatException {
        if (written == null
                || (written instanceof Scalar scalar && scalar.value().equals("grid"))) {
            return new Sample.Grid();
        }
        if (!(written instanceof Mapping)) {
            throw new FormatException(
                    where + " line " + written.line(), "sample takes grid, {random: POINTS} or {sobol: POINTS}");
        }
        SpecValues values = SpecValues.of(written, "a sample", SweepSchema.SAMPLES.keys(), where);
        String kind = values.requireOneOf(SweepSchema.SAMPLES.keys());
        int numPoints = values.count(kind, 0, Sample.MAX_POINTS);
        return kind.equals("random") ? new Sample.Random(numPoints) : new Sample.Sobol(numPoints);
    }

    private List<Axis> axes(@Nullable Value written, Sample sample) throws FormatException {
        List<Axis> axes = new ArrayList<>();
        if (written == null) {
            return axes;
        }
        if (!(written instanceof Mapping map)) {
            throw new FormatException(
                    where + " line " + written.line(), "parameters takes a map from parameters to values");
        }
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            int line = map.keyLines().getOrDefault(entry.getKey(), map.line());
            try {
                axes.add(axis(Parameters.byKey(entry.getKey()), entry.getValue(), sample));
            } catch (IllegalArgumentException e) {
                throw new FormatException(where + " line " + line, String.valueOf(e.getMessage()));
            }
        }
        return axes;
    }

    private Axis axis(Parameter<?> parameter, Value written, Sample sample) throws FormatException {
        if (written instanceof Mapping) {
            return range(parameter, SpecValues.of(written, "a range", SweepSchema.RANGE.keys(), where), sample);
        }
        List<Value> items = written instanceof Sequence sequence ? sequence.items() : List.of(written);
        List<String> texts = new ArrayList<>();
        for (Value item : items) {
            if (!(item instanceof Scalar scalar)) {
                throw new FormatException(
                        where + " line " + item.line(),
                        parameter.key() + " takes a value, a list of values, or a range {from, to, step or factor}");
            }
            Object text = Settings.beside(parameter.domain(), SpecValues.print(scalar), folder);
            texts.add(text.toString());
        }
        return Axis.listed(parameter, texts);
    }

    private static Axis range(Parameter<?> parameter, SpecValues values, Sample sample) throws FormatException {
        if (!(parameter.domain() instanceof NumberDomain)) {
            throw new IllegalArgumentException(parameter.key() + " takes words, not a range");
        }
        var from = values.number("from");
        var to = values.number("to");
        if (values.get("step") != null || values.get("factor") != null) {
            if (values.get("scale") != null) {
                throw values.error(values.line("scale"), "scale goes with from and to only");
            }
            return values.requireOneOf(List.of("step", "factor")).equals("step")
                    ? Axis.stepped(parameter, from, to, values.number("step"))
                    : Axis.multiplied(parameter, from, to, values.number("factor"));
        }
        if (sample instanceof Sample.Grid) {
            throw values.error(values.map().line(), parameter.key() + " needs step or factor in a grid");
        }
        String scale = values.get("scale") == null ? "linear" : values.text("scale");
        if (!scale.equals("linear") && !scale.equals("log")) {
            throw values.error(values.line("scale"), "scale takes linear or log, not \"" + scale + "\"");
        }
        return Axis.interval(parameter, from, to, scale.equals("log"));
    }
}
