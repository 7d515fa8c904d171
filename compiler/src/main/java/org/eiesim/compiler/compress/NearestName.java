package org.eiesim.compiler.compress;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody who mistyped a name may have meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * Says which known name is nearest by edit distance (ties to the first).
     *
     * @param written the unknown name
     * @param known the known names, at least one
     * @return "did you mean X?" where X is near, else "known are X, Y, ..."
     */
    public static String suggest(String written, Collection<String> known) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(name -> distance(written, name)))
                .orElseThrow(() -> new IllegalArgumentException("no names are known"));
        return distance(written, nearest) <= Math.max(2, nearest.length() / 2)
                ? "did you mean " + nearest + "?"
                : "known are " + String.join(", ", known);
    }

    /** Levenshtein distance: the fewest insertions, deletions and substitutions that turn one word into the other. */
    static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
