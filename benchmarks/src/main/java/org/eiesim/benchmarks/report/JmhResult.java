package org.eiesim.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measured method of one benchmark.
 *
 * @param benchmark simple name of its class
 * @param method the method
 * @param parameters its parameters by name
 * @param score the mean
 * @param error half the width of its 99.9 % confidence interval, NaN of a single measurement
 * @param unit unit of both
 * @param countsPerSecond the event counter of the benchmark, 0 where it has none
 */
record JmhResult(
        String benchmark,
        String method,
        Map<String, String> parameters,
        double score,
        double error,
        String unit,
        double countsPerSecond) {
    /** Reads the files; of a method measured twice the last counts. */
    static List<JmhResult> read(List<Path> files) throws IOException {
        Map<String, JmhResult> results = new TreeMap<>();
        for (Path file : files) {
            for (JsonNode node : new ObjectMapper().readTree(file.toFile())) {
                JmhResult result = of(node);
                results.put(result.benchmark + result.method + result.parameters, result);
            }
        }
        Collection<JmhResult> last = results.values();
        return new ArrayList<>(last);
    }

    private static JmhResult of(JsonNode node) {
        String[] names = node.get("benchmark").asText().split("\\.", -1);
        Map<String, String> parameters = new TreeMap<>();
        node.path("params").properties().forEach(entry -> parameters.put(entry.getKey(), shortened(entry.getValue())));
        JsonNode metric = node.get("primaryMetric");
        double counts = 0;
        for (JsonNode counter : node.path("secondaryMetrics")) {
            counts = counter.get("score").asDouble();
        }
        return new JmhResult(
                names[names.length - 2],
                names[names.length - 1],
                parameters,
                metric.get("score").asDouble(),
                metric.get("scoreError").asDouble(Double.NaN),
                metric.get("scoreUnit").asText(),
                counts);
    }

    /** A path is shown by its last name: where it lay says nothing. */
    private static String shortened(JsonNode value) {
        String text = value.asText();
        return text.contains("/") ? text.substring(text.lastIndexOf('/') + 1) : text;
    }
}
