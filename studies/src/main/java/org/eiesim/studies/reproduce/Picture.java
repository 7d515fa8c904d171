package org.eiesim.studies.reproduce;

import java.util.List;

/**
 * A chart to draw.
 *
 * @param name its file's name without extension
 * @param title above it
 * @param xLabel what the categories are
 * @param yLabel what the values are, with their unit
 * @param style how it is drawn
 * @param isLogarithmic whether the values are on a logarithmic scale
 * @param categories along the x axis
 * @param series the values
 */
public record Picture(
        String name,
        String title,
        String xLabel,
        String yLabel,
        Style style,
        boolean isLogarithmic,
        List<String> categories,
        List<Grid.Row> series) {
    /** How a chart is drawn. */
    public enum Style {
        /** A group of bars per category. */
        BARS,
        /** A line per series. */
        LINES
    }

    /** Draws a grid: its columns are the categories, its rows the series. */
    static Picture of(String name, Grid grid, String title, String xLabel, Style style, boolean isLogarithmic) {
        return new Picture(name, title, xLabel, grid.title(), style, isLogarithmic, grid.columns(), grid.rows());
    }
}
