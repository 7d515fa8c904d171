package org.eiesim.studies.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one HTML file of a sweep: any two results against each other, the front, a recommended machine, what each
 * parameter is worth. The same files give the same bytes.
 */
public final class SweepReport {
    private static final String SUMMARY = "summary.json";

    private SweepReport() {}

    /**
     * Makes the report.
     *
     * @param sweep the folder of {@code eie sweep} or its table
     * @return the page
     * @throws IOException if a file cannot be read, and {@link org.eiesim.kernels.bits.FormatException} if it is not
     *     what it should be
     */
    public static String html(Path sweep) throws IOException {
        ObjectNode table = SweepTable.read(sweep);
        Path folder = Files.isDirectory(sweep) ? sweep : sweep.toAbsolutePath().getParent();
        Path summary = folder == null ? sweep : folder.resolve(SUMMARY);
        return html(table, Files.isRegularFile(summary) ? RunFile.parse(summary) : null);
    }

    static String html(ObjectNode table, @Nullable JsonNode summary) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        String title = title(table, summary);
        data.put("title", title);
        data.set("sweep", table);
        data.set("summary", summary);
        data.set("parameters", RunReport.parameters());
        return Page.html(title + " \u2013 eiesim report", data, List.of("sweep.js", "sweep-report.js"));
    }

    private static String title(ObjectNode table, @Nullable JsonNode summary) {
        List<String> parameters = new ArrayList<>();
        table.get("parameters").forEach(parameter -> parameters.add(parameter.asText()));
        String over = parameters.isEmpty() ? "A sweep" : "Sweep over " + String.join(", ", parameters);
        String base = summary == null ? "" : summary.path("base").asText();
        return base.isEmpty() ? over : over + " of " + base;
    }
}
