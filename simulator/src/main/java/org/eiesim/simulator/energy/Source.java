package org.eiesim.simulator.energy;

import java.util.Locale;

/**
 * Where a figure comes from.
 *
 * @param basis how firm it is
 * @param citation paper and table, or tool and version
 */
public record Source(Basis basis, String citation) {
    /** How firm a figure is. */
    public enum Basis {
        /** Printed in a paper or part of a published library. */
        PUBLISHED,
        /** Computed by a published tool. */
        TOOL,
        /** Computed from published figures. */
        DERIVED,
        /** An estimate of this project. */
        ESTIMATE,
        /** Set by the user as a parameter of the machine. */
        PARAMETER,
        /** Given by the user in a file of figures. */
        OWN
    }

    @Override
    public String toString() {
        return citation + " [" + basis.name().toLowerCase(Locale.ROOT) + "]";
    }
}
