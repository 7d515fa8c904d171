package org.eiesim.compiler.parameter;

import java.util.List;
import java.util.Map;
import org.eiesim.kernels.check.EditDistance;

/** Texts. */
public sealed interface WordDomain extends Domain<String> {
    @Override
    default String cast(Object value) {
        return (String) value;
    }

    @Override
    default String print(String value) {
        return value;
    }

    /** Hints at the word that was probably meant. */
    static String hint(Object written, List<String> words) {
        return written instanceof String word ? EditDistance.hint("; did you mean %s?", word, words) : "";
    }

    /**
     * A closed set of words.
     *
     * @param words all of them
     */
    record Words(List<String> words) implements WordDomain {
        /** Copies the list. */
        public Words {
            words = List.copyOf(words);
        }

        /**
         * A closed set of words.
         *
         * @param words all of them
         * @return the domain
         */
        public static Words of(String... words) {
            return new Words(List.of(words));
        }

        @Override
        public String kind() {
            return "choice";
        }

        @Override
        public String range() {
            return String.join(" | ", words);
        }

        @Override
        public String takes() {
            return "one of " + String.join(", ", words);
        }

        @Override
        public String read(String key, Object written) {
            if (written instanceof String word && words.contains(word)) {
                return word;
            }
            throw refused(key, written, hint(written, words));
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.keywords("enum", words);
        }
    }

    /**
     * Any text that is not empty.
     *
     * @param what what it is, with its article, such as {@code a name}
     */
    record Texts(String what) implements WordDomain {
        @Override
        public String kind() {
            return "text";
        }

        @Override
        public String range() {
            return what;
        }

        @Override
        public String takes() {
            return what;
        }

        @Override
        public String read(String key, Object written) {
            if (written instanceof String text && !text.isBlank()) {
                return text;
            }
            throw refused(key, written, "");
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.keywords("type", "string", "minLength", 1);
        }
    }

    /** Names of layers, and patterns of such names: {@code *} for any characters, {@code ?} for one. */
    record LayerPatterns() implements WordDomain {
        @Override
        public String kind() {
            return "layer pattern";
        }

        @Override
        public String range() {
            return "a name, or a pattern with * and ?";
        }

        @Override
        public String takes() {
            return "the name of a layer, or a pattern with * and ?";
        }

        @Override
        public String read(String key, Object written) {
            if (written instanceof List || written.toString().isEmpty()) {
                throw refused(key, written, "");
            }
            // Layers may be called 1 or true.
            return written.toString();
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.keywords("type", List.of("string", "number", "boolean"), "minLength", 1);
        }
    }
}
