package org.eiesim.cli;

import java.util.Locale;

/** How numbers of images and parts of them are printed. */
final class Accuracies {
    private Accuracies() {}

    /** Returns a part of 0..1 in percent with two decimals, a dash where it is not known. */
    static String percent(double part) {
        return Double.isNaN(part) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * part);
    }

    /** Returns a whole number with its thousands apart. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
