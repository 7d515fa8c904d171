package org.eiesim.simulator.energy;

import java.util.function.BinaryOperator;

/**
 * A number of the model with where it comes from.
 *
 * @param value the number; its unit is in the name of whatever holds it
 * @param source where it comes from
 * @param extrapolated whether a table had to be left to find it
 */
public record Figure(double value, Source source, boolean extrapolated) {
    Figure(double value, Source source) {
        this(value, source, false);
    }

    /** Returns this figure times a number. */
    Figure times(double factor) {
        return new Figure(value * factor, source, extrapolated);
    }

    /** Returns this figure times another one, citing both. */
    Figure times(Figure factor) {
        return combine(factor, value * factor.value);
    }

    private Figure combine(Figure other, double result) {
        BinaryOperator<Source> weaker = (a, b) -> new Source(
                a.basis().compareTo(b.basis()) > 0 ? a.basis() : b.basis(), a.citation() + "; " + b.citation());
        return new Figure(result, weaker.apply(source, other.source), extrapolated || other.extrapolated);
    }

    /** Returns this figure, marked as extrapolated where told so. */
    Figure markedIf(boolean outsideTable) {
        return new Figure(value, source, extrapolated || outsideTable);
    }
}
