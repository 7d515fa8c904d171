package org.eiesim.studies.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eiesim.compiler.parameter.Parameter;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.stats.Ratio;
import org.eiesim.simulator.stats.Statistic;
import org.eiesim.simulator.stats.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Makes one HTML file of a run: styles, scripts, the chart library and the data are all inside, and the page fetches
 * nothing. The same files give the same bytes.
 */
public final class RunReport {
    private static final List<String> SCRIPTS = List.of("sections.js", "sections-more.js", "sweep.js", "report.js");

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
        String title = title(run);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("title", title);
        data.set("run", run);
        data.set("sweep", sweep);
        data.set("statistics", statistics());
        data.set("ratios", ratios());
        data.set("parameters", parameters());
        return Page.html(title + " \u2013 eiesim report", data, SCRIPTS);
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

    static ArrayNode parameters() {
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
}
