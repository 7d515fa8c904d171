package org.eiesim.simulator.layers;

import java.util.List;
import java.util.Random;
import org.eiesim.kernels.fixed.QFormat;
import org.eiesim.kernels.fixed.Rounding;
import org.eiesim.simulator.element.Arithmetic;

/** Fixed-point arithmetic of all widths, shifts and roundings, and raw values for it. */
public final class RandomArithmetic {
    private static final List<Rounding> ROUNDINGS = List.of(Rounding.values());

    private RandomArithmetic() {}

    /** Draws formats. */
    public static Arithmetic.FixedPoint draw(Random random) {
        int inputBits = 2 + random.nextInt(15);
        int weightBits = random.nextInt(4) == 0 ? 32 - inputBits : 2 + random.nextInt(15);
        int inputFraction = random.nextInt(inputBits);
        int weightFraction = random.nextInt(weightBits);
        int accumulatorBits = random.nextInt(3) == 0 ? 32 : 2 + random.nextInt(30);
        // A shift of 0, of some bits, or of so many that nothing is left.
        int shift = List.of(0, 1, 3, 5, 8, 14, 30, 31, 40).get(random.nextInt(9));
        return new Arithmetic.FixedPoint(
                new QFormat(inputBits, inputFraction),
                new QFormat(weightBits, weightFraction),
                new QFormat(accumulatorBits, inputFraction + weightFraction - shift),
                ROUNDINGS.get(random.nextInt(ROUNDINGS.size())));
    }

    /** Draws raw values, a share of which is not 0; of these every other is anything and every other an end of the range. */
    public static int[] raw(Random random, int length, QFormat format, double share) {
        int[] values = new int[length];
        long range = (long) format.maxRaw() - format.minRaw() + 1;
        for (int i = 0; i < length; i++) {
            if (random.nextDouble() < share) {
                long value = format.minRaw() + (long) (random.nextDouble() * range);
                int end = random.nextBoolean() ? format.minRaw() : format.maxRaw();
                values[i] = random.nextBoolean() ? (int) value : end;
            }
        }
        return values;
    }
}
