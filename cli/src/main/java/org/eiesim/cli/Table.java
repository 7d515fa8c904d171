package org.eiesim.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A table for people: aligned columns, a rule under the headings and, where there is one, above the row of totals. It
 * fits 80 columns: what does not fit beside the first column goes on below, with the first column again, and what does
 * not fit even there is cut in the middle.
 *
 * @param <R> what a row is made of
 */
final class Table<R> {
    private static final String GAP = "  ";

    /** The width of all text, whatever the terminal's, so that files and mails hold the same. */
    private static final int WIDTH = 80;

    /** Longer words are cut in the first column; in others where they do not fit beside it. */
    private static final int MAX_TEXT = 44;

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
        cells.add(new ArrayList<>(columns.stream().map(Column::heading).toList()));
        rows.forEach(row -> cells.add(new ArrayList<>(cells(row))));
        totals.forEach(row -> cells.add(new ArrayList<>(cells(row))));
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int beside = WIDTH - widths[0] - GAP.length();
            widths[i] = fit(cells, i, i == 0 ? MAX_TEXT : beside);
        }
        StringBuilder text = new StringBuilder();
        for (int[] block : blocks(widths)) {
            text.append(text.isEmpty() ? "" : "\n");
            for (int i = 0; i < cells.size(); i++) {
                if (i == 1 || (i == 1 + rows.size() && !totals.isEmpty())) {
                    line(text, widths, block, List.of());
                }
                line(text, widths, block, cells.get(i));
            }
        }
        return text.toString();
    }

    /** Splits the columns into groups that fit the width, each beginning with the first column. */
    private static List<int[]> blocks(int[] widths) {
        List<int[]> blocks = new ArrayList<>();
        int column = 0;
        do {
            List<Integer> block = new ArrayList<>(List.of(0));
            int width = widths[0];
            column = Math.max(1, column);
            while (column < widths.length && (block.size() == 1 || width + GAP.length() + widths[column] <= WIDTH)) {
                width += GAP.length() + widths[column];
                block.add(column++);
            }
            blocks.add(block.stream().mapToInt(Integer::intValue).toArray());
        } while (column < widths.length);
        return blocks;
    }

    /** Cuts the middle out of a long text: names often differ at their ends. */
    private static String fitted(String text, int limit) {
        int kept = (limit - 3) / 2;
        return text.length() <= limit
                ? text
                : text.substring(0, limit - 3 - kept) + "..." + text.substring(text.length() - kept);
    }

    private List<String> cells(R row) {
        return columns.stream()
                .map(column -> Failures.oneLine(column.text().apply(row)))
                .toList();
    }

    /** Cuts a column's cells; returns the width of the longest. */
    private static int fit(List<List<String>> cells, int column, int limit) {
        cells.forEach(line -> line.set(column, fitted(line.get(column), limit)));
        return cells.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }

    /** Appends a line of cells, or of dashes where there are none. */
    private void line(StringBuilder text, int[] widths, int[] block, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i : block) {
            String cell = cells.isEmpty() ? "-".repeat(widths[i]) : cells.get(i);
            String blanks = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).isNumber() ? blanks + cell : cell + blanks);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
