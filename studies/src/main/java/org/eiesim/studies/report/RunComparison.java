package org.eiesim.studies.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eiesim.studies.version.ToolVersion;
import org.jspecify.annotations.Nullable;

/**
 * Two runs side by side: totals, layers matched by name, and the parameters of the machines that differ. Every quantity
 * that grows with the number of inputs is taken per input, so that runs over different numbers of inputs compare. A
 * difference is b - a, in per cent of a. Immutable.
 */
public final class RunComparison {
    /** What {@code format} says in the JSON. */
    public static final String FORMAT = "eiesim-compare";

    private static final int VERSION = 1;
    private static final double PERCENT = 100;
    private static final ObjectMapper TREES = new ObjectMapper();

    private final Side first;
    private final Side second;
    private final List<Difference> settings;
    private final List<Quantity> totals;
    private final List<Layer> layers;

    /**
     * One of the two runs.
     *
     * @param file its path as the user named it
     * @param name the network or the source
     * @param machine the machine as the user named it
     * @param infeasible why the machine cannot keep its clock, or null
     */
    public record Side(
            String file,
            String name,
            String machine,
            @Nullable String infeasible) {}

    /**
     * Something that is named differently.
     *
     * @param name a parameter or what ran
     * @param a its value in the first run, or null where it has none
     * @param b its value in the second run
     */
    public record Difference(
            String name, @Nullable String a, @Nullable String b) {}

    /**
     * A number of both runs.
     *
     * @param name its key in a run's JSON, with {@code _per_input} where it was divided
     * @param unit its unit, empty where it has none
     * @param a the first run's, or null where it is not known
     * @param b the second run's
     */
    public record Quantity(
            String name,
            String unit,
            @Nullable Double a,
            @Nullable Double b) {
        /**
         * Returns b - a.
         *
         * @return the difference, or null where one is not known
         */
        public @Nullable Double difference() {
            return a == null || b == null ? null : Double.valueOf(b - a);
        }

        /**
         * Returns the difference in per cent of a.
         *
         * @return 100 (b - a) / a, 0 where both are 0, or null where that is not a number
         */
        public @Nullable Double percent() {
            if (a == null || b == null || (a == 0 && b != 0)) {
                return null;
            }
            return a.equals(b) ? 0 : PERCENT * (b - a) / a;
        }
    }

    /**
     * A layer of both runs, or of one of them.
     *
     * @param name its name
     * @param quantities by their names; those of a run that lacks the layer are null
     */
    public record Layer(String name, Map<String, Quantity> quantities) {
        /**
         * Returns whether both runs have the layer.
         *
         * @return whether its cycles are known on both sides
         */
        public boolean isInBoth() {
            Quantity cycles = Objects.requireNonNull(quantities.get("cycles_per_input"));
            return cycles.a() != null && cycles.b() != null;
        }
    }

    private RunComparison(String fileA, JsonNode a, String fileB, JsonNode b) {
        first = side(fileA, a);
        second = side(fileB, b);
        settings = settings(a, b);
        totals = List.copyOf(quantities(a, b, ComparedKeys.PER_INPUT, ComparedKeys.PLAIN, inputs(a), inputs(b))
                .values());
        layers = layers(a, b);
    }

    /**
     * Reads two runs.
     *
     * @param a the JSON of {@code eie simulate}
     * @param b the other run
     * @return the comparison
     * @throws IOException if a file cannot be read, and {@link org.eiesim.kernels.bits.FormatException} if it is no run
     */
    public static RunComparison read(Path a, Path b) throws IOException {
        return new RunComparison(a.toString(), RunFile.read(a), b.toString(), RunFile.read(b));
    }

    private static Side side(String file, JsonNode run) {
        String name = run.path("network").asText(run.path("source").asText("a run"));
        JsonNode infeasible = run.path("infeasible");
        return new Side(file, name, machine(run), infeasible.isTextual() ? infeasible.asText() : null);
    }

    private static String machine(JsonNode run) {
        StringBuilder text = new StringBuilder(run.path("arch").asText("an unnamed machine"));
        List<String> changes = new ArrayList<>();
        JsonNode changed = run.path("changes");
        changed.fieldNames()
                .forEachRemaining(
                        key -> changes.add(key + "=" + changed.get(key).asText()));
        if (!changes.isEmpty()) {
            text.append(" with ").append(String.join(" ", changes));
        }
        return text.toString();
    }

    private static double inputs(JsonNode run) {
        return Math.max(1, run.path("inputs").asDouble(1));
    }

    private static List<Difference> settings(JsonNode a, JsonNode b) {
        List<Difference> differences = new ArrayList<>();
        ComparedKeys.IDENTITY.forEach(key -> addDifference(differences, key, a.path(key), b.path(key)));
        Set<String> keys = new LinkedHashSet<>();
        a.path("config").fieldNames().forEachRemaining(keys::add);
        b.path("config").fieldNames().forEachRemaining(keys::add);
        keys.forEach(key -> addDifference(
                differences, key, a.path("config").path(key), b.path("config").path(key)));
        return List.copyOf(differences);
    }

    private static void addDifference(List<Difference> differences, String key, JsonNode a, JsonNode b) {
        String textA = a.isMissingNode() || a.isNull() ? null : a.asText();
        String textB = b.isMissingNode() || b.isNull() ? null : b.asText();
        if (!Objects.equals(textA, textB)) {
            differences.add(new Difference(key, textA, textB));
        }
    }

    /** Takes the quantities that at least one side has. */
    private static Map<String, Quantity> quantities(
            JsonNode a,
            JsonNode b,
            Map<String, String> perInput,
            Map<String, String> plain,
            double inputsA,
            double inputsB) {
        Map<String, Quantity> quantities = new LinkedHashMap<>();
        perInput.forEach((key, unit) ->
                add(quantities, key + "_per_input", unit, number(a, key, inputsA), number(b, key, inputsB)));
        plain.forEach((key, unit) -> add(quantities, key, unit, number(a, key, 1), number(b, key, 1)));
        return quantities;
    }

    private static void add(
            Map<String, Quantity> quantities, String name, String unit, @Nullable Double a, @Nullable Double b) {
        if (a != null || b != null) {
            quantities.put(name, new Quantity(name, unit, a, b));
        }
    }

    private static @Nullable Double number(JsonNode node, String key, double divisor) {
        JsonNode value = node.path(key);
        return value.isNumber() ? value.asDouble() / divisor : null;
    }

    private static List<Layer> layers(JsonNode a, JsonNode b) {
        Map<String, JsonNode> ofA = byName(a.path("layers"));
        Map<String, JsonNode> ofB = byName(b.path("layers"));
        Set<String> names = new LinkedHashSet<>(ofA.keySet());
        names.addAll(ofB.keySet());
        List<Layer> layers = new ArrayList<>();
        for (String name : names) {
            JsonNode none = JsonNodeFactory.instance.objectNode();
            JsonNode layerA = ofA.getOrDefault(name, none);
            JsonNode layerB = ofB.getOrDefault(name, none);
            Map<String, Quantity> quantities = quantities(
                    layerA, layerB, ComparedKeys.LAYER_PER_INPUT, ComparedKeys.LAYER_PLAIN, inputs(a), inputs(b));
            quantities.putIfAbsent("cycles_per_input", new Quantity("cycles_per_input", "cycles", null, null));
            layers.add(new Layer(name, quantities));
        }
        return List.copyOf(layers);
    }

    /** Layers that share a name are told apart by a number. */
    private static Map<String, JsonNode> byName(JsonNode layers) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        for (JsonNode layer : layers) {
            String name = layer.path("name").asText();
            int copy = 1;
            while (byName.containsKey(copy == 1 ? name : name + " #" + copy)) {
                copy++;
            }
            byName.put(copy == 1 ? name : name + " #" + copy, layer);
        }
        return byName;
    }

    /**
     * Returns the run that differences are taken from.
     *
     * @return the first run
     */
    public Side first() {
        return first;
    }

    /**
     * Returns the other run.
     *
     * @return the second run
     */
    public Side second() {
        return second;
    }

    /**
     * Returns what ran and on which machine, as far as it differs.
     *
     * @return differences: what ran, then parameters in the order of the first run
     */
    public List<Difference> settings() {
        return settings;
    }

    /**
     * Returns the totals.
     *
     * @return the quantities at least one run has
     */
    public List<Quantity> totals() {
        return totals;
    }

    /**
     * Returns the layers.
     *
     * @return those of the first run in its order, then those only the second has
     */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Builds the JSON.
     *
     * @return a tree with {@code a}, {@code b}, {@code settings}, {@code totals} and {@code layers}
     */
    public Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("version", VERSION);
        tree.put("tool", Map.of("version", ToolVersion.text()));
        tree.put("a", json(first));
        tree.put("b", json(second));
        tree.put(
                "settings",
                settings.stream()
                        .map(one -> map("name", one.name(), "a", one.a(), "b", one.b()))
                        .toList());
        tree.put("totals", totals.stream().map(RunComparison::json).toList());
        tree.put(
                "layers",
                layers.stream()
                        .map(layer -> map(
                                "name",
                                layer.name(),
                                "in_both",
                                layer.isInBoth(),
                                "quantities",
                                layer.quantities().values().stream()
                                        .map(RunComparison::json)
                                        .toList()))
                        .toList());
        return tree;
    }

    private static Map<String, Object> json(Side side) {
        return map(
                "file", side.file(), "name", side.name(), "machine", side.machine(), "infeasible", side.infeasible());
    }

    private static Map<String, Object> json(Quantity one) {
        return map(
                "name",
                one.name(),
                "unit",
                one.unit(),
                "a",
                one.a(),
                "b",
                one.b(),
                "difference",
                one.difference(),
                "percent",
                one.percent());
    }

    private static Map<String, Object> map(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) Objects.requireNonNull(keysAndValues[i]), keysAndValues[i + 1]);
        }
        @SuppressWarnings("NullAway") // unknown values are null, as everywhere in the JSON
        Map<String, Object> result = map;
        return result;
    }

    /**
     * Makes one HTML file of the comparison. The same runs give the same bytes.
     *
     * @return the page
     */
    public String html() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        String title = first.name().equals(second.name()) ? first.name() : first.name() + " and " + second.name();
        data.put("title", title);
        data.set("comparison", TREES.valueToTree(json()));
        data.set("parameters", RunReport.parameters());
        return Page.html(title + " \u2013 eiesim comparison", data, List.of("compare.js"));
    }
}
