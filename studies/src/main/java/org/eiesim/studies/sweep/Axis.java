package org.eiesim.studies.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eiesim.compiler.parameter.NumberDomain;
import org.eiesim.compiler.parameter.Parameter;

/** One parameter a sweep varies, and the values it takes. */
sealed interface Axis {
    /** The most values of one list. */
    int MAX_VALUES = 1_000_000;

    /** Digits values of continuous axes are rounded to. */
    MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    /** Returns what is varied. */
    Parameter<?> parameter();

    /**
     * Returns the value at a place.
     *
     * @param u 0 &le; u &lt; 1, from the first or least value to the last or greatest
     * @return the value as the parameter prints it
     */
    String at(double u);

    /** Returns how the specification describes it, on one line. */
    String describe();

    /**
     * Values in a list.
     *
     * @param parameter what is varied
     * @param values different values as the parameter prints them, in the specification's order
     */
    record Listed(Parameter<?> parameter, List<String> values) implements Axis {
        @Override
        public String at(double u) {
            return values.get((int) (u * values.size()));
        }

        @Override
        public String describe() {
            return values.toString();
        }
    }

    /**
     * Any value of an interval; of a whole-number parameter every whole number in it.
     *
     * @param parameter what is varied
     * @param from the least value
     * @param to the greatest value
     * @param logarithmic whether equal ratios are equally likely, instead of equal differences
     */
    record Interval(Parameter<?> parameter, double from, double to, boolean logarithmic) implements Axis {
        @Override
        public String at(double u) {
            if (!(parameter.domain() instanceof NumberDomain.Integers)) {
                double value = logarithmic ? from * StrictMath.pow(to / from, u) : from + u * (to - from);
                return print(parameter, new BigDecimal(value).round(DIGITS).toPlainString());
            }
            // Each whole number n has the interval [n, n + 1) to itself.
            double value = logarithmic ? from * StrictMath.pow((to + 1) / from, u) : from + u * (to + 1 - from);
            return print(parameter, Long.toString(Math.min((long) to, (long) value)));
        }

        @Override
        public String describe() {
            return (logarithmic ? "log " : "linear ") + from + ".." + to;
        }
    }

    /** Reads a value and writes it as the parameter's tables do. */
    static <T> String print(Parameter<T> parameter, String text) {
        return parameter.domain().print(parameter.parse(text));
    }

    /**
     * Lists values written one by one.
     *
     * @throws IllegalArgumentException if one is outside the parameter's range, or stands there twice
     */
    static Axis listed(Parameter<?> parameter, List<String> texts) {
        Set<String> values = new LinkedHashSet<>();
        for (String text : texts) {
            String value = print(parameter, text);
            if (!values.add(value)) {
                throw new IllegalArgumentException(parameter.key() + " lists " + value + " twice");
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException(parameter.key() + " lists no value");
        }
        return new Listed(parameter, List.copyOf(values));
    }

    /**
     * Lists {@code from, from + step, from + 2 step, ...} up to {@code to}.
     *
     * @throws IllegalArgumentException if the step is not positive or a value is outside the parameter's range
     */
    static Axis stepped(Parameter<?> parameter, BigDecimal from, BigDecimal to, BigDecimal step) {
        if (step.signum() <= 0) {
            throw new IllegalArgumentException(parameter.key() + ": step must be above 0, not " + step);
        }
        List<String> values = new ArrayList<>();
        for (BigDecimal value = from; value.compareTo(to) <= 0; value = value.add(step)) {
            append(parameter, value, values);
        }
        return ofRange(parameter, from, to, values);
    }

    /**
     * Lists {@code from, from factor, from factor^2, ...} up to {@code to}, rounded to whole numbers where the parameter
     * takes only those.
     *
     * @throws IllegalArgumentException if the factor is not above 1, from not above 0, or a value outside the range
     */
    static Axis multiplied(Parameter<?> parameter, BigDecimal from, BigDecimal to, BigDecimal factor) {
        if (factor.compareTo(BigDecimal.ONE) <= 0 || from.signum() <= 0) {
            throw new IllegalArgumentException(
                    parameter.key() + ": factor must be above 1 and from above 0, not " + factor + " and " + from);
        }
        boolean whole = parameter.domain() instanceof NumberDomain.Integers;
        List<String> values = new ArrayList<>();
        // Kept exact but for digits nobody prints, so that the product does not grow without end.
        MathContext kept = new MathContext(30, RoundingMode.HALF_EVEN);
        for (BigDecimal value = from; value.compareTo(to) <= 0; value = value.multiply(factor, kept)) {
            append(
                    parameter,
                    whole ? value.setScale(0, RoundingMode.HALF_EVEN) : value.round(new MathContext(12)),
                    values);
        }
        return ofRange(parameter, from, to, values.stream().distinct().toList());
    }

    private static void append(Parameter<?> parameter, BigDecimal value, List<String> values) {
        if (values.size() == MAX_VALUES) {
            throw new IllegalArgumentException(parameter.key() + " has more than " + MAX_VALUES + " values");
        }
        values.add(print(parameter, value.stripTrailingZeros().toPlainString()));
    }

    private static Axis ofRange(Parameter<?> parameter, BigDecimal from, BigDecimal to, List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(parameter.key() + ": from " + from + " is above to " + to);
        }
        return new Listed(parameter, List.copyOf(values));
    }

    /**
     * Takes an interval.
     *
     * @throws IllegalArgumentException if it is empty, reaches beyond the parameter's range, or is logarithmic and does
     *     not lie above 0
     */
    static Axis interval(Parameter<?> parameter, BigDecimal from, BigDecimal to, boolean logarithmic) {
        if (from.compareTo(to) >= 0) {
            throw new IllegalArgumentException(parameter.key() + ": from " + from + " is not below to " + to);
        }
        if (logarithmic && from.signum() <= 0) {
            throw new IllegalArgumentException(parameter.key() + ": from must be above 0, not " + from);
        }
        var unused = List.of(
                print(parameter, from.stripTrailingZeros().toPlainString()),
                print(parameter, to.stripTrailingZeros().toPlainString()));
        return new Interval(parameter, from.doubleValue(), to.doubleValue(), logarithmic);
    }
}
