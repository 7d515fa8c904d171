package org.eiesim.compiler.ir.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words that name kinds of records, fields and choices: those of the code, in lower case. */
final class Kinds {
    private Kinds() {}

    /**
     * Returns the records a sealed interface permits, by their words.
     *
     * @throws IllegalStateException if two have the same
     */
    static Map<String, Class<?>> of(Class<?> type) {
        Map<String, Class<?>> kinds = new LinkedHashMap<>();
        add(type, kinds);
        return kinds;
    }

    private static void add(Class<?> type, Map<String, Class<?>> kinds) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                add(permitted, kinds);
            }
        } else if (kinds.put(word(type.getSimpleName()), type) != null) {
            throw new IllegalStateException("two kinds are called " + word(type.getSimpleName()));
        }
    }

    /** Turns {@code numInputs} or {@code HostWork} into {@code num_inputs} or {@code host_work}. */
    static String word(String identifier) {
        return identifier.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** Returns a choice's word. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the words of all choices. */
    static List<String> words(Class<?> choices) {
        List<String> words = new ArrayList<>();
        for (Object constant : choices.getEnumConstants()) {
            words.add(word((Enum<?>) constant));
        }
        return words;
    }
}
