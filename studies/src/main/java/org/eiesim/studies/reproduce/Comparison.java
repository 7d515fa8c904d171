package org.eiesim.studies.reproduce;

import org.jspecify.annotations.Nullable;

/**
 * A number held against a printed one.
 *
 * @param item what it is of
 * @param quantity what is measured, with its unit
 * @param reference the printed number, or null where none is printed
 * @param ours the number found here
 * @param numDecimals decimals to show
 * @param input what ours was made from
 */
public record Comparison(
        String item, String quantity, @Nullable Double reference, double ours, int numDecimals, Input input) {
    /**
     * Returns how the numbers compare.
     *
     * @return ours over the printed one, or null if there is none or it is 0
     */
    public @Nullable Double ratio() {
        return reference == null || reference == 0 ? null : (Double) (ours / reference);
    }
}
