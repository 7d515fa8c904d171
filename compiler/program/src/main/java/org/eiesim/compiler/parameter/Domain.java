package org.eiesim.compiler.parameter;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eiesim.kernels.check.Quotes;

/**
 * The values a parameter takes, and how they are written.
 *
 * @param <T> type of a value
 */
public sealed interface Domain<T> permits Domain.Choices, Domain.Files, Domain.Lists, NumberDomain, WordDomain {
    /**
     * Casts a value of this domain.
     *
     * @param value what {@link #read} returned
     * @return the same
     */
    T cast(Object value);

    /**
     * The word that names this kind of value in tables.
     *
     * @return such as {@code integer} or {@code choice}
     */
    String kind();

    /**
     * The values taken, as tables show them.
     *
     * @return such as {@code 2..512} or {@code nonzero | positive}
     */
    String range();

    /**
     * What a parameter takes, as messages say it.
     *
     * @return such as {@code a whole number, 2..512}
     */
    String takes();

    /**
     * Reads a value.
     *
     * @param key what is read, for messages
     * @param written a text, a number, true or false, a list of these, or a value of this domain
     * @return the value
     * @throws IllegalArgumentException if it is no such value; the message names key, what it takes and what was written
     */
    T read(String key, Object written);

    /**
     * Writes a value so that {@link #read} reads it back.
     *
     * @param value a value of this domain
     * @return its text
     */
    String print(T value);

    /**
     * This domain in JSON Schema.
     *
     * @return keywords and their values
     */
    Map<String, Object> schema();

    /**
     * Says that something else was written.
     *
     * @param key what is read
     * @param written what was written
     * @param hint what was probably meant, such as {@code "; did you mean adam?"}, or nothing
     * @return the exception to throw
     */
    default IllegalArgumentException refused(String key, Object written, String hint) {
        String shown = written instanceof List ? "a list" : written.toString();
        return new IllegalArgumentException(key + " takes " + takes() + ", not "
                + (written instanceof String text ? Quotes.quote(text) : shown) + hint);
    }

    /**
     * A closed set of words: the constants of an enum in lower case.
     *
     * @param type the enum
     * @param <E> the enum
     */
    record Choices<E extends Enum<E>>(Class<E> type) implements Domain<E> {
        private List<String> words() {
            return Arrays.stream(type.getEnumConstants()).map(this::print).toList();
        }

        @Override
        public E cast(Object value) {
            return type.cast(value);
        }

        @Override
        public String kind() {
            return "choice";
        }

        @Override
        public String range() {
            return String.join(" | ", words());
        }

        @Override
        public String takes() {
            return "one of " + String.join(", ", words());
        }

        @Override
        public E read(String key, Object written) {
            for (E constant : type.getEnumConstants()) {
                if (constant == written || print(constant).equals(written)) {
                    return constant;
                }
            }
            throw refused(key, written, WordDomain.hint(written, words()));
        }

        @Override
        public String print(E value) {
            return value.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.keywords("enum", words());
        }
    }

    /**
     * A file, opened and checked when it is named, or one of some names that stand for what comes with the tool.
     *
     * @param type the type of what is opened
     * @param names what may be written in place of a path
     * @param opener opens a name or a path
     * @param <T> what is opened
     */
    record Files<T>(Class<T> type, List<String> names, Opener<T> opener) implements Domain<T> {
        /**
         * Opens a name or a path.
         *
         * @param <T> what is opened
         */
        public interface Opener<T> {
            /**
             * Opens it.
             *
             * @param nameOrPath one of the names, or a path
             * @return what is there
             * @throws IOException if it cannot be read or is not right
             * @throws IllegalArgumentException if it is no path
             */
            T open(String nameOrPath) throws IOException;

            /**
             * Names what was opened.
             *
             * @param value what {@link #open} returned
             * @return its name or path
             */
            String name(T value);
        }

        /** Leaves a path as it is. */
        private record Path() implements Opener<String> {
            @Override
            public String open(String nameOrPath) {
                return nameOrPath;
            }

            @Override
            public String name(String value) {
                return value;
            }
        }

        /**
         * Paths that their reader opens itself.
         *
         * @param names what may be written in place of a path
         * @return the domain
         */
        public static Files<String> paths(List<String> names) {
            return new Files<>(String.class, names, new Path());
        }

        @Override
        public T cast(Object value) {
            return type.cast(value);
        }

        @Override
        public String kind() {
            return "file";
        }

        @Override
        public String range() {
            return names.isEmpty() ? "a file" : String.join(", ", names) + " or a file";
        }

        @Override
        public String takes() {
            return range();
        }

        @Override
        public T read(String key, Object written) {
            if (type.isInstance(written)) {
                return type.cast(written);
            }
            if (written instanceof List) {
                throw refused(key, written, "");
            }
            try {
                return opener.open(written.toString());
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
            }
        }

        @Override
        public String print(T value) {
            return opener.name(value);
        }

        @Override
        public Map<String, Object> schema() {
            return names.isEmpty()
                    ? JsonSchema.keywords("type", "string")
                    : JsonSchema.keywords("type", "string", "examples", names);
        }
    }

    /**
     * A list of values, or one alone.
     *
     * @param element what each takes
     * @param <T> type of each
     */
    record Lists<T>(Domain<T> element) implements Domain<List<T>> {
        @Override
        public List<T> cast(Object value) {
            return ((List<?>) value).stream().map(element::cast).toList();
        }

        @Override
        public String kind() {
            return "list";
        }

        @Override
        public String range() {
            return element.range();
        }

        @Override
        public String takes() {
            return element.takes() + ", or a list of these";
        }

        @Override
        public List<T> read(String key, Object written) {
            if (!(written instanceof List<?> items)) {
                return List.of(element.read(key, written));
            }
            if (items.isEmpty()) {
                throw new IllegalArgumentException(key + " takes " + takes() + ", not an empty list");
            }
            return items.stream().map(item -> element.read(key, item)).toList();
        }

        @Override
        public String print(List<T> value) {
            return value.stream().map(element::print).toList().toString();
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.keywords(
                    "anyOf",
                    List.of(
                            element.schema(),
                            JsonSchema.keywords("type", "array", "items", element.schema(), "minItems", 1)));
        }
    }
}
