package org.eiesim.studies.workload;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eiesim.simulator.exact.EntryCounts;
import org.eiesim.simulator.exact.SparsePattern;
import org.eiesim.simulator.machine.ProductImage;

/**
 * A layer with zeros drawn independently at its shape's densities: every weight is non-zero with the weight density,
 * every input live with the live density, every bias non-zero if the layer is biased. The same shape and seed give the
 * same layer. Immutable.
 *
 * @param shape the layer
 * @param seed what it was drawn from
 * @param weights the non-zero weights
 * @param bias the non-zero biases, one column
 * @param liveInputs the live inputs, ascending
 */
public record SyntheticLayer(LayerShape shape, long seed, SparsePattern weights, SparsePattern bias, int[] liveInputs) {
    private static final int CODEBOOK_SIZE = 16;

    /**
     * Draws a layer.
     *
     * @param shape its size and densities
     * @param seed the seed
     * @return the layer
     */
    public static SyntheticLayer draw(LayerShape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SparsePattern weights = drawWeights(shape, random.split());
        int[] biasRows = shape.biased() ? range(shape.numOutputs()) : new int[0];
        SparsePattern bias = new SparsePattern(shape.numOutputs(), new int[] {0, biasRows.length}, biasRows);
        IndexList live = new IndexList(shape.numInputs());
        live.drawFrom(random.split(), shape.numInputs(), shape.liveDensity());
        return new SyntheticLayer(shape, seed, weights, bias, live.toArray());
    }

    private static SparsePattern drawWeights(LayerShape shape, SplittableRandom random) {
        double expected = shape.weightDensity() * shape.numInputs() * shape.numOutputs();
        // Five standard deviations and more above the mean: the list hardly ever grows.
        IndexList rows = new IndexList((long) (expected + 5 * Math.sqrt(expected)) + 16);
        int[] starts = new int[shape.numInputs() + 1];
        for (int column = 0; column < shape.numInputs(); column++) {
            rows.drawFrom(random, shape.numOutputs(), shape.weightDensity());
            starts[column + 1] = rows.length();
        }
        return new SparsePattern(shape.numOutputs(), starts, rows.toArray());
    }

    private static int[] range(int length) {
        int[] range = new int[length];
        Arrays.setAll(range, i -> i);
        return range;
    }

    /**
     * Counts what each PE stores, for runs without outputs.
     *
     * @param numPes processing elements
     * @param indexBits bits of a relative index
     * @return the counts
     */
    public EntryCounts counts(int numPes, int indexBits) {
        return EntryCounts.of(weights, bias, numPes, indexBits);
    }

    /**
     * Encodes the layer with weights drawn from a codebook of 16.
     *
     * @param numPes processing elements
     * @param indexBits bits of a relative index
     * @return the weights, with the bias as last column
     */
    public ProductImage image(int numPes, int indexBits) {
        float[] codebook = new float[CODEBOOK_SIZE];
        for (int code = 1; code < CODEBOOK_SIZE; code++) {
            codebook[code] = (code - CODEBOOK_SIZE / 2.0f - 0.5f) / 128;
        }
        PatternEncoder encoder = new PatternEncoder(weights, bias, numPes, indexBits);
        return new ProductImage(encoder.encode(codes(weights, 1), codes(bias, 2)), codebook, shape.numInputs(), true);
    }

    private byte[] codes(SparsePattern pattern, int stream) {
        SplittableRandom random = new SplittableRandom(seed + 0x9E37_79B9_7F4A_7C15L * stream);
        byte[] codes = new byte[pattern.rows().length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) random.nextInt(1, CODEBOOK_SIZE);
        }
        return codes;
    }

    /**
     * Draws an input vector.
     *
     * @return zeros, and values in (0, 1] at the live inputs; a new array
     */
    public float[] inputs() {
        SplittableRandom random = new SplittableRandom(~seed);
        float[] inputs = new float[shape.numInputs()];
        for (int input : liveInputs) {
            inputs[input] = (1 + random.nextInt(1 << 20)) / (float) (1 << 20);
        }
        return inputs;
    }
}
