package org.eiesim.compiler.pass;

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
}
