package org.eiesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaledNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "8812.3, 8.812 ms",
        "0.3312, 331.2 ns",
        "66, 66 us",
        "999.94, 999.9 us",
        "999.99, 1 ms",
        "2500000, 2.5 s",
        "3e9, 3000 s",
        "0.00001, 0.01 ns",
        "0, 0 us",
        "-10.8, -10.8 us",
        "NaN, -",
    })
    void aTimeIsInItsUnit(double microseconds, String text) {
        assertThat(ScaledNumbers.time(microseconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"999, 999 bytes", "1000, 1 KB", "22680, 22.68 KB", "1066949, 1.067 MB", "0, 0 bytes"})
    void aSizeIsInPowersOfThousand(long bytes, String text) {
        assertThat(ScaledNumbers.size(bytes)).isEqualTo(text);
    }

    @Test
    void everyUnitOfARunHasItsScale() {
        assertThat(ScaledNumbers.of(1461.8, "nJ")).isEqualTo("1.462 uJ");
        assertThat(ScaledNumbers.of(1539.0, "mW")).isEqualTo("1.539 W");
        assertThat(ScaledNumbers.of(40.63, "mm2")).isEqualTo("40.63 mm2");
        assertThat(ScaledNumbers.of(123456.0, "cycles")).isEqualTo("123456");
        assertThat(ScaledNumbers.of(null, "us")).isEqualTo("-");
    }
}
