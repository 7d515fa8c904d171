package org.eiesim.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for people, each in the unit in which it is at least 1 and below 1000, with four
 * significant digits. JSON has fixed units.
 */
final class ScaledNumbers {
    private static final String DASH = "-";
    private static final double STEP = 1000;
    private static final String[] TIME = {"ns", "us", "ms", "s"};
    private static final String[] ENERGY = {"pJ", "nJ", "uJ", "mJ", "J"};
    private static final String[] POWER = {"uW", "mW", "W"};
    private static final String[] SIZE = {"bytes", "KB", "MB", "GB"};
    private static final int DIGITS = 4;

    /** Half of the last digit of numbers just below 1000. */
    private static final double HALF_DIGIT = 0.05;

    private ScaledNumbers() {}

    /** Returns a time, such as {@code 8.81 ms}. */
    static String time(@Nullable Double microseconds) {
        return scaled(microseconds, TIME, 1);
    }

    /** Returns an energy, such as {@code 1.462 uJ}. */
    static String energy(@Nullable Double nanojoules) {
        return scaled(nanojoules, ENERGY, 1);
    }

    /** Returns a power, such as {@code 590 mW}. */
    static String power(@Nullable Double milliwatts) {
        return scaled(milliwatts, POWER, 1);
    }

    /** Returns a size, such as {@code 12.3 KB} (1 KB = 1000 bytes); below 1 KB every byte. */
    static String size(long bytes) {
        return scaled((double) bytes, SIZE, 0);
    }

    /** Returns an area. */
    static String area(@Nullable Double squareMillimetres) {
        return squareMillimetres == null ? DASH : digits(squareMillimetres) + " mm2";
    }

    /** Returns a number with four significant digits, or all digits before the point; a dash where it is not finite. */
    static String digits(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return DASH;
        }
        BigDecimal rounded = Math.abs(value) >= Math.pow(10, DIGITS)
                ? BigDecimal.valueOf(value).setScale(0, RoundingMode.HALF_UP)
                : BigDecimal.valueOf(value).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Returns a number of a unit, as a run's JSON names it, scaled where that unit is one of these. */
    static String of(@Nullable Double value, String unit) {
        return switch (unit) {
            case "us" -> time(value);
            case "nJ" -> energy(value);
            case "mW" -> power(value);
            case "mm2" -> area(value);
            case "MHz" -> digits(value) + (value == null ? "" : " MHz");
            default -> digits(value);
        };
    }

    /** Scales a value that is in the unit of an index. */
    private static String scaled(@Nullable Double value, String[] units, int index) {
        if (value == null || !Double.isFinite(value)) {
            return DASH;
        }
        double number = value;
        int unit = index;
        while (unit > 0 && number != 0 && Math.abs(number) < 1) {
            number *= STEP;
            unit--;
        }
        // What rounds to 1000 belongs to the next unit.
        while (unit + 1 < units.length && Math.abs(number) >= STEP - HALF_DIGIT) {
            number /= STEP;
            unit++;
        }
        return digits(number) + " " + units[unit];
    }
}
