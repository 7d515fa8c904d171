package org.eiesim.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Markdown table of one benchmark: a row for each choice of parameters, a column for each method.
 *
 * @param benchmark simple name of the class
 * @param base the method that every other is a multiple of
 * @param methods the methods in order, the base among them
 */
record ResultTable(String benchmark, String base, List<String> methods) {
    private static final double PER_MILLION = 1e-6;

    /** Writes the rows there are results for; nothing if there are none. */
    String render(List<JmhResult> results) {
        Map<Map<String, String>, Map<String, JmhResult>> rows = new LinkedHashMap<>();
        for (JmhResult result : results) {
            if (result.benchmark().equals(benchmark) && methods.contains(result.method())) {
                rows.computeIfAbsent(result.parameters(), parameters -> new LinkedHashMap<>())
                        .put(result.method(), result);
            }
        }
        if (rows.isEmpty()) {
            return "";
        }
        List<String> names = new ArrayList<>(rows.keySet().iterator().next().keySet());
        StringBuilder table = new StringBuilder(line(names, methods));
        table.append("| --- ".repeat(names.size()))
                .append("| ---: ".repeat(methods.size()))
                .append("|\n");
        rows.forEach((parameters, byMethod) -> table.append(line(
                names.stream().map(parameters::get).toList(),
                methods.stream()
                        .map(method -> cell(byMethod.get(method), byMethod.get(base)))
                        .toList())));
        return table.toString();
    }

    private static String line(List<String> parameters, List<String> values) {
        List<String> cells = new ArrayList<>(parameters);
        cells.addAll(values);
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** The base in its unit, others as a multiple of it; of what is counted, counts a second, more being better. */
    private String cell(@Nullable JmhResult result, @Nullable JmhResult baseResult) {
        if (result == null) {
            return "";
        }
        if (result.countsPerSecond() > 0) {
            String counts = rounded(result.countsPerSecond() * PER_MILLION) + " M/s";
            return baseResult == null || result.method().equals(base)
                    ? counts
                    : counts + " (" + rounded(result.countsPerSecond() / baseResult.countsPerSecond()) + ")";
        }
        if (baseResult == null || result.method().equals(base)) {
            return rounded(result.score()) + " " + result.unit().replace("/op", "");
        }
        return rounded(result.score() / baseResult.score());
    }

    /** Three digits. */
    static String rounded(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int decimals = value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
