package org.eiesim.models.data;

import org.eiesim.kernels.bits.FormatException;

/** Refuses numbers that no computation can go on with. */
final class FiniteValues {
    private FiniteValues() {}

    /**
     * Checks that all values are finite.
     *
     * @param name the file they come from
     * @param values the values
     * @throws FormatException naming the first that is NaN or infinite
     */
    static void require(String name, float[] values) throws FormatException {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new FormatException(name, "value " + i + " (from 0) is " + values[i]);
            }
        }
    }
}
