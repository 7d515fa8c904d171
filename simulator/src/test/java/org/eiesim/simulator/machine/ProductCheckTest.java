package org.eiesim.simulator.machine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.simulator.element.Arithmetic;
import org.eiesim.simulator.layers.WorkedExample;
import org.junit.jupiter.api.Test;

class ProductCheckTest {
    @Test
    void theWorkedExampleRuns() {
        ProductCheck.requireRunnable(WorkedExample.image(), WorkedExample.config());
    }

    @Test
    void everyBrokenInvariantIsNamed() {
        ProductImage good = WorkedExample.image();
        InterleavedCsc matrix = good.matrix();

        assertRefused(new ProductImage(matrix, new float[0], 8, false), "entry 0 of the codebook must be 0");
        assertRefused(new ProductImage(matrix, new float[] {1, 1}, 8, false), "entry 0 of the codebook must be 0");
        assertRefused(new ProductImage(matrix, new float[] {0, Float.NaN}, 8, false), "codebook entry 1 is NaN");
        assertRefused(
                new ProductImage(matrix, new float[13], 8, false),
                "PE 0, entry 12: code 13 is outside a codebook of 13");
        int[] descending = matrix.columnStarts()[0].clone();
        descending[3] = 3;
        assertRefused(withStarts(good, descending), "PE 0, column 2");
        InterleavedCsc short15 =
                new InterleavedCsc(12, 8, 4, 4, matrix.columnStarts(), matrix.codes(), matrix.relativeIndices());
        assertRefused(new ProductImage(short15, good.codebook(), 8, false), "local row 3 of a PE with 3");
    }

    private static ProductImage withStarts(ProductImage image, int[] starts) {
        InterleavedCsc matrix = image.matrix();
        int[][] all = matrix.columnStarts().clone();
        all[0] = starts;
        return new ProductImage(
                new InterleavedCsc(16, 8, 4, 4, all, matrix.codes(), matrix.relativeIndices()),
                image.codebook(),
                8,
                false);
    }

    private static void assertRefused(ProductImage image, String message) {
        assertThatThrownBy(() -> ProductCheck.requireRunnable(image, WorkedExample.config()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void productsMustFit32Bits() {
        assertThatThrownBy(() -> new Arithmetic.FixedPoint(
                        new QFormat(17, 0), new QFormat(16, 0), new QFormat(32, 0), Rounding.HALF_UP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("17-bit inputs times 16-bit weights exceed 32 bits");
        assertThatThrownBy(() -> new Arithmetic.FixedPoint(
                        new QFormat(16, 0), new QFormat(16, 0), new QFormat(32, 1), Rounding.HALF_UP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accumulator fraction 1 exceeds the product's 0");
    }
}
