package org.eiesim.studies.reproduce;

import java.util.List;

/**
 * Numbers over two dimensions.
 *
 * @param title what they are, with their unit
 * @param rowHeading what the rows are
 * @param columns headings of the columns
 * @param rows the rows
 * @param numDecimals decimals to show
 */
public record Grid(String title, String rowHeading, List<String> columns, List<Row> rows, int numDecimals) {
    /**
     * One row.
     *
     * @param label its heading
     * @param values one number per column, NaN where there is none; not copied
     */
    public record Row(String label, double[] values) {}
}
