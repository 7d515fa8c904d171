package org.eiesim.compiler.ir.text;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Numbers as text that gives the same bits back: decimal where that is exact and short, else hexadecimal as
 * {@link Float#toHexString} writes it; {@code inf}, {@code -inf} and {@code nan}.
 */
final class Numbers {
    private static final int MAX_DIGITS = 6;
    private static final Pattern NUMBER =
            Pattern.compile("-?([0-9]+(\\.[0-9]*)?([eE]-?[0-9]+)?|0x[0-9a-f]*(\\.[0-9a-f]*)?p-?[0-9]+)");

    private Numbers() {}

    static String text(float value) {
        String special = special(value);
        return special.isEmpty() ? exact(value, Float.toHexString(value)) : special;
    }

    static String text(double value) {
        String special = special(value);
        return special.isEmpty() ? exact(value, Double.toHexString(value)) : special;
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "nan" : Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : "";
    }

    private static String exact(double value, String hexadecimal) {
        if (value == 0) {
            return 1 / value > 0 ? "0" : hexadecimal;
        }
        BigDecimal decimal = new BigDecimal(value).stripTrailingZeros();
        boolean isShort = decimal.precision() <= MAX_DIGITS && Math.abs(decimal.scale()) <= MAX_DIGITS;
        return isShort ? decimal.toPlainString() : hexadecimal;
    }

    /**
     * Reads a float.
     *
     * @throws NumberFormatException if it is none or too large
     */
    static float parseFloat(String text) {
        float special = (float) parseSpecial(text);
        if (special != 0) {
            return special;
        }
        float value = Float.parseFloat(text);
        requireFinite(value, text);
        return value;
    }

    /**
     * Reads a double.
     *
     * @throws NumberFormatException if it is none or too large
     */
    static double parseDouble(String text) {
        double special = parseSpecial(text);
        if (special != 0) {
            return special;
        }
        double value = Double.parseDouble(text);
        requireFinite(value, text);
        return value;
    }

    /** Returns an infinity or NaN, or 0 for the text of any other number. */
    private static double parseSpecial(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> {
                if (!NUMBER.matcher(text).matches()) {
                    throw new NumberFormatException(text);
                }
                yield 0;
            }
        };
    }

    private static void requireFinite(double value, String text) {
        if (Double.isInfinite(value)) {
            throw new NumberFormatException(text);
        }
    }
}
