package org.eiesim.benchmarks;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.eiesim.kernels.sparse.RelativeIndex;

/** Weights as training and pruning leave them: normally distributed, the small ones gone. Seeded. */
final class PrunedWeights {
    private static final long SEED = 1;
    private static final float SCALE = 0.01f;
    /** In standard deviations; keeps 9 % of a normal distribution. */
    private static final double THRESHOLD = 1.695;
    /** A shared weight for every so many standard deviations past the threshold. */
    private static final double CODE_STEP = 0.25;

    private static final int CODES_PER_SIGN = 7;
    private static final int INDEX_BITS = 4;
    private static final double DENSITY = 0.09;

    private PrunedWeights() {}

    /** Returns weights before pruning. */
    static float[] dense(int size) {
        Random random = new Random(SEED);
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = SCALE * (float) random.nextGaussian();
        }
        return weights;
    }

    /** Returns weights that were not pruned. */
    static float[] nonzeros(int size) {
        Random random = new Random(SEED);
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = SCALE * (float) drawKept(random);
        }
        return weights;
    }

    private static double drawKept(Random random) {
        double drawn = random.nextGaussian();
        while (Math.abs(drawn) < THRESHOLD) {
            drawn = random.nextGaussian();
        }
        return drawn;
    }

    /** Returns codebook indices of a pruned layer, 0 where a weight is gone. */
    static byte[] codes(int size, double density) {
        SplittableRandom place = new SplittableRandom(SEED);
        Random random = new Random(SEED);
        byte[] codes = new byte[size];
        for (int i = 0; i < size; i++) {
            if (place.nextDouble() < density) {
                double weight = drawKept(random);
                int step = Math.min(CODES_PER_SIGN - 1, (int) ((Math.abs(weight) - THRESHOLD) / CODE_STEP));
                codes[i] = (byte) (weight < 0 ? 1 + step : 1 + CODES_PER_SIGN + step);
            }
        }
        return codes;
    }

    /** Returns the first entries of a pruned layer's stream. */
    static RelativeIndex.Entries entries(int count) {
        byte[] codes = codes((int) (count / DENSITY) + 1000, DENSITY);
        RelativeIndex.Entries all = RelativeIndex.encode(codes, 0, codes.length, INDEX_BITS);
        return new RelativeIndex.Entries(Arrays.copyOf(all.codes(), count), Arrays.copyOf(all.zeroCounts(), count));
    }
}
