package org.eiesim.studies.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.studies.report.RunComparison.Quantity;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {
    @TempDir
    private Path folder;

    private RunComparison compare(ObjectNode a, ObjectNode b) throws IOException {
        Path fileA = Files.writeString(folder.resolve("a.json"), a.toString());
        Path fileB = Files.writeString(folder.resolve("b.json"), b.toString());
        return RunComparison.read(fileA, fileB);
    }

    private static Quantity quantity(RunComparison.Layer layer, String name) {
        return Objects.requireNonNull(layer.quantities().get(name));
    }

    @Test
    void aRunIsEqualToItself() throws IOException {
        ObjectNode run = SampleRun.json(SampleRun.SHAPES, 16);

        RunComparison comparison = compare(run, run);

        assertThat(comparison.settings()).isEmpty();
        assertThat(comparison.totals()).isNotEmpty().allSatisfy(one -> {
            assertThat(one.difference()).isZero();
            assertThat(one.percent()).isZero();
        });
        assertThat(comparison.layers()).hasSize(3).allMatch(RunComparison.Layer::isInBoth);
    }

    /** By hand: 600 cycles over 3 inputs are 200 an input, 330 over 1 are 65 % more. */
    @Test
    void whatGrowsWithTheInputsIsTakenPerInput() throws IOException {
        ObjectNode a = SampleRun.json(SampleRun.SHAPES, 16);
        a.put("inputs", 3).put("cycles", 600).put("time_us", 0.75).put("area_mm2", 4.0);
        ObjectNode b = a.deepCopy();
        b.put("inputs", 1).put("cycles", 330).put("time_us", 0.25).put("area_mm2", 5.0);

        RunComparison comparison = compare(a, b);

        Quantity cycles = total(comparison, "cycles_per_input");
        assertThat(cycles.a()).isEqualTo(200);
        assertThat(cycles.b()).isEqualTo(330);
        assertThat(cycles.difference()).isEqualTo(130);
        assertThat(cycles.percent()).isEqualTo(65);
        assertThat(total(comparison, "time_us_per_input").percent()).isZero();
        assertThat(total(comparison, "area_mm2").percent()).isEqualTo(25);
        assertThat(comparison.settings()).containsExactly(new RunComparison.Difference("inputs", "3", "1"));
    }

    private static Quantity total(RunComparison comparison, String name) {
        return comparison.totals().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void layersAreMatchedByNameAndParametersThatDifferAreNamed() throws IOException {
        ObjectNode a = SampleRun.json(SampleRun.SHAPES, 16);
        a.putObject("config").put("pes", 16).put("queue_slots", 8);
        ObjectNode b = a.deepCopy();
        b.putObject("config").put("pes", 32).put("queue_slots", 8).put("new_one", "x");
        ArrayNode layers = (ArrayNode) b.get("layers");
        ObjectNode last = (ObjectNode) layers.remove(2);
        layers.insert(0, last.put("cycles", 2 * last.get("cycles").asLong()));
        ((ObjectNode) layers.get(1)).put("name", "another");

        RunComparison comparison = compare(a, b);

        assertThat(comparison.settings())
                .containsExactly(
                        new RunComparison.Difference("pes", "16", "32"),
                        new RunComparison.Difference("new_one", null, "x"));
        assertThat(comparison.layers())
                .extracting(RunComparison.Layer::name)
                .containsExactly("fc6", "fc7", last.get("name").asText(), "another");
        assertThat(comparison.layers())
                .extracting(RunComparison.Layer::isInBoth)
                .containsExactly(false, true, true, false);
        assertThat(quantity(comparison.layers().get(2), "cycles_per_input").percent())
                .isEqualTo(100);
        assertThat(quantity(comparison.layers().get(3), "cycles_per_input").percent())
                .isNull();
    }

    @Test
    void thePageIsWholeAndTheSameEachTime() throws IOException {
        ObjectNode a = SampleRun.json(SampleRun.SHAPES, 16);
        ObjectNode b = SampleRun.json(SampleRun.SHAPES, 4);

        String html = compare(a, b).html();

        assertThat(compare(a, b).html()).isEqualTo(html);
        Document page = Jsoup.parse(html);
        assertThat(page.select("[src], iframe, object, embed, base, form")).isEmpty();
        assertThat(page.title()).isEqualTo("alexnet-like \u2013 eiesim comparison");
    }

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        Path run = Files.writeString(
                folder.resolve("run.json"), SampleRun.json(SampleRun.SHAPES, 4).toString());
        for (String text : List.of("{}", "[]", "PK", "{\"format\": \"eiesim-sweep\", \"layers\": []}")) {
            Path other = Files.writeString(folder.resolve("other.json"), text);
            assertThatThrownBy(() -> RunComparison.read(run, other))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith(other.toString());
        }
    }
}
