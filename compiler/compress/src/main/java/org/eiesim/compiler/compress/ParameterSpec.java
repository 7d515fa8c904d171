package org.eiesim.compiler.compress;

import java.math.BigDecimal;
import java.util.List;
import org.eiesim.kernels.check.EditDistance;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a method: what a recipe may write and what it means.
 *
 * @param name its name in recipes
 * @param type the type of its values
 * @param scope whether it can differ between the layers of a step
 * @param defaultValue the value where a recipe gives none: Long, Double, String or Boolean by type; null where there is
 *     none
 * @param range the values it takes
 * @param alternatives parameters of which this is one way to say the same thing: giving one takes back the others
 * @param help one sentence
 */
public record ParameterSpec(
        String name,
        Type type,
        Scope scope,
        @Nullable Object defaultValue,
        Range range,
        List<String> alternatives,
        String help) {
    /** Types of values. */
    public enum Type {
        /** A whole number, held as Long. */
        INTEGER,
        /** A number, held as Double. */
        NUMBER,
        /** One of a list of words, held as String. */
        CHOICE,
        /** true or false, held as Boolean. */
        FLAG
    }

    /** Where a value holds. */
    public enum Scope {
        /** Each layer has its own value. */
        LAYER,
        /** One value for the whole step. */
        STEP
    }

    /**
     * The values a parameter takes.
     *
     * @param minimum the least number
     * @param maximum the greatest number
     * @param minimumIncluded whether the least number itself is taken
     * @param choices the words of a choice, else empty
     */
    public record Range(double minimum, double maximum, boolean minimumIncluded, List<String> choices) {
        static final Range NONE = new Range(0, 0, true, List.of());

        @Override
        public String toString() {
            if (!choices.isEmpty()) {
                return String.join(", ", choices);
            }
            String lower = (minimumIncluded ? "" : "above ") + plain(minimum);
            if (maximum == Double.MAX_VALUE) {
                return minimumIncluded ? lower + " or more" : lower;
            }
            return lower + " to " + plain(maximum);
        }

        /**
         * Writes a number without an exponent.
         *
         * @param value the number
         * @return its shortest decimal form
         */
        public static String plain(double value) {
            return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        }
    }

    /**
     * Makes a whole-number parameter of a step.
     *
     * @param name its name
     * @param defaultValue its default
     * @param minimum the least value
     * @param maximum the greatest value
     * @param help one sentence
     * @return the parameter
     */
    public static ParameterSpec integer(String name, long defaultValue, long minimum, long maximum, String help) {
        Range range = new Range(minimum, maximum, true, List.of());
        return new ParameterSpec(name, Type.INTEGER, Scope.STEP, defaultValue, range, List.of(), help);
    }

    /**
     * Makes a number parameter of a step.
     *
     * @param name its name
     * @param defaultValue its default, or null where there is none
     * @param minimum the least value
     * @param minimumIncluded whether the least value itself is taken
     * @param maximum the greatest value, taken too; {@link Double#MAX_VALUE} for no limit
     * @param help one sentence
     * @return the parameter
     */
    public static ParameterSpec number(
            String name,
            @Nullable Double defaultValue,
            double minimum,
            boolean minimumIncluded,
            double maximum,
            String help) {
        Range range = new Range(minimum, maximum, minimumIncluded, List.of());
        return new ParameterSpec(name, Type.NUMBER, Scope.STEP, defaultValue, range, List.of(), help);
    }

    /**
     * Makes a parameter of a step that is one of a list of words.
     *
     * @param name its name
     * @param defaultValue its default
     * @param choices the words
     * @param help one sentence
     * @return the parameter
     */
    public static ParameterSpec choice(String name, String defaultValue, List<String> choices, String help) {
        return new ParameterSpec(
                name, Type.CHOICE, Scope.STEP, defaultValue, new Range(0, 0, true, choices), List.of(), help);
    }

    /**
     * Makes a parameter of a step that is true or false.
     *
     * @param name its name
     * @param defaultValue its default
     * @param help one sentence
     * @return the parameter
     */
    public static ParameterSpec flag(String name, boolean defaultValue, String help) {
        return new ParameterSpec(name, Type.FLAG, Scope.STEP, defaultValue, Range.NONE, List.of(), help);
    }

    /**
     * Returns the same parameter with a value of its own for each layer.
     *
     * @return a copy with scope LAYER
     */
    public ParameterSpec perLayer() {
        return new ParameterSpec(name, type, Scope.LAYER, defaultValue, range, alternatives, help);
    }

    /**
     * Returns the same parameter as one way of several to say the same thing.
     *
     * @param others the names of the other ways
     * @return a copy that takes the others back when it is given
     */
    public ParameterSpec insteadOf(String... others) {
        return new ParameterSpec(name, type, scope, defaultValue, range, List.of(others), help);
    }

    /**
     * Turns what a recipe says into a value of this parameter's type.
     *
     * @param written a Long, Double, Boolean or String
     * @return the value
     * @throws IllegalArgumentException if it has another type or is out of range; the message names the parameter, what
     *     it takes and what was written
     */
    public Object check(Object written) {
        switch (type) {
            case INTEGER -> {
                if (written instanceof Long number && inRange(number)) {
                    return number;
                }
            }
            case NUMBER -> {
                if (written instanceof Number number && inRange(number.doubleValue())) {
                    return number.doubleValue();
                }
            }
            case CHOICE -> {
                if (written instanceof String word && range.choices().contains(word)) {
                    return word;
                }
                if (written instanceof String word) {
                    throw new IllegalArgumentException("unknown " + name + " \"" + word + "\""
                            + EditDistance.hint(", did you mean %s?", word, range.choices()));
                }
            }
            case FLAG -> {
                if (written instanceof Boolean) {
                    return written;
                }
            }
        }
        throw new IllegalArgumentException(name + " takes " + expectation() + ", not " + written);
    }

    private boolean inRange(double value) {
        return value <= range.maximum()
                && (range.minimumIncluded() ? value >= range.minimum() : value > range.minimum());
    }

    private String expectation() {
        return switch (type) {
            case INTEGER -> "a whole number, " + range;
            case NUMBER -> "a number, " + range;
            case CHOICE -> "one of " + range;
            case FLAG -> "true or false";
        };
    }
}
