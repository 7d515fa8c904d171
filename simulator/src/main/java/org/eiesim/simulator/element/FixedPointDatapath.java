package org.eiesim.simulator.element;

import org.eiesim.kernels.fixed.FixedPoint;
import org.eiesim.kernels.fixed.Rounding;

/** Two's complement: products exact in 32 bits, shifted to the accumulator's format, added with saturation. */
final class FixedPointDatapath implements Datapath {
    private final int[] codebook;
    private final int shift;
    private final Rounding rounding;
    private final int min;
    private final int max;
    private long saturations;

    FixedPointDatapath(Arithmetic.FixedPoint arithmetic, float[] codebook) {
        this.codebook = arithmetic.rawCodebook(codebook);
        shift = arithmetic.shift();
        rounding = arithmetic.rounding();
        min = arithmetic.accumulator().minRaw();
        max = arithmetic.accumulator().maxRaw();
    }

    @Override
    public int weight(int code) {
        return codebook[code];
    }

    @Override
    public int multiply(int weight, int activation) {
        return weight * activation;
    }

    @Override
    public int add(int accumulator, int product) {
        long sum = accumulator + FixedPoint.shiftRight(product, shift, rounding);
        if (sum > max) {
            saturations++;
            return max;
        }
        if (sum < min) {
            saturations++;
            return min;
        }
        return (int) sum;
    }

    @Override
    public long takeSaturations() {
        long taken = saturations;
        saturations = 0;
        return taken;
    }
}
