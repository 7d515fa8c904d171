package org.eiesim.studies.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eiesim.simulator.config.Parameter;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.stats.Ratio;
import org.eiesim.simulator.stats.Statistic;
import org.eiesim.simulator.stats.Statistics;
import org.eiesim.studies.version.ToolVersion;
import org.jspecify.annotations.Nullable;

/**
 * Makes one HTML file of a run: styles, scripts, the chart library and the data are all inside, and the page fetches
 * nothing. The same files give the same bytes.
 */
public final class RunReport {
    private static final List<String> SCRIPTS =
            List.of("format.js", "elements.js", "charts.js", "sections.js", "sections-more.js", "report.js");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private RunReport() {}

    /**
     * Makes the report.
     *
     * @param run the JSON of {@code eie simulate}
     * @param sweep the folder of {@code eie sweep} or its table, or null
     * @return the page
     * @throws IOException if a file cannot be read, and {@link org.eiesim.kernels.bits.FormatException} if it is not
     *     what it should be
     */
    public static String html(Path run, @Nullable Path sweep) throws IOException {
        return html(RunFile.read(run), sweep == null ? null : SweepTable.read(sweep));
    }

    static String html(JsonNode run, @Nullable JsonNode sweep) {
        ChartLibrary library = ChartLibrary.load();
        String title = title(run);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("title", title);
        data.put("version", ToolVersion.text());
        data.set("run", run);
        data.set("sweep", sweep);
        data.set("statistics", statistics());
        data.set("ratios", ratios());
        data.set("parameters", parameters());
        ObjectNode libraryNode = data.putObject("library");
        libraryNode.put("version", library.version());
        libraryNode.put("licence", library.licence());
        return fill(
                resource("report.html"),
                Map.of(
                        "title", markup(title + " \u2013 eiesim report"),
                        "style", resource("report.css").strip(),
                        "data", embedded(data),
                        "library", library.script().strip(),
                        "script", script()));
    }

    private static String title(JsonNode run) {
        for (String key : List.of("network", "source")) {
            if (run.path(key).isTextual() && !run.path(key).asText().isBlank()) {
                return run.path(key).asText();
            }
        }
        return "A run";
    }

    private static ArrayNode statistics() {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (Statistic statistic : Statistics.ALL) {
            nodes.addObject()
                    .put("name", statistic.name())
                    .put("unit", statistic.unit())
                    .put("text", statistic.text());
        }
        return nodes;
    }

    private static ArrayNode ratios() {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (Ratio ratio : Statistics.RATIOS) {
            nodes.addObject()
                    .put("name", ratio.name())
                    .put("formula", ratio.formula())
                    .put("text", ratio.text());
        }
        return nodes;
    }

    private static ArrayNode parameters() {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (Parameter<?> parameter : Parameters.ALL) {
            nodes.addObject()
                    .put("key", parameter.key())
                    .put("unit", parameter.unit())
                    .put("help", parameter.help())
                    .put("default", parameter.defaultText());
        }
        return nodes;
    }

    private static String script() {
        return SCRIPTS.stream().map(RunReport::resource).collect(Collectors.joining("\n"));
    }

    /** Writes JSON so that nothing in it can end the script element it stands in, or begin a comment. */
    static String embedded(JsonNode data) {
        return data.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static String markup(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Fills a template in one pass, so that texts that look like placeholders stay what they are. */
    private static String fill(String template, Map<String, String> texts) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(Objects.requireNonNull(texts.get(match.group(1)))));
    }

    private static String resource(String name) {
        try (InputStream stream = RunReport.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
