package org.eiesim.kernels.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FixedPointTest {
    private static final long SEED = 20260101;

    @Test
    void formatOfOneAndItsNeighbours() {
        // 1.0 * 2^15 = 32768 does not fit 16 bits, 2^14 does; 32767/32768 is the largest value with 15 places.
        assertThat(FixedPoint.formatFor(1.0, 16)).isEqualTo(new QFormat(16, 14));
        assertThat(FixedPoint.formatFor(32767 / 32768.0, 16)).isEqualTo(new QFormat(16, 15));
        assertThat(FixedPoint.formatFor(32767.4 / 32768.0, 16)).isEqualTo(new QFormat(16, 15));
        assertThat(FixedPoint.formatFor(32767.5 / 32768.0, 16)).isEqualTo(new QFormat(16, 14));
        assertThat(FixedPoint.formatFor(0, 16)).isEqualTo(new QFormat(16, 15));
        assertThat(FixedPoint.formatFor(0, 8)).isEqualTo(new QFormat(8, 7));
        assertThat(FixedPoint.formatFor(Double.MIN_VALUE, 16)).isEqualTo(new QFormat(16, 127));
        assertThat(FixedPoint.formatFor(1e6, 16)).isEqualTo(new QFormat(16, -5));
    }

    @Test
    void formatIsTheFinestThatHoldsTheMaximum() {
        Random random = new Random(SEED);
        for (int trial = 0; trial < 20_000; trial++) {
            int bits = 2 + random.nextInt(31);
            double maxAbs = Math.scalb(random.nextDouble(), random.nextInt(200) - 100);
            if (trial % 3 == 0) {
                maxAbs = Math.scalb(
                        (double) (1L << random.nextInt(40)) - 0.5 * random.nextInt(3), random.nextInt(60) - 50);
            }
            maxAbs = Math.abs(maxAbs);
            if (maxAbs == 0) {
                continue;
            }
            QFormat format = FixedPoint.formatFor(maxAbs, bits);
            assertThat(exactRaw(maxAbs, format.fractionBits()))
                    .as("seed %d trial %d: %s in %s", SEED, trial, maxAbs, format)
                    .isLessThanOrEqualTo(BigInteger.valueOf(format.maxRaw()));
            if (format.fractionBits() < 127) {
                assertThat(exactRaw(maxAbs, format.fractionBits() + 1))
                        .as("seed %d trial %d: %s one place finer than %s", SEED, trial, maxAbs, format)
                        .isGreaterThan(BigInteger.valueOf(format.maxRaw()));
            }
        }
    }

    @Test
    void quantizeRoundsHalfUpAndSaturates() {
        Random random = new Random(SEED + 1);
        float[] values = new float[20_000];
        int[] raw = new int[values.length];
        QFormat format = new QFormat(12, 7);
        int expectedSaturations = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 4 == 0 ? (random.nextInt(10_000) - 5_000) / 256f : (float) (random.nextGaussian() * 10);
            BigInteger exact = exactRaw(values[i], 7);
            BigInteger clamped = exact.max(BigInteger.valueOf(-2048)).min(BigInteger.valueOf(2047));
            expectedSaturations += exact.equals(clamped) ? 0 : 1;
            assertThat(FixedPoint.quantize(values[i], format))
                    .as("seed %d: %s", SEED + 1, values[i])
                    .isEqualTo(clamped.intValueExact());
        }
        assertThat(expectedSaturations).isPositive();
        assertThat(FixedPoint.quantize(values, 0, values.length, format, raw, 0))
                .isEqualTo(expectedSaturations);
        assertThat(raw[17]).isEqualTo(FixedPoint.quantize(values[17], format));
        // The largest double below one half: adding one half in floating point would round it up.
        assertThat(FixedPoint.quantize(0.49999999999999994, new QFormat(16, 0))).isZero();
        assertThat(FixedPoint.quantize(-0.5, new QFormat(16, 0))).isZero();
        assertThat(FixedPoint.quantize(1e300, new QFormat(16, 127))).isEqualTo(32767);
        assertThat(FixedPoint.quantize(-1e300, new QFormat(16, 127))).isEqualTo(-32768);
    }

    @Test
    void sectionsAreQuantizedAsSingleValuesAre() {
        Random random = new Random(5);
        float[] values = new float[64];
        int[] raw = new int[values.length];
        for (int round = 0; round < 500; round++) {
            QFormat format = new QFormat(2 + random.nextInt(31), -128 + random.nextInt(256));
            int expectedSaturations = 0;
            for (int i = 0; i < values.length; i++) {
                // Any finite bits; and halves of the unit, their neighbours and the ends of the range.
                float bits = Float.intBitsToFloat(random.nextInt());
                float half = (float) Math.scalb(random.nextInt(9) - 4.5, -format.fractionBits());
                float end =
                        (float) FixedPoint.dequantize(random.nextBoolean() ? format.maxRaw() : format.minRaw(), format);
                float value = List.of(bits, half, Math.nextUp(half), Math.nextDown(half), end, Math.nextUp(end))
                        .get(random.nextInt(6));
                values[i] = Float.isFinite(value) ? value : -0.0f;
                double exact = Math.scalb((double) values[i], format.fractionBits());
                expectedSaturations +=
                        Math.round(exact) > format.maxRaw() || Math.round(exact) < format.minRaw() ? 1 : 0;
            }
            assertThat(FixedPoint.quantize(values, 0, values.length, format, raw, 0))
                    .as("%s", format)
                    .isEqualTo(expectedSaturations);
            for (int i = 0; i < values.length; i++) {
                assertThat(raw[i]).as("%s in %s", values[i], format).isEqualTo(FixedPoint.quantize(values[i], format));
            }
        }
    }

    @Test
    void dequantizeIsExactAndInvertedByQuantize() {
        Random random = new Random(SEED + 2);
        for (int trial = 0; trial < 20_000; trial++) {
            QFormat format = new QFormat(2 + random.nextInt(31), random.nextInt(256) - 128);
            int raw = FixedPoint.saturate(random.nextInt(), format);
            double value = FixedPoint.dequantize(raw, format);
            assertThat(FixedPoint.quantize(value, format))
                    .as("%s %d", format, raw)
                    .isEqualTo(raw);
            BigDecimal scale = new BigDecimal(BigInteger.TWO.pow(Math.abs(format.fractionBits())));
            BigDecimal exact =
                    format.fractionBits() < 0 ? new BigDecimal(raw).multiply(scale) : new BigDecimal(raw).divide(scale);
            assertThat(new BigDecimal(value)).isEqualByComparingTo(exact);
        }
    }

    @Test
    void shiftRightEqualsExactDivision() {
        Random random = new Random(SEED + 3);
        for (int trial = 0; trial < 40_000; trial++) {
            int shift = random.nextInt(71);
            long value = random.nextLong() >> random.nextInt(64);
            if (trial % 2 == 0 && shift > 0 && shift < 63) {
                // An exact tie.
                value = value >> shift << shift | 1L << (shift - 1);
            }
            if (trial % 100 == 0) {
                value = trial % 200 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            BigDecimal exact = new BigDecimal(value).divide(new BigDecimal(BigInteger.TWO.pow(shift)));
            for (Rounding rounding : Rounding.values()) {
                BigDecimal expected = switch (rounding) {
                    case HALF_UP -> exact.add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR);
                    case TRUNCATE -> exact.setScale(0, RoundingMode.FLOOR);
                    case HALF_EVEN -> exact.setScale(0, RoundingMode.HALF_EVEN);
                };
                assertThat(BigDecimal.valueOf(FixedPoint.shiftRight(value, shift, rounding)))
                        .as("seed %d trial %d: %d >> %d %s", SEED + 3, trial, value, shift, rounding)
                        .isEqualByComparingTo(expected);
            }
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> FixedPoint.formatFor(Double.NaN, 16)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> FixedPoint.formatFor(-1, 16)).hasMessageContaining("-1");
        assertThatThrownBy(() -> FixedPoint.formatFor(1, 1)).hasMessage("bits must be 2..32, not 1");
        assertThatThrownBy(() -> FixedPoint.formatFor(1e300, 8)).hasMessage("no format of 8 bits holds 1.0E300");
        assertThatThrownBy(() -> FixedPoint.quantize(Double.POSITIVE_INFINITY, new QFormat(8, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FixedPoint.shiftRight(1, -1, Rounding.TRUNCATE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BigInteger exactRaw(double value, int fractionBits) {
        BigDecimal scale = new BigDecimal(BigInteger.TWO.pow(Math.abs(fractionBits)));
        BigDecimal scaled =
                fractionBits < 0 ? new BigDecimal(value).divide(scale) : new BigDecimal(value).multiply(scale);
        return scaled.add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
    }
}
