package org.eiesim.studies.reproduce;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tables and figures as Markdown. */
public final class MarkdownText {
    private static final MathContext SHOWN = new MathContext(9);
    private static final int MOST_DECIMALS = 4;

    private final StringBuilder text = new StringBuilder();

    private MarkdownText() {}

    /**
     * Writes all tables and figures.
     *
     * @param artefacts what was made
     * @param pictureFolder where the pictures lie, to be linked, with a slash at its end; null for no links
     * @return Markdown, ending with a line break
     */
    public static String of(List<Artefact> artefacts, @Nullable String pictureFolder) {
        MarkdownText writer = new MarkdownText();
        for (Artefact artefact : artefacts) {
            writer.write(artefact, pictureFolder);
        }
        return writer.text.toString();
    }

    private void write(Artefact artefact, @Nullable String pictureFolder) {
        text.append("## ").append(artefact.title()).append("\n\n");
        artefact.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        text.append('\n');
        if (!artefact.comparisons().isEmpty()) {
            write(artefact.comparisons());
            text.append('\n');
        }
        artefact.grids().forEach(this::write);
        if (pictureFolder != null) {
            for (Picture picture : artefact.pictures()) {
                text.append("![")
                        .append(picture.title())
                        .append("](")
                        .append(pictureFolder)
                        .append(picture.name())
                        .append(".svg)\n\n");
            }
        }
    }

    /** Writes numbers beside printed ones as a table. */
    static String table(List<Comparison> comparisons) {
        MarkdownText writer = new MarkdownText();
        writer.write(comparisons);
        return writer.text.toString();
    }

    private void write(List<Comparison> comparisons) {
        line(List.of("item", "quantity", "paper", "ours", "ours / paper", "input"));
        rule(6);
        comparisons.forEach(this::write);
    }

    private void write(Comparison comparison) {
        Double reference = comparison.reference();
        Double ratio = comparison.ratio();
        line(List.of(
                comparison.item(),
                comparison.quantity(),
                reference == null ? "-" : shortest(reference),
                decimal(comparison.ours(), comparison.numDecimals()),
                ratio == null ? "-" : decimal(ratio, 3),
                comparison.input().label()));
    }

    private void write(Grid grid) {
        text.append(grid.title()).append(":\n\n");
        List<String> headings = new ArrayList<>();
        headings.add(grid.rowHeading());
        headings.addAll(grid.columns());
        line(headings);
        rule(headings.size());
        for (Grid.Row row : grid.rows()) {
            List<String> cells = new ArrayList<>();
            cells.add(row.label());
            for (double value : row.values()) {
                cells.add(decimal(value, grid.numDecimals()));
            }
            line(cells);
        }
        text.append('\n');
    }

    private void line(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private void rule(int columns) {
        text.append('|').append(" --- |".repeat(columns)).append('\n');
    }

    private static String decimal(double value, int numDecimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + numDecimals + "f", value) : "-";
    }

    private static String shortest(double value) {
        return new BigDecimal(value)
                .round(SHOWN)
                .setScale(MOST_DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
