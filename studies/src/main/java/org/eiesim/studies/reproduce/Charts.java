package org.eiesim.studies.reproduce;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws pictures without a display. */
final class Charts {
    private static final int WIDTH_PIXELS = 1100;
    private static final int HEIGHT_PIXELS = 600;
    private static final int LABEL_ROTATION_DEGREES = 25;
    private static final int MANY_LABEL_CHARACTERS = 90;

    /** Told apart by people who see red and green alike, too. Source: Okabe and Ito 2008. */
    private static final Color[] COLORS = {
        new Color(0x0072B2),
        new Color(0xE69F00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x56B4E9),
        new Color(0xD55E00),
        new Color(0x7F7F7F),
        new Color(0x8C564B),
        new Color(0x5D3A9B),
        new Color(0x000000),
    };

    private Charts() {}

    static byte[] png(Picture picture) throws IOException {
        return BitmapEncoder.getBitmapBytes(chart(picture), BitmapEncoder.BitmapFormat.PNG);
    }

    static byte[] svg(Picture picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart(picture), out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        return out.toByteArray();
    }

    private static CategoryChart chart(Picture picture) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH_PIXELS)
                .height(HEIGHT_PIXELS)
                .title(picture.title())
                .xAxisTitle(picture.xLabel())
                .yAxisTitle(picture.yLabel())
                .build();
        CategoryStyler styler = chart.getStyler();
        styler.setSeriesColors(COLORS);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setLegendBorderColor(Color.WHITE);
        if (picture.isLogarithmic()) {
            // Bars would start at 0, which a logarithmic axis does not have.
            styler.setYAxisLogarithmic(true);
            styler.setYAxisMin(decadeBelow(picture));
        }
        styler.setAvailableSpaceFill(0.85);
        styler.setMarkerSize(6);
        styler.setOverlapped(picture.style() == Picture.Style.LINES);
        if (String.join("", picture.categories()).length() > MANY_LABEL_CHARACTERS) {
            styler.setXAxisLabelRotation(LABEL_ROTATION_DEGREES);
        }
        if (picture.style() == Picture.Style.LINES) {
            styler.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
        }
        for (Grid.Row row : picture.series()) {
            chart.addSeries(row.label(), picture.categories(), values(row));
        }
        return chart;
    }

    private static double decadeBelow(Picture picture) {
        double smallest = picture.series().stream()
                .flatMapToDouble(row -> Arrays.stream(row.values()))
                .filter(value -> value > 0)
                .min()
                .orElse(1);
        return Math.pow(10, Math.floor(Math.log10(smallest)));
    }

    private static List<@Nullable Double> values(Grid.Row row) {
        List<@Nullable Double> values = new ArrayList<>();
        // Null leaves its place empty.
        Arrays.stream(row.values()).forEach(value -> values.add(Double.isFinite(value) ? (Double) value : null));
        return values;
    }
}
