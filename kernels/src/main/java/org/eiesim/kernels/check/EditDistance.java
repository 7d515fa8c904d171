package org.eiesim.kernels.check;

import java.util.Comparator;
import java.util.List;

/** Levenshtein's distance, for "did you mean". */
public final class EditDistance {
    private EditDistance() {}

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
