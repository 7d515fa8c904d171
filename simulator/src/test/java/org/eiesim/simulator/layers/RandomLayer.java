package org.eiesim.simulator.layers;

import java.util.Random;
import org.eiesim.kernels.sparse.InterleavedCsc;
import org.eiesim.kernels.sparse.InterleavedCscBuilder;
import org.eiesim.simulator.config.LiveInputs;
import org.eiesim.simulator.config.MachineConfig;
import org.eiesim.simulator.config.Parameters;
import org.eiesim.simulator.machine.ProductImage;

/**
 * A small layer, its machine and an input vector, all drawn from a seed: shapes and parameters lean to the corners
 * (one PE, one input, nothing live, all zero, a ring of two, inputs that do not fill a row, some rows much denser).
 *
 * @param seed what it was drawn from
 * @param image the weights
 * @param config the machine
 * @param inputs the inputs
 */
public record RandomLayer(long seed, ProductImage image, MachineConfig config, float[] inputs) {
    private static final double[] SHARES = {0, 0.01, 0.05, 0.1, 0.3, 0.6, 1};

    /** Draws a layer for a machine that broadcasts one input a cycle. */
    public static RandomLayer draw(long seed) {
        return draw(seed, 1);
    }

    /** Draws a layer for a machine of a broadcast width. */
    public static RandomLayer draw(long seed, int broadcastWidth) {
        Random random = new Random(seed);
        int numPes = pick(random, 1, 2, 3, 4, 8, 16, 31, 64, 100, 256);
        int numInputs = random.nextInt(8) == 0 ? 1 : 1 + random.nextInt(200);
        int numRows = 1 + random.nextInt(Math.min(400, 20_000 / numInputs));
        boolean bias = random.nextBoolean();
        int indexBits = pick(random, 1, 2, 3, 4, 4, 8, 16);
        byte[] codes = codes(random, numRows, numInputs);
        InterleavedCsc matrix = bias
                ? InterleavedCscBuilder.build(codes, numRows, numInputs, numPes, indexBits, codes(random, numRows, 1))
                : InterleavedCscBuilder.build(codes, numRows, numInputs, numPes, indexBits);
        MachineConfig config = MachineConfig.defaults()
                .with(Parameters.PES, numPes)
                .with(Parameters.INDEX_BITS, indexBits)
                .with(Parameters.QUEUE_SLOTS, pick(random, 2, 3, 4, 5, 8, 8, 16, 64))
                .with(Parameters.SPMAT_ROW_ENTRIES, pick(random, 1, 2, 3, 4, 8, 8, 13, 64))
                .with(Parameters.BROADCAST_WIDTH, broadcastWidth)
                .with(Parameters.LIVE_INPUTS, random.nextBoolean() ? LiveInputs.NONZERO : LiveInputs.POSITIVE);
        return new RandomLayer(
                seed, new ProductImage(matrix, codebook(random), numInputs, bias), config, inputs(random, numInputs));
    }

    /**
     * Draws a layer as the authors' simulator would run it: 1..256 PEs, rings of 2..64, weight rows of 2..64 entries, 4-bit
     * indices, positive inputs live, few or many of them, often skewed rows.
     */
    public static RandomLayer drawLikeReference(long seed) {
        Random random = new Random(~seed);
        int numPes = 1 + random.nextInt(256);
        int numInputs = 1 + random.nextInt(500);
        int numRows = 1 + random.nextInt(500);
        byte[] codes = codes(random, numRows, numInputs);
        boolean bias = random.nextInt(3) > 0;
        InterleavedCsc matrix = bias
                ? InterleavedCscBuilder.build(codes, numRows, numInputs, numPes, 4, codes(random, numRows, 1))
                : InterleavedCscBuilder.build(codes, numRows, numInputs, numPes, 4);
        MachineConfig config = MachineConfig.defaults()
                .with(Parameters.PES, numPes)
                .with(Parameters.QUEUE_SLOTS, 2 + random.nextInt(63))
                .with(Parameters.SPMAT_ROW_ENTRIES, 2 + random.nextInt(63))
                .with(Parameters.LIVE_INPUTS, LiveInputs.POSITIVE);
        return new RandomLayer(
                seed, new ProductImage(matrix, codebook(random), numInputs, bias), config, inputs(random, numInputs));
    }

    private static float[] codebook(Random random) {
        float[] codebook = new float[16];
        for (int code = 1; code < codebook.length; code++) {
            codebook[code] = (float) random.nextGaussian();
        }
        return codebook;
    }

    private static byte[] codes(Random random, int numRows, int numColumns) {
        byte[] codes = new byte[numRows * numColumns];
        double density = SHARES[random.nextInt(SHARES.length)];
        int skewedRows = random.nextInt(3) == 0 ? 1 + random.nextInt(16) : 0;
        int emptyTail = random.nextInt(4) == 0 ? random.nextInt(numColumns) : 0;
        for (int row = 0; row < numRows; row++) {
            double rowDensity = skewedRows > 0 && row % skewedRows == 0 ? Math.min(1, 6 * density) : density;
            for (int column = 0; column < numColumns - emptyTail; column++) {
                if (random.nextDouble() < rowDensity) {
                    codes[row * numColumns + column] = (byte) (1 + random.nextInt(15));
                }
            }
        }
        return codes;
    }

    private static float[] inputs(Random random, int numInputs) {
        float[] inputs = new float[numInputs];
        double live = SHARES[random.nextInt(SHARES.length)];
        for (int i = 0; i < numInputs; i++) {
            if (random.nextDouble() < live) {
                inputs[i] = (float) random.nextGaussian();
            } else if (random.nextInt(4) == 0) {
                inputs[i] = -0.0f;
            }
        }
        return inputs;
    }

    private static int pick(Random random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + image.matrix().numRows() + " x " + image.numInputs() + ", bias "
                + image.biasColumn() + ", " + config;
    }
}
