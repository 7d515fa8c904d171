package org.eiesim.kernels.check;

/** Words of the user's as errors repeat them. */
public final class Quotes {
    private static final int MAX_LENGTH = 60;

    private Quotes() {}

    /**
     * Quotes a text.
     *
     * @param text what was written
     * @return it in double quotes, on one line and shortened if it is long
     */
    public static String quote(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return '"' + (line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line) + '"';
    }
}
