package org.eiesim.studies.sweep;

/** Which time a front weighs. */
enum FrontTime {
    /** With the transfers of weights that do not stay on chip. */
    STREAMED("streamed_us", "time with transfers"),
    /** Of the array's cycles alone. */
    ON_CHIP("time_us", "time on chip");

    private final String column;
    private final String text;

    FrontTime(String column, String text) {
        this.column = column;
        this.text = text;
    }

    /** Returns the column of the table that is weighed. */
    String column() {
        return column;
    }

    /** Returns what sentences call it. */
    String text() {
        return text;
    }
}
