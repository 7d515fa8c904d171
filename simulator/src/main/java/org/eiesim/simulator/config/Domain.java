package org.eiesim.simulator.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eiesim.simulator.figures.OwnFigures;
import org.eiesim.simulator.figures.OwnFiguresReader;

/**
 * The values a parameter may take, and how they are written.
 *
 * @param <T> type of a value
 */
public sealed interface Domain<T> permits Domain.Integers, Domain.Decimals, Domain.Choices, Domain.Figures {
    /**
     * Returns the Java type of a value.
     *
     * @return the class
     */
    Class<T> type();

    /**
     * Returns the word that names this kind of value in tables.
     *
     * @return {@code integer}, {@code decimal}, {@code choice} or {@code file}
     */
    String kind();

    /**
     * Returns the values allowed, as tables and errors show them.
     *
     * @return such as {@code 2..512} or {@code nonzero | positive}
     */
    String range();

    /**
     * Reads a value.
     *
     * @param text the value as a user writes it
     * @return the value
     * @throws IllegalArgumentException if it is no such value or outside the range; the message names both
     */
    T parse(String text);

    /**
     * Writes a value so that {@link #parse} reads it back.
     *
     * @param value a value of this domain
     * @return its text
     */
    String print(T value);

    /**
     * Whole numbers.
     *
     * @param min the smallest
     * @param max the largest
     */
    record Integers(int min, int max) implements Domain<Integer> {
        @Override
        public Class<Integer> type() {
            return Integer.class;
        }

        @Override
        public String kind() {
            return "integer";
        }

        @Override
        public String range() {
            return min == max ? Integer.toString(min) : min + ".." + max;
        }

        @Override
        public Integer parse(String text) {
            int value;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(Quotes.quote(text) + " is not an integer in " + range(), e);
            }
            if (value < min || value > max) {
                throw new IllegalArgumentException(value + " is outside " + range());
            }
            return value;
        }

        @Override
        public String print(Integer value) {
            return value.toString();
        }
    }

    /**
     * Decimal numbers.
     *
     * @param min the smallest
     * @param max the largest
     */
    record Decimals(double min, double max) implements Domain<Double> {
        @Override
        public Class<Double> type() {
            return Double.class;
        }

        @Override
        public String kind() {
            return "decimal";
        }

        @Override
        public String range() {
            return shortest(min) + ".." + shortest(max);
        }

        @Override
        public Double parse(String text) {
            double value;
            try {
                value = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(Quotes.quote(text) + " is not a number in " + range(), e);
            }
            // Written so that NaN is outside too.
            if (!(value >= min && value <= max)) {
                throw new IllegalArgumentException(Quotes.quote(text) + " is outside " + range());
            }
            return value;
        }

        @Override
        public String print(Double value) {
            return shortest(value);
        }

        private static String shortest(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e9
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
    }

    /** Figures of energy and area: {@link OwnFigures#BUILT_IN}, or a file, read and checked when it is named. */
    record Figures() implements Domain<OwnFigures> {
        @Override
        public Class<OwnFigures> type() {
            return OwnFigures.class;
        }

        @Override
        public String kind() {
            return "file";
        }

        @Override
        public String range() {
            return OwnFigures.BUILT_IN + " or a file";
        }

        @Override
        public OwnFigures parse(String text) {
            if (text.equals(OwnFigures.BUILT_IN)) {
                return OwnFigures.NONE;
            }
            try {
                return OwnFiguresReader.read(Path.of(text));
            } catch (IOException | InvalidPathException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        @Override
        public String print(OwnFigures value) {
            return value.name();
        }
    }

    /**
     * A closed set of words: the constants of an enum in lower case.
     *
     * @param type the enum
     * @param <E> the enum
     */
    record Choices<E extends Enum<E>>(Class<E> type) implements Domain<E> {
        @Override
        public String kind() {
            return "choice";
        }

        @Override
        public String range() {
            return Arrays.stream(type.getEnumConstants()).map(this::print).collect(Collectors.joining(" | "));
        }

        @Override
        public E parse(String text) {
            for (E constant : type.getEnumConstants()) {
                if (print(constant).equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(Quotes.quote(text) + " is not one of " + range());
        }

        @Override
        public String print(E value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }
}
