package org.eiesim.compiler.compress;

import java.util.Locale;

/** What a method is. */
public enum MethodKind {
    /** Stored tensor to effective tensor. */
    PARAMETRIZATION,
    /** Network to network. */
    TRANSFORMATION,
    /** An extra loss term. */
    OBJECTIVE,
    /** Chooses the numbers of other methods. */
    SEARCH,
    /** Plain training. */
    TRAINING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
