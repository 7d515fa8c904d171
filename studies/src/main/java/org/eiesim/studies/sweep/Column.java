package org.eiesim.studies.sweep;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of the table.
 *
 * @param name its heading
 * @param kind the type of its values
 * @param unit their unit, empty where there is none
 * @param meaning what they are
 * @param value the value of a line: Long, Double, Boolean or String by kind, or null where the line has none
 * @param <L> a line
 */
record Column<L>(String name, Kind kind, String unit, String meaning, Function<L, @Nullable Object> value) {
    /** Types of values. */
    enum Kind {
        /** Whole numbers, held as Long. */
        INTEGER,
        /** Numbers, held as Double. */
        DECIMAL,
        /** true or false. */
        FLAG,
        /** Text. */
        TEXT
    }
}
