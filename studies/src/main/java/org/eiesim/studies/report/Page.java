package org.eiesim.studies.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eiesim.studies.version.ToolVersion;

/**
 * One HTML file: styles, scripts, the chart library and the data are all inside, and the page fetches nothing. The same
 * data give the same bytes.
 */
final class Page {
    /** What every page draws with. */
    private static final List<String> COMMON_SCRIPTS = List.of("format.js", "elements.js", "charts.js");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private Page() {}

    /**
     * Makes a page.
     *
     * @param title what the browser's tab says
     * @param data what the scripts find as {@code data}; {@code version} and {@code library} are added
     * @param scripts resources of this package, the last of which draws the page
     * @return the HTML
     */
    static String html(String title, ObjectNode data, List<String> scripts) {
        ChartLibrary library = ChartLibrary.load();
        data.put("version", ToolVersion.text());
        ObjectNode libraryNode = data.putObject("library");
        libraryNode.put("version", library.version());
        libraryNode.put("licence", library.licence());
        String script = Stream.concat(COMMON_SCRIPTS.stream(), scripts.stream())
                .map(Page::resource)
                .collect(Collectors.joining("\n"));
        return fill(
                resource("report.html"),
                Map.of(
                        "title", markup(title),
                        "style", resource("report.css").strip(),
                        "data", embedded(data),
                        "library", library.script().strip(),
                        "script", script));
    }

    /** Writes JSON so that nothing in it can end the script element it stands in, or begin a comment. */
    private static String embedded(JsonNode data) {
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
        try (InputStream stream = Page.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the build");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
