package org.eiesim.kernels.check;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Levenshtein's distance, for "did you mean". */
public final class EditDistance {
    /** More mistakes than these are another word. */
    private static final int MAX_MISTAKES = 3;

    /** From so many letters on, the beginning of a word says which one is meant. */
    private static final int MIN_BEGINNING = 3;

    private EditDistance() {}

    /**
     * Returns a hint at the candidate that was probably meant, or nothing where none is near: one is near if half of the
     * word's letters are right and no more than three are wrong, or if it begins with the word.
     *
     * @param format the hint, with {@code %s} where the candidate goes, such as {@code ", did you mean %s?"}
     * @param word what was written
     * @param candidates what could have been meant
     * @return the hint, or an empty text
     */
    public static String hint(String format, String word, List<String> candidates) {
        if (candidates.isEmpty()) {
            return "";
        }
        String nearest = nearest(word, candidates);
        int mistakes = Math.min(MAX_MISTAKES, Math.max(1, word.length() / 2));
        if (word.length() < 2 || between(word, nearest) > mistakes) {
            return candidates.stream()
                    .filter(candidate -> word.length() >= MIN_BEGINNING && candidate.startsWith(word))
                    .findFirst()
                    .map(candidate -> String.format(Locale.ROOT, format, candidate))
                    .orElse("");
        }
        return String.format(Locale.ROOT, format, nearest);
    }

    /**
     * Returns the candidate that needs the fewest insertions, deletions and replacements.
     *
     * @param word what was written
     * @param candidates what could have been meant, at least one
     * @return the nearest candidate, the first of equals
     */
    public static String nearest(String word, List<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> between(word, candidate)))
                .orElseThrow();
    }

    /** Returns the least number of single-character insertions, deletions and replacements that turn a into b. */
    static int between(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
