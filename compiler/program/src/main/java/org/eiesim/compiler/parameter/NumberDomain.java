package org.eiesim.compiler.parameter;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and truth values.
 *
 * @param <T> type of a value
 */
public sealed interface NumberDomain<T> extends Domain<T> {
    /**
     * Whole numbers.
     *
     * @param min the smallest
     * @param max the largest; {@link Integer#MAX_VALUE} for no limit
     */
    record Integers(int min, int max) implements NumberDomain<Integer> {
        @Override
        public Integer cast(Object value) {
            return (Integer) value;
        }

        @Override
        public String kind() {
            return "integer";
        }

        @Override
        public String range() {
            if (max == Integer.MAX_VALUE) {
                return min + " or more";
            }
            return min == max ? Integer.toString(min) : min + ".." + max;
        }

        @Override
        public String takes() {
            return "a whole number, " + range();
        }

        @Override
        public Integer read(String key, Object written) {
            Long value = whole(written);
            if (value == null || value < min || value > max) {
                throw refused(key, written, "");
            }
            return value.intValue();
        }

        @Override
        public String print(Integer value) {
            return value.toString();
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.keywords("type", "integer", "minimum", min, "maximum", max);
        }
    }

    /** Whole numbers of 64 bits, such as seeds. */
    record Longs() implements NumberDomain<Long> {
        @Override
        public Long cast(Object value) {
            return (Long) value;
        }

        @Override
        public String kind() {
            return "integer";
        }

        @Override
        public String range() {
            return "any";
        }

        @Override
        public String takes() {
            return "a whole number";
        }

        @Override
        public Long read(String key, Object written) {
            Long value = whole(written);
            if (value == null) {
                throw refused(key, written, "");
            }
            return value;
        }

        @Override
        public String print(Long value) {
            return value.toString();
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.keywords("type", "integer");
        }
    }

    /**
     * Decimal numbers.
     *
     * @param min the smallest
     * @param max the largest, taken too; {@link Double#MAX_VALUE} for no limit
     * @param minIncluded whether the smallest itself is taken
     */
    record Decimals(double min, double max, boolean minIncluded) implements NumberDomain<Double> {
        /**
         * Decimal numbers, both ends taken.
         *
         * @param min the smallest
         * @param max the largest
         */
        public Decimals(double min, double max) {
            this(min, max, true);
        }

        /**
         * Decimal numbers above a limit.
         *
         * @param min what they are above
         * @param max the largest, taken too
         * @return the domain
         */
        public static Decimals above(double min, double max) {
            return new Decimals(min, max, false);
        }

        @Override
        public Double cast(Object value) {
            return (Double) value;
        }

        @Override
        public String kind() {
            return "decimal";
        }

        @Override
        public String range() {
            boolean unlimited = max == Double.MAX_VALUE;
            if (unlimited && min == -Double.MAX_VALUE) {
                return "any";
            }
            if (minIncluded) {
                return unlimited ? shortest(min) + " or more" : shortest(min) + ".." + shortest(max);
            }
            return unlimited ? "above " + shortest(min) : "above " + shortest(min) + ", at most " + shortest(max);
        }

        @Override
        public String takes() {
            return "a number, " + range();
        }

        @Override
        public Double read(String key, Object written) {
            double value = Double.NaN;
            if (written instanceof Number number) {
                value = number.doubleValue();
            } else if (written instanceof String text) {
                try {
                    value = Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw refused(key, written, "");
                }
            }
            // Written so that NaN is refused too.
            if (!(value <= max && (minIncluded ? value >= min : value > min))) {
                throw refused(key, written, "");
            }
            return value;
        }

        @Override
        public String print(Double value) {
            return shortest(value);
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("type", "number");
            if (min != -Double.MAX_VALUE) {
                schema.put(minIncluded ? "minimum" : "exclusiveMinimum", new BigDecimal(shortest(min)));
            }
            if (max != Double.MAX_VALUE) {
                schema.put("maximum", new BigDecimal(shortest(max)));
            }
            return schema;
        }

        private static String shortest(double value) {
            return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        }
    }

    /** True and false. */
    record Flags() implements NumberDomain<Boolean> {
        @Override
        public Boolean cast(Object value) {
            return (Boolean) value;
        }

        @Override
        public String kind() {
            return "flag";
        }

        @Override
        public String range() {
            return "true | false";
        }

        @Override
        public String takes() {
            return "true or false";
        }

        @Override
        public Boolean read(String key, Object written) {
            if (written instanceof Boolean flag) {
                return flag;
            }
            if (written.equals("true") || written.equals("false")) {
                return written.equals("true");
            }
            throw refused(key, written, "");
        }

        @Override
        public String print(Boolean value) {
            return value.toString();
        }

        @Override
        public Map<String, Object> schema() {
            return JsonSchema.keywords("type", "boolean");
        }
    }

    private static @Nullable Long whole(Object written) {
        if (written instanceof Long || written instanceof Integer) {
            return ((Number) written).longValue();
        }
        if (written instanceof String text) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }
}
