package org.eiesim.models.zoo;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/**
 * Random weights: each is 0 unless drawn, with the layer's density, from a uniform distribution of variance {@code 2 /
 * (inputs * density)}, which keeps the size of activations. Every layer draws from a generator of its own, seeded with its
 * place, one number per weight, so that a hundred million take a second.
 */
final class SyntheticWeights {
    private static final double UNIT = 0x1p-31;

    private final long seed;
    private final ToDoubleFunction<String> density;
    private long numTensors;

    SyntheticWeights(long seed, ToDoubleFunction<String> density) {
        this.seed = seed;
        this.density = density;
    }

    /** Draws the weights of a layer. */
    Tensor weight(String layer, int fanIn, int... extents) {
        double share = density.applyAsDouble(layer);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the density of layer " + layer + " must be in (0, 1], not " + share);
        }
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + numTensors++);
        Shape shape = Shape.of(extents);
        float[] values = new float[shape.size()];
        long limit = Math.round(share * 0x1p32);
        float bound = (float) (Math.sqrt(6 / (fanIn * share)) * UNIT);
        for (int i = 0; i < values.length; i++) {
            long bits = random.nextLong();
            if ((bits & 0xFFFFFFFFL) < limit) {
                values[i] = bound * (int) (bits >> Integer.SIZE);
            }
        }
        return new Tensor(shape, values);
    }

    /** Returns a vector of one value. */
    static Tensor constant(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return new Tensor(Shape.of(length), values);
    }
}
