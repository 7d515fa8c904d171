package org.eiesim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eiesim.kernels.files.AtomicFiles;
import org.eiesim.studies.outputs.OutputKind;
import org.eiesim.studies.report.RunComparison;
import org.eiesim.studies.report.RunComparison.Quantity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eie compare}: two runs side by side. */
@Command(
        name = "compare",
        description = "Set two runs side by side: totals, layers by name, and the parameters that differ.",
        footer = {"", "Differences are B - A, in per cent of A. What grows with the inputs is taken per input."})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompareCommand implements Callable<Integer> {
    /** Quantities of a layer that the text shows; JSON and page have all. */
    private static final List<String> SHOWN =
            List.of("cycles_per_input", "streamed_us_per_input", "energy_nj_per_input");

    /** The names of quantities in the text; those that are not here are their keys with blanks. */
    private static final Map<String, String> WORDS = Map.of(
            "cycles_per_input", "cycles an input",
            "time_us_per_input", "time on chip an input",
            "streamed_us_per_input", "time with transfers an input",
            "energy_nj_per_input", "energy an input",
            "saturations_per_input", "saturations an input",
            "power_mw", "power",
            "leakage_mw", "leakage",
            "area_mm2", "area",
            "highest_clock_mhz", "highest clock");

    @Mixin
    private CommonOptions common;

    @Reads
    @Parameters(index = "0", paramLabel = "A.json", description = "A run, as eie simulate --json wrote it.")
    private Path first;

    @Reads
    @Parameters(index = "1", paramLabel = "B.json", description = "The run to set beside it.")
    private Path second;

    @Writes(OutputKind.HTML)
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Also write the comparison as one HTML file.")
    private @Nullable Path output;

    /** A row of the layers' table. */
    private record Row(String layer, @Nullable Quantity quantity) {}

    @Override
    public Integer call() throws IOException {
        RunComparison comparison = RunComparison.read(first, second);
        if (output != null) {
            AtomicFiles.write(output, comparison.html().getBytes(StandardCharsets.UTF_8));
        }
        print(comparison, common.out());
        common.writeJson(comparison.json());
        return ExitCode.DONE;
    }

    private void print(RunComparison comparison, PrintWriter out) {
        describe(out, "A", comparison.first());
        describe(out, "B", comparison.second());
        out.println();
        if (comparison.settings().isEmpty()) {
            out.println("The same network on the same machine: no parameter differs.");
        } else {
            out.print(new Table<RunComparison.Difference>()
                    .text("differs", RunComparison.Difference::name)
                    .text("A", one -> one.a() == null ? "-" : one.a())
                    .text("B", one -> one.b() == null ? "-" : one.b())
                    .format(comparison.settings()));
        }
        out.println();
        out.print(quantityTable("total").format(rows(comparison.totals())));
        for (String name : SHOWN) {
            List<Row> rows = new ArrayList<>();
            for (RunComparison.Layer layer : comparison.layers()) {
                Quantity quantity = layer.quantities().get(name);
                if (quantity != null && (quantity.a() != null || quantity.b() != null)) {
                    rows.add(new Row(layer.name(), quantity));
                }
            }
            if (!rows.isEmpty()) {
                out.println();
                out.println(words(name) + " by layer:");
                out.print(quantityTable("layer").format(rows));
            }
        }
        if (output != null) {
            out.println();
            out.println("Page: " + output);
        }
    }

    private static void describe(PrintWriter out, String letter, RunComparison.Side side) {
        out.println(Failures.oneLine(letter + "  " + side.name() + " (" + side.file() + ") on " + side.machine()));
        if (side.infeasible() != null) {
            out.println(Failures.oneLine("   cannot be built: " + side.infeasible()));
        }
    }

    private static List<Row> rows(List<Quantity> quantities) {
        return quantities.stream()
                .map(quantity -> new Row(words(quantity.name()), quantity))
                .toList();
    }

    private static Table<Row> quantityTable(String heading) {
        return new Table<Row>()
                .text(heading, Row::layer)
                .number(
                        "A",
                        row -> show(
                                row.quantity(),
                                row.quantity() == null ? null : row.quantity().a()))
                .number(
                        "B",
                        row -> show(
                                row.quantity(),
                                row.quantity() == null ? null : row.quantity().b()))
                .number("B - A", row -> difference(row.quantity()))
                .number("%", row -> percent(row.quantity()));
    }

    private static String show(@Nullable Quantity quantity, @Nullable Double value) {
        return quantity == null ? "-" : ScaledNumbers.of(value, quantity.unit());
    }

    private static String difference(@Nullable Quantity quantity) {
        if (quantity == null || quantity.difference() == null) {
            return "-";
        }
        String text = ScaledNumbers.of(quantity.difference(), quantity.unit());
        return quantity.difference() > 0 ? "+" + text : text;
    }

    private static String percent(@Nullable Quantity quantity) {
        Double percent = quantity == null ? null : quantity.percent();
        return percent == null ? "-" : String.format(Locale.ROOT, percent == 0 ? "%.1f" : "%+.1f", percent);
    }

    private static String words(String name) {
        return WORDS.getOrDefault(name, name.replace('_', ' '));
    }
}
