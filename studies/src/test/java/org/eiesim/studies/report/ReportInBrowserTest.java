package org.eiesim.studies.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Opens reports in a real browser. */
class ReportInBrowserTest {
    private static @Nullable Browser started;

    @TempDir
    private static Path profile;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        assumeTrue(Browser.isInstalled(), "Debian's chromium and chromium-driver are not installed");
        started = Browser.start(profile);
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    private static Browser browser() {
        if (started == null) {
            throw new IllegalStateException("no browser");
        }
        return started;
    }

    private void open(int width, String scheme) throws IOException {
        String html = RunReport.html(SampleRun.json(SampleRun.SHAPES, 16), SweepTableTest.sample());
        browser().open(folder, html, width, scheme);
        assertThat(browser().run("return document.documentElement.dataset.ready"))
                .isEqualTo("true");
    }

    private static void assertNoConsoleMessages() {
        assertThat(browser().driver.manage().logs().get(LogType.BROWSER).getAll())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "390, light", "320, dark"})
    void theReportIsWhole(int width, String scheme) throws IOException {
        open(width, scheme);

        assertNoConsoleMessages();
        assertNothingIsFetched();
        assertEveryChartIsDrawn();
        assertTheBarsOfALayerFillTheWidth();
        assertNothingOverlapsOrSticksOut(width);
        assertTextCanBeRead(scheme);
    }

    private static void assertNothingIsFetched() {
        assertThat(browser().run("return performance.getEntriesByType('resource').map(entry => entry.name)"))
                .isEqualTo(List.of());
        List<String> requests = browser().driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .toList();
        assertThat(requests).as("the page itself, and nothing else").hasSizeLessThanOrEqualTo(1);
        assertThat(requests).allMatch(message -> message.contains("report.html"));
    }

    private static void assertEveryChartIsDrawn() {
        // Three layers: stalls, cycles, stalls by full queues, bounds, a grid each, energy twice, area, the sweep.
        assertThat(browser().count("figure svg")).isEqualTo(11);
        assertThat(browser()
                        .run("return [...document.querySelectorAll('figure svg')].filter(svg => {"
                                + "const box = svg.getBoundingClientRect();"
                                + "return box.width < 100 || box.height < 20 || !svg.getAttribute('aria-label')"
                                + "|| svg.querySelectorAll('.mark').length === 0; }).length"))
                .isEqualTo(0L);
        assertThat(browser().count("#sweep circle.dot")).isEqualTo(12);
        assertThat(browser().count("#layers tbody tr")).isEqualTo(3);
        assertThat(browser().count("#summary .card")).isEqualTo(8);
        assertThat(browser().count("#moved table")).isEqualTo(2);
        assertThat(browser().run("return document.body.innerText"))
                .asString()
                .doesNotContain("[object", "undefined", "NaN", "Infinity");
    }

    private static void assertTheBarsOfALayerFillTheWidth() {
        Object widths = browser()
                .run("const svg = document.querySelector('#stalls svg.bars');"
                        + "return [...svg.querySelectorAll(':scope > g:not(.axis)')].map(row => {"
                        + "const marks = [...row.querySelectorAll('.mark')].map(mark => mark.getBoundingClientRect());"
                        + "return (Math.max(...marks.map(box => box.right)) - Math.min(...marks.map(box => box.left)))"
                        + " / svg.getBoundingClientRect().width; })");

        assertThat((List<?>) widths)
                .hasSize(3)
                .allSatisfy(width -> assertThat(((Number) width).doubleValue()).isBetween(0.99, 1.001));
    }

    private static void assertNothingOverlapsOrSticksOut(int width) {
        assertThat(browser().run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        assertThat(browser()
                        .run("return [...document.querySelectorAll('svg')].flatMap(svg => {const texts ="
                                + " [...svg.querySelectorAll('text')].filter(text => text.textContent);const boxes ="
                                + " texts.map(text => text.getBoundingClientRect());return boxes.flatMap((a, i) =>"
                                + " boxes.slice(i + 1).flatMap((b, k) =>a.left < b.right - 1 && b.left < a.right - 1"
                                + " && a.top < b.bottom - 3 && b.top < a.bottom - 3? [texts[i].textContent + ' over '"
                                + " + texts[i + 1 + k].textContent] : [])); })"))
                .isEqualTo(List.of());
    }

    /** WCAG 2.1 contrast of the page's texts to what they stand on, which is 4.5 at least. */
    private static void assertTextCanBeRead(String scheme) {
        String luminance =
                "const channel = value => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;"
                        + "const luminance = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);"
                        + "return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };";
        Number page =
                (Number) browser().run(luminance + "return luminance(getComputedStyle(document.body).backgroundColor)");
        assertThat(page.doubleValue() > 0.5).isEqualTo(scheme.equals("light"));
        Object unreadable = browser()
                .run(luminance
                        + "const ground = node => { for (; node; node = node.parentElement) {const colour ="
                        + " getComputedStyle(node).backgroundColor;if (!/^rgba\\(.*, 0\\)$/.test(colour))"
                        + " return colour; } };return [...document.querySelectorAll('h1, h2, h3, p, li, dt,"
                        + " .value, .more, th, td, figcaption, summary, a, small, code')].filter(node =>"
                        + " node.textContent.trim() && node.getBoundingClientRect().width > 0).flatMap(node =>"
                        + " {const [a, b] = [luminance(getComputedStyle(node).color),"
                        + " luminance(ground(node))];const contrast = (Math.max(a, b) + 0.05) / (Math.min(a,"
                        + " b) + 0.05);return contrast < 4.5 ? [node.tagName + '.' + node.className + ' ' +"
                        + " contrast.toFixed(2)] : []; })");
        assertThat(unreadable).isEqualTo(List.of());
    }

    @Test
    void tablesSortAndChartsHaveTheirNumbers() throws IOException {
        open(1280, "light");

        assertThat(browser()
                        .run("const heads = [...document.querySelectorAll('#layers thead th')];const head ="
                                + " heads.find(one => one.textContent.startsWith('Cycles'));"
                                + "head.querySelector('button').click();const cells ="
                                + " [...document.querySelectorAll('#layers tbody tr')].map(row =>"
                                + " Number(row.children[heads.indexOf(head)].textContent.replaceAll(',', '')));return"
                                + " head.getAttribute('aria-sort') + ' '+ cells.every((cell, i) => i === 0 || cells[i"
                                + " - 1] >= cell)"))
                .isEqualTo("descending true");
        browser()
                .driver
                .executeAsyncScript("document.querySelectorAll('section details').forEach(one => one.open = true);"
                        + "setTimeout(arguments[arguments.length - 1], 100)");
        assertThat(browser().count("section details")).isEqualTo(6);
        assertThat(browser().count("section details table")).isEqualTo(6);
        assertThat(browser()
                        .run("const rows = document.querySelectorAll('#load details tbody tr'); return rows.length"))
                .isEqualTo(16L);
        browser()
                .driver
                .executeAsyncScript("const select = document.querySelector('#load select');"
                        + "select.value = 'starved_pe_cycles'; select.dispatchEvent(new Event('change'));"
                        + "setTimeout(arguments[arguments.length - 1], 100)");
        assertThat(browser().run("return document.querySelector('#load svg').getAttribute('aria-label')"))
                .asString()
                .contains("starved");
        assertNoConsoleMessages();
    }

    /** A4 is 794 pixels wide at 96 to the inch; paper is white whatever the screen is. */
    @Test
    void fitsAPrintedPage() throws IOException {
        open(794, "dark");
        browser().driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));

        assertThat(browser().run("return document.documentElement.scrollWidth")).isEqualTo(794L);
        assertThat(browser().run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");

        browser().driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "screen"));
    }

    /** The run is of 64 PEs and 8 slots, which the sweep has too. */
    @Test
    void layersGoByCyclesAndThisRunsMachineIsMarked() throws IOException {
        ObjectNode run = SampleRun.json(SampleRun.SHAPES, 16);
        run.putObject("config").put("pes", 64).put("queue_slots", 8);
        browser().open(folder, RunReport.html(run, SweepTableTest.sample()), 1280, "light");

        assertNoConsoleMessages();
        assertThat((List<?>) browser()
                        .run("const cycles = JSON.parse(document.getElementById('data').textContent).run.layers;"
                                + "const rows = [...document.querySelectorAll('#layers tbody th')];"
                                + "const of = name => cycles.find(layer => layer.name === name).cycles;"
                                + "return rows.map(row => of(row.textContent))"))
                .isSortedAccordingTo((a, b) -> Long.compare(((Number) b).longValue(), ((Number) a).longValue()))
                .hasSize(3);
        assertThat(browser().count("#sweep .pin.run")).isEqualTo(1);
        assertThat(browser().run("return document.querySelector('#sweep').textContent"))
                .asString()
                .contains("This run's machine is ringed: pes 64, queue_slots 8.");
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "390, dark", "320, light"})
    void aSweepIsReportedByItself(int width, String scheme) throws IOException {
        browser().open(folder, SweepReport.html(SweepTableTest.withInfeasible(folder)), width, scheme);

        assertNoConsoleMessages();
        assertNothingIsFetched();
        assertNothingOverlapsOrSticksOut(width);
        assertTextCanBeRead(scheme);
        assertThat(browser().count("#sweep circle.dot")).isEqualTo(12);
        assertThat(browser().count("#sweep circle.dot.ghost")).isEqualTo(3);
        // By hand: of pes 16, 32, 64 the least time x energy has 64 PEs: 900 / 64 * 1.125 us * 852 nJ = 13478.9.
        assertThat(browser().run("return document.querySelector('.recommendation').textContent"))
                .asString()
                .contains("(pes 64, queue_slots 8)", "of the 9 machines that can be built", "the best of all in time");
        assertThat(browser().run("return document.querySelector('#impossible').textContent"))
                .asString()
                .contains("a row is wider than its memory");
    }

    @Test
    void axesColoursAndFiltersOfASweepAreChosen() throws IOException {
        browser().open(folder, SweepReport.html(SweepTableTest.withInfeasible(folder)), 1280, "light");

        choose("Up", "area_mm2");
        assertThat(browser().run("return document.querySelector('#sweep svg').getAttribute('aria-label')"))
                .asString()
                .startsWith("Scatter: time on chip and area ");
        choose("Colour", "queue_slots");
        assertThat(browser().run("return document.querySelector('#sweep .legend').textContent"))
                .asString()
                .contains("queue_slots 2", "queue_slots 8")
                .doesNotContain("pes 16");
        choose("queue_slots", "4");
        assertThat(browser().count("#sweep circle.dot")).isEqualTo(4);
        assertThat(browser()
                        .run("return [...document.querySelectorAll('#sweep .dot:not(.ghost)')].map(dot =>"
                                + " dot.style.fill)")
                        .toString())
                .isEqualTo("[var(--seq-5), var(--seq-5), var(--seq-5)]");
        choose("pes", "128");
        assertThat(browser().count("#sweep circle.dot.ghost")).isEqualTo(1);
        assertThat(browser().count(".recommendation")).isZero();
        assertNoConsoleMessages();
    }

    private static void choose(String label, String value) {
        browser()
                .driver
                .executeAsyncScript(
                        "const done = arguments[arguments.length - 1];"
                                + "const label = [...document.querySelectorAll('#sweep label')].find(one =>"
                                + " one.firstChild.textContent.trim() === arguments[0]);"
                                + "const select = label.querySelector('select'); select.value = arguments[1];"
                                + "select.dispatchEvent(new Event('change')); setTimeout(done, 120)",
                        label,
                        value);
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "390, dark"})
    void twoRunsAreCompared(int width, String scheme) throws IOException {
        Path a = Files.writeString(
                folder.resolve("a.json"), SampleRun.json(SampleRun.SHAPES, 16).toString());
        Path b = Files.writeString(
                folder.resolve("b.json"), SampleRun.json(SampleRun.SHAPES, 4).toString());
        browser().open(folder, RunComparison.read(a, b).html(), width, scheme);

        assertNoConsoleMessages();
        assertNothingIsFetched();
        assertNothingOverlapsOrSticksOut(width);
        assertTextCanBeRead(scheme);
        assertThat(browser().count("#layers svg rect.mark")).isEqualTo(6);
        assertThat(browser().run("return document.querySelector('#totals tbody').textContent"))
                .asString()
                .contains("cycles per input", "area")
                .doesNotContain("NaN", "undefined");
    }

    @Test
    void namesAreTextWhateverTheyHold() throws IOException {
        String hostile = "</script><img src=x onerror=document.title='taken'> & \"q\" {{data}} \u00fc\u2211";
        ObjectNode run = SampleRun.json(SampleRun.SHAPES, 4);
        ((ObjectNode) run.get("layers").get(0)).put("name", hostile);
        run.put("network", hostile).put("command", hostile).putArray("notes").add(hostile);

        browser().open(folder, RunReport.html(run, null), 1280, "light");

        assertNoConsoleMessages();
        assertThat(browser().run("return document.querySelector('h1').textContent"))
                .isEqualTo(hostile);
        assertThat(browser().run("return document.querySelector('.callout').textContent"))
                .isEqualTo(hostile);
        assertThat(browser().run("return document.querySelector('#layers tbody th').textContent"))
                .isEqualTo(hostile);
        assertThat(browser().count("img")).isZero();
        assertThat(browser().driver.getTitle()).isEqualTo(hostile + " \u2013 eiesim report");
    }

    /** Of a run without energy, per-PE counts, configuration and layers the page says what is missing. */
    @Test
    void saysWhatARunLacks() throws IOException {
        ObjectNode run = SampleRun.json(SampleRun.SHAPES, 4);
        run.remove(List.of("energy", "config", "command", "energy_nj", "area_mm2", "power_mw"));
        run.get("layers").forEach(layer -> ((ObjectNode) layer).remove(List.of("per_pe", "fill_pe_cycles", "energy")));
        browser().open(folder, RunReport.html(run, null), 1280, "light");
        assertNoConsoleMessages();
        assertThat(browser().count(".missing")).isEqualTo(6);
        assertThat(browser().count("#layers tbody tr")).isEqualTo(3);

        ((ArrayNode) run.get("layers")).removeAll();
        browser().open(folder, RunReport.html(run, null), 390, "dark");
        assertNoConsoleMessages();
        assertThat(browser().run("return document.documentElement.dataset.ready"))
                .isEqualTo("true");
    }
}
