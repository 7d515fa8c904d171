package org.eiesim.studies.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.eiesim.kernels.bits.FormatException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunReportTest {
    private static final String HOSTILE =
            "</script><img src=x onerror=alert(1)>\" ' & <!-- {{data}} \\ \u2028 \u00fc\u2211\ud83d\ude80";

    private static JsonNode dataOf(Document page) throws IOException {
        Element script = Objects.requireNonNull(page.getElementById("data"));
        return new ObjectMapper().readTree(script.data());
    }

    @Test
    void theFileIsWellFormedHtml() {
        String html = RunReport.html(SampleRun.json(SampleRun.SHAPES, 16), SweepTableTest.sample());
        Parser parser = Parser.htmlParser().setTrackErrors(20);

        Document page = Jsoup.parse(html, "", parser);

        assertThat(parser.getErrors()).isEmpty();
        assertThat(page.select("script")).hasSize(3);
        assertThat(page.documentType()).isNotNull();
        assertThat(page.title()).isEqualTo("alexnet-like \u2013 eiesim report");
        assertThat(page.select("html").attr("lang")).isEqualTo("en");
    }

    @Test
    void theFileRefersToNothingOutside() {
        Document page = Jsoup.parse(RunReport.html(SampleRun.json(SampleRun.SHAPES, 16), null));

        assertThat(page.select("[src], iframe, object, embed, base, form")).isEmpty();
        assertThat(page.select("[href]").eachAttr("href")).containsOnly("data:,", "#content");
        assertThat(page.select("style").html()).doesNotContain("url(", "@import");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'");
    }

    @Test
    void theRunIsInTheFileAsItWas(@TempDir Path folder) throws IOException {
        ObjectNode run = SampleRun.json(SampleRun.SHAPES, 16);
        ((ObjectNode) run.get("layers").get(1)).put("name", HOSTILE);
        run.put("network", HOSTILE).put("command", HOSTILE).put("unknown_key", 1.25);
        Path file = folder.resolve("run.json");
        Files.writeString(file, run.toPrettyString());

        Document page = Jsoup.parse(RunReport.html(file, null));

        assertThat(dataOf(page).get("run")).isEqualTo(run);
        assertThat(page.select("img")).isEmpty();
        assertThat(page.title().replaceAll("\\s", " "))
                .isEqualTo((HOSTILE + " \u2013 eiesim report").replaceAll("\\s", " "));
    }

    @Test
    void theSameRunGivesTheSameBytes() {
        String once = RunReport.html(SampleRun.json(SampleRun.SHAPES, 16), SweepTableTest.sample());
        assertThat(RunReport.html(SampleRun.json(SampleRun.SHAPES, 16), SweepTableTest.sample()))
                .isEqualTo(once);
    }

    @Test
    void theLibrarysLicenceIsInTheFile() throws IOException {
        Document page = Jsoup.parse(RunReport.html(SampleRun.json(List.of(), 4), null));
        assertThat(dataOf(page).at("/library/licence").asText())
                .contains("Mike Bostock", "Permission to use, copy, modify");
    }

    /** What the charts divide by: the six states of a PE are all its cycles. */
    @Test
    void theSamplesStatesAreAllPeCycles() {
        for (JsonNode layer : SampleRun.json(SampleRun.SHAPES, 16).get("layers")) {
            long states = 0;
            for (String key : List.of(
                    "accumulates",
                    "padding_entries",
                    "empty_columns",
                    "starved_pe_cycles",
                    "fill_pe_cycles",
                    "drain_pe_cycles")) {
                states += layer.get(key).asLong();
            }
            assertThat(states).isEqualTo(16 * layer.get("cycles").asLong());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2] | not a JSON object; expected the JSON of eie simulate --json",
                "{} | no list \"layers\"; expected the JSON of eie simulate --json",
                "{\"format\": \"other\"} | \"format\" is \"other\", not \"eiesim-run\"; expected the JSON of eie"
                        + " simulate --json",
                "{\"format\": \"eiesim-run\", \"version\": 2, \"layers\": []} | version 2 of the run format, not 1",
                "{\"layers\": [{\"name\": \"a\"}, {}]} | layer 1 has no \"name\"; expected the JSON of eie simulate"
                        + " --json",
            })
    void saysWhatIsWrongWithAFile(String content, String message, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("run.json");
        Files.writeString(file, content);

        assertThatThrownBy(() -> RunReport.html(file, null))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"layers\": [}", "''", "PK\u0003\u0004", "{} {}", "{\"a\": NaN}"})
    void refusesWhatIsNotJson(String content, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("run.json");
        Files.writeString(file, content);

        assertThatThrownBy(() -> RunReport.html(file, null))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageNotContaining("\n");
    }

    /** A run cut down to any one of its parts is still a report. */
    @Test
    void aRunMayLackAnything() throws IOException {
        ObjectNode run = SampleRun.json(SampleRun.SHAPES, 4);
        for (String key : List.copyOf(fieldNames(run))) {
            ObjectNode less = run.deepCopy();
            if (!key.equals("layers")) {
                less.remove(key);
                Document page = Jsoup.parse(RunReport.html(less, null));
                assertThat(dataOf(page).get("run")).isEqualTo(less);
            }
        }
        ((ArrayNode) run.get("layers")).removeAll();
        assertThat(RunReport.html(run, null)).contains("eiesim report");
    }

    private static List<String> fieldNames(ObjectNode node) {
        List<String> names = new java.util.ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
