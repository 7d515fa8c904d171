package org.eiesim.studies.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eiesim.compiler.parameter.Domain;
import org.eiesim.compiler.parameter.JsonSchema;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.compiler.parameter.ParameterTable;
import org.eiesim.compiler.parameter.WordDomain;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.config.Presets;
import org.eiesim.studies.workload.EieLayers;
import org.eiesim.studies.workload.LayerShape;
import org.jspecify.annotations.Nullable;

/** What the specification of a sweep may say, as tables and as JSON Schema. */
public final class SweepSchema {
    static final String ALL_LAYERS = "eie-layers";
    private static final String SAMPLE = "sample";
    private static final String PARAMETERS = "parameters";
    private static final String WORKLOADS = "workloads";
    private static final int MAX_UNITS = 1 << 24;

    /** Names of the layers that come with the tool. */
    static final List<String> LAYER_NAMES = Stream.concat(EieLayers.TABLE_III.stream(), Stream.of(EieLayers.FC8_LIKE))
            .map(LayerShape::name)
            .toList();

    private static final NumberDomain.Decimals NUMBER = new NumberDomain.Decimals(-Double.MAX_VALUE, Double.MAX_VALUE);
    private static final NumberDomain.Decimals DENSITY = new NumberDomain.Decimals(0, 1);
    private static final NumberDomain.Integers UNITS = new NumberDomain.Integers(1, MAX_UNITS);
    private static final NumberDomain.Integers POINTS = new NumberDomain.Integers(1, Sample.MAX_POINTS);

    static final Parameter<Long> SEED =
            row("seed", new NumberDomain.Longs(), 1L, "Of the sample and of synthetic layers.");
    static final Parameter<FrontTime> FRONT_TIME = row(
            "front_time",
            new Domain.Choices<>(FrontTime.class),
            FrontTime.STREAMED,
            "The time that fronts and fastest weigh: with the transfers of weights that do not stay on chip, or"
                    + " without.");

    /** The single values of a sweep. */
    static final ParameterTable SWEEP = new ParameterTable(
            "a sweep",
            List.of(
                    row(
                            "base",
                            Domain.Files.paths(Presets.names()),
                            Presets.EIE_ISCA16,
                            "The machine whose values hold where parameters say nothing: a preset or a file."),
                    SEED,
                    FRONT_TIME));

    static final ParameterTable SAMPLES = new ParameterTable(
            "a sample",
            List.of(
                    row("random", POINTS, null, "Points drawn independently.").insteadOf("sobol"),
                    row("sobol", POINTS, null, "Points of a Sobol sequence.").insteadOf("random")));

    static final ParameterTable RANGE = new ParameterTable(
            "a range",
            List.of(
                    row("from", NUMBER, null, "The first value."),
                    row("to", NUMBER, null, "No value is above it."),
                    row("step", NUMBER, null, "What is added from value to value.")
                            .insteadOf("factor"),
                    row("factor", NUMBER, null, "What is multiplied with from value to value.")
                            .insteadOf("step"),
                    row(
                            "scale",
                            WordDomain.Words.of("linear", "log"),
                            null,
                            "Whether equal differences or equal ratios are equally likely in a sample.")));

    static final Parameter<Integer> INPUTS = row("inputs", UNITS, null, "Inputs of the layer.");
    static final Parameter<Integer> OUTPUTS = row("outputs", UNITS, null, "Outputs of the layer.");
    static final Parameter<Double> WEIGHT_DENSITY = row("weight_density", DENSITY, 1.0, "Share of weights not zero.");
    static final Parameter<Double> LIVE_DENSITY = row("live_density", DENSITY, 1.0, "Share of live inputs.");
    static final Parameter<Boolean> BIASED = row("biased", new NumberDomain.Flags(), true, "Whether it has a bias.");
    static final ParameterTable SHAPE =
            new ParameterTable("a shape", List.of(INPUTS, OUTPUTS, WEIGHT_DENSITY, LIVE_DENSITY, BIASED));

    private static final Parameter<String> NAME =
            row("name", new WordDomain.Texts("a name"), null, "What the lines of the table call the workload.");

    private static final ParameterTable LAYER = new ParameterTable(
            "a layer",
            List.of(
                    row("layer", new WordDomain.Words(LAYER_NAMES), null, "A layer of EIE's Table III."),
                    row("live_density", DENSITY, null, "Another share of live inputs."),
                    NAME));

    private static final ParameterTable DUMP = new ParameterTable(
            "a dump",
            List.of(row("dump", Domain.Files.paths(List.of()), null, "A folder in the authors' layout."), NAME));

    private static final ParameterTable NETWORK = new ParameterTable(
            "a network",
            List.of(
                    row("network", Domain.Files.paths(List.of()), null, "A compressed network."),
                    row("data", Domain.Files.paths(List.of()), null, "A data set; its test images are run.")
                            .insteadOf("input"),
                    row("input", Domain.Files.paths(List.of()), null, "A file of inputs.")
                            .insteadOf("data"),
                    row("inputs", new NumberDomain.Integers(1, 1_000_000), 10, "How many inputs are run at most."),
                    row("numeric", WordDomain.Words.of("float32", "fixed16"), "float32", "What is computed with."),
                    NAME));

    static final List<String> KEYS = Stream.of(SWEEP.keys(), List.of(SAMPLE, PARAMETERS, WORKLOADS))
            .flatMap(List::stream)
            .toList();

    private SweepSchema() {}

    private static <T> Parameter<T> row(String key, Domain<T> domain, @Nullable T defaultValue, String help) {
        return new Parameter<>(key, domain, defaultValue, "", null, help);
    }

    /**
     * Describes specifications of sweeps to editors and validators.
     *
     * @return JSON Schema as maps, lists, texts and numbers
     */
    public static Map<String, Object> json() {
        Map<String, Object> axes = JsonSchema.keywords();
        Parameters.ALL.forEach(parameter -> axes.put(parameter.key(), axis(parameter)));
        Map<String, Object> sample = JsonSchema.object(SAMPLES);
        sample.put("minProperties", 1);
        Map<String, Object> properties = JsonSchema.keywords();
        properties.putAll(SWEEP.properties());
        properties.put(SAMPLE, anyOf(JsonSchema.keywords("const", "grid"), sample));
        properties.put(PARAMETERS, JsonSchema.object(axes));
        properties.put(
                WORKLOADS,
                anyOf(
                        JsonSchema.reference("workload"),
                        JsonSchema.keywords(
                                "type", "array", "items", JsonSchema.reference("workload"), "minItems", 1)));
        return JsonSchema.document(
                "Sweep of eie",
                "Workloads on many machines; see docs/sweeps.md.",
                JsonSchema.object(properties, WORKLOADS),
                JsonSchema.keywords("range", JsonSchema.object(RANGE, "from", "to"), "workload", workload()));
    }

    private static Map<String, Object> axis(Parameter<?> parameter) {
        Map<String, Object> value = parameter.domain().schema();
        List<Object> ways = new ArrayList<>(List.of(
                value, JsonSchema.keywords("type", "array", "items", value, "minItems", 1, "uniqueItems", true)));
        if (parameter.domain() instanceof NumberDomain) {
            ways.add(JsonSchema.reference("range"));
        }
        return JsonSchema.keywords("description", parameter.help(), "anyOf", ways);
    }

    private static Map<String, Object> workload() {
        List<String> names =
                Stream.concat(Stream.of(ALL_LAYERS), LAYER_NAMES.stream()).toList();
        Map<String, Object> shaped = JsonSchema.keywords("shape", JsonSchema.object(SHAPE, "inputs", "outputs"));
        shaped.put(NAME.key(), NAME.schema());
        Map<String, Object> network = JsonSchema.object(NETWORK, "network");
        network.put("oneOf", List.of(Map.of("required", List.of("data")), Map.of("required", List.of("input"))));
        return anyOf(
                JsonSchema.keywords(
                        "type", "string", "description", "A layer, or a folder with a dump.", "examples", names),
                JsonSchema.object(LAYER, "layer"),
                JsonSchema.object(shaped, "shape"),
                JsonSchema.object(DUMP, "dump"),
                network);
    }

    private static Map<String, Object> anyOf(Object... ways) {
        return JsonSchema.keywords("anyOf", Arrays.asList(ways));
    }
}
