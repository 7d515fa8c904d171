package org.eiesim.models.zoo;

import java.util.Random;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;

/** Random tensors for untrained layers. {@link Random} draws the same numbers on every Java version. */
final class InitialWeights {
    private InitialWeights() {}

    /** Draws from {@code N(0, 2 / fanIn)} (He et al. 2015), for layers before a ReLU. */
    static Tensor heNormal(Shape shape, int fanIn, Random random) {
        double deviation = Math.sqrt(2.0 / fanIn);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return new Tensor(shape, values);
    }

    /** Draws uniformly from {@code +-sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio 2010), for linear layers. */
    static Tensor glorotUniform(Shape shape, int fanIn, int fanOut, Random random) {
        double bound = Math.sqrt(6.0 / ((double) fanIn + fanOut));
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return new Tensor(shape, values);
    }

    /** Returns a vector of zeros. */
    static Tensor zeros(int length) {
        return new Tensor(Shape.of(length), new float[length]);
    }
}
