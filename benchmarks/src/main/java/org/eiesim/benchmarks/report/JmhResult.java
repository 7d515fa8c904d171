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
import java.util.regex.Pattern;

/**
 * One measured method of one benchmark.
 *
 * @param benchmark simple name of its class
 * @param method the method
 * @param parameters its parameters by name
 * @param score the mean; of processor time where {@link CpuTimeProfiler} was there, in microseconds
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
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int SORTED_DIGITS = 12;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICROSECOND = 1e3;
    /** Processor time is counted in steps of 10 ms: too coarse for a single shorter operation. */
    private static final double CLOCK_NANOS = 2e7;

    /** Reads the files; of a method measured twice the last counts. */
    static List<JmhResult> read(List<Path> files) throws IOException {
        Map<String, JmhResult> results = new TreeMap<>();
        for (Path file : files) {
            for (JsonNode node : new ObjectMapper().readTree(file.toFile())) {
                JmhResult result = of(node);
                String name = result.benchmark + result.method + result.parameters;
                results.put(NUMBER.matcher(name).replaceAll(number -> padded(number.group())), result);
            }
        }
        Collection<JmhResult> last = results.values();
        return new ArrayList<>(last);
    }

    /** Numbers of equal length sort by value. */
    private static String padded(String number) {
        return "0".repeat(Math.max(0, SORTED_DIGITS - number.length())) + number;
    }

    private static JmhResult of(JsonNode node) {
        String[] names = node.get("benchmark").asText().split("\\.", -1);
        Map<String, String> parameters = new TreeMap<>();
        node.path("params").properties().forEach(entry -> parameters.put(entry.getKey(), shortened(entry.getValue())));
        JsonNode metric = node.get("primaryMetric");
        double score = metric.get("score").asDouble();
        String unit = metric.get("scoreUnit").asText();
        double counts = 0;
        double cpuNanos = 0;
        for (Map.Entry<String, JsonNode> secondary :
                node.path("secondaryMetrics").properties()) {
            double value = secondary.getValue().get("score").asDouble();
            if (secondary.getKey().endsWith(CpuTimeProfiler.METRIC)) {
                cpuNanos = value;
            } else {
                counts = value;
            }
        }
        if (cpuNanos >= CLOCK_NANOS
                || (cpuNanos > 0 && !node.get("mode").asText().equals("ss"))) {
            // Of a throughput, the counts of an operation over its processor time.
            counts = counts / score * (NANOS_PER_SECOND / cpuNanos);
            unit = "us";
            score = cpuNanos / NANOS_PER_MICROSECOND;
        }
        return new JmhResult(
                names[names.length - 2],
                names[names.length - 1],
                parameters,
                score,
                metric.get("scoreError").asDouble(Double.NaN),
                unit,
                counts);
    }

    /** A path is shown by its last name: where it lay says nothing. */
    private static String shortened(JsonNode value) {
        String text = value.asText();
        return text.contains("/") ? text.substring(text.lastIndexOf('/') + 1) : text;
    }
}
