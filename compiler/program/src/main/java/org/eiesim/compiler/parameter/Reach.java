package org.eiesim.compiler.parameter;

import java.util.Locale;

/** How far a parameter reaches: what it changes first, or where its value holds. Each kind of table has its own enum. */
public interface Reach {
    /**
     * The constant's name.
     *
     * @return as in the source
     */
    String name();

    /**
     * The word tables show.
     *
     * @return the name in lower case
     */
    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What tables head the column of reaches with.
     *
     * @return a word
     */
    String heading();
}
