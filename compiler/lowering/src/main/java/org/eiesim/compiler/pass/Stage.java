package org.eiesim.compiler.pass;

import java.util.List;

/** One step of lowering. */
public interface Stage {
    /**
     * Returns its name, as {@code --print-after} takes it.
     *
     * @return one word
     */
    String name();

    /**
     * Returns what it does.
     *
     * @return one sentence
     */
    String description();

    /**
     * Returns what it lets one choose.
     *
     * @return its options, none by default
     */
    default List<PassOption<?>> options() {
        return List.of();
    }
}
