package org.eiesim.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eiesim.studies.simulation.Precision;
import org.eiesim.studies.simulation.PrecisionComparison;
import org.eiesim.studies.simulation.PrecisionComparison.Row;

/** Errors in numbers of several widths, for people and as JSON. */
final class PrecisionTable {
    private PrecisionTable() {}

    /** Returns the table's lines. */
    static String format(PrecisionComparison comparison) {
        return new Table<Row>()
                .text("numeric", row -> row.precision().toString())
                .number("errors", row -> Accuracies.count(row.errors()))
                .decimal("error %", 2, row -> 100 * comparison.error(row))
                .number(
                        "points to float32",
                        row -> row.precision() == Precision.FLOAT32
                                ? "-"
                                : String.format(Locale.ROOT, "%+.2f", comparison.pointsToFloat32(row)))
                .number("saturations", row -> Accuracies.count(row.saturations()))
                .format(comparison.rows());
    }

    /** Returns the rows as JSON. */
    static List<Map<String, Object>> json(PrecisionComparison comparison) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Row row : comparison.rows()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("numeric", row.precision().toString());
            item.put("errors", row.errors());
            item.put("error", comparison.error(row));
            item.put("accuracy", 1 - comparison.error(row));
            item.put("points_to_float32", comparison.pointsToFloat32(row));
            item.put("saturations", row.saturations());
            list.add(item);
        }
        return list;
    }
}
