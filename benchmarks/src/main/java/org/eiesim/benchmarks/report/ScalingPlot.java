package org.eiesim.benchmarks.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the exact engine's time over the live entries, both on logarithmic axes, beside a line of slope 1. */
final class ScalingPlot {
    private static final String BENCHMARK = "ExactScalingBenchmark";
    private static final String PES = "64";

    private ScalingPlot() {}

    /** Writes the plot, unless there is nothing to draw. */
    static void write(List<JmhResult> results, Path file) throws IOException {
        Map<Double, Double> full = series(results, "full");
        if (full.isEmpty()) {
            return;
        }
        XYChart chart = new XYChartBuilder()
                .width(640)
                .height(420)
                .title("One input through one layer on " + PES + " PEs, one thread")
                .xAxisTitle("live entries")
                .yAxisTitle("microseconds")
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        add(chart, "full: outputs and events", full);
        add(chart, "timing: events alone", series(results, "timing"));
        Map<Double, Double> proportional = new TreeMap<>();
        double last = new ArrayList<>(full.keySet()).get(full.size() - 1);
        full.keySet().forEach(entries -> proportional.put(entries, full.getOrDefault(last, 0.0) * entries / last));
        XYSeries line = add(chart, "proportional to the entries", proportional);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(Color.LIGHT_GRAY);
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }

    private static XYSeries add(XYChart chart, String name, Map<Double, Double> points) {
        return chart.addSeries(name, new ArrayList<>(points.keySet()), new ArrayList<>(points.values()));
    }

    private static Map<Double, Double> series(List<JmhResult> results, String method) {
        Map<Double, Double> points = new TreeMap<>();
        for (JmhResult result : results) {
            if (result.benchmark().equals(BENCHMARK)
                    && result.method().equals(method)
                    && PES.equals(result.parameters().get("pes"))) {
                points.put(Double.parseDouble(result.parameters().getOrDefault("liveEntries", "0")), result.score());
            }
        }
        return points;
    }
}
