package org.eiesim.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A table for people: aligned columns, a rule under the headings and, where there is one, above the row of totals.
 *
 * @param <R> what a row is made of
 */
final class Table<R> {
    private static final String GAP = "  ";

    private record Column<R>(String heading, boolean isNumber, Function<R, String> text) {}

    private final List<Column<R>> columns = new ArrayList<>();

    /** Adds a column of words, aligned to the left. */
    Table<R> text(String heading, Function<R, String> text) {
        columns.add(new Column<>(heading, false, text));
        return this;
    }

    /** Adds a column of numbers, aligned to the right; the heading names their unit. */
    Table<R> number(String heading, Function<R, String> text) {
        columns.add(new Column<>(heading, true, text));
        return this;
    }

    /** Adds a column of whole numbers. */
    Table<R> count(String heading, Function<R, Long> count) {
        return number(heading, row -> Long.toString(count.apply(row)));
    }

    /** Adds a column of numbers with a fixed number of decimals. */
    Table<R> decimal(String heading, int numDecimals, Function<R, Double> value) {
        return number(heading, row -> decimal(value.apply(row), numDecimals));
    }

    /** Returns a number with a fixed number of decimals, or a dash where it is not finite. */
    static String decimal(double value, int numDecimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + numDecimals + "f", value) : "-";
    }

    /** Returns the table's lines. */
    String format(List<R> rows) {
        return format(rows, List.of());
    }

    /** Returns the table's lines, with more rows below a rule. */
    String format(List<R> rows, List<R> totals) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(Column::heading).toList());
        rows.forEach(row -> cells.add(cells(row)));
        totals.forEach(row -> cells.add(cells(row)));
        int[] widths = new int[columns.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            if (i == 1 || (i == 1 + rows.size() && !totals.isEmpty())) {
                line(text, widths, List.of());
            }
            line(text, widths, cells.get(i));
        }
        return text.toString();
    }

    private List<String> cells(R row) {
        return columns.stream()
                .map(column -> Failures.oneLine(column.text().apply(row)))
                .toList();
    }

    /** Appends a line of cells, or of dashes where there are none. */
    private void line(StringBuilder text, int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.isEmpty() ? "-".repeat(widths[i]) : cells.get(i);
            String blanks = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).isNumber() ? blanks + cell : cell + blanks);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
