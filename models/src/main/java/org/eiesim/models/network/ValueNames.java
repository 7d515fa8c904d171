package org.eiesim.models.network;

import java.util.regex.Pattern;

/** The form of names that users see: one line without slashes, so that files can bear them. */
public final class ValueNames {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_SHOWN = 80;
    private static final Pattern UNWANTED = Pattern.compile("[^\\p{L}\\p{N}._:+-]");

    private ValueNames() {}

    /**
     * Replaces what does not belong into a name.
     *
     * @param name the name a file gives
     * @return the name with dots for slashes and underscores for what is neither letter, digit nor one of {@code ._:+-}
     */
    public static String clean(String name) {
        String path = name.startsWith("/") ? name.substring(1) : name;
        String cut = path.length() > MAX_LENGTH ? path.substring(0, MAX_LENGTH) : path;
        String clean = UNWANTED.matcher(cut.replace('/', '.')).replaceAll("_");
        return clean.isEmpty() || clean.startsWith(".") ? "_" + clean : clean;
    }

    /**
     * Shortens a name for a message.
     *
     * @param name the name
     * @return the name, or its beginning
     */
    public static String shorten(String name) {
        return name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "...";
    }
}
