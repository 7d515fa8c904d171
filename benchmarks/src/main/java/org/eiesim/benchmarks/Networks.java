package org.eiesim.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.recipe.RecipeListener;
import org.eiesim.compiler.recipe.RecipeRunner;
import org.eiesim.compiler.recipe.Recipes;
import org.eiesim.models.data.Dataset;
import org.eiesim.models.data.Datasets;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.onnx.OnnxReader;

/**
 * A network to measure and inputs for it.
 *
 * @param network the network, its weights shared
 * @param inputs its inputs, one after another
 * @param numInputs how many
 */
record Networks(CompressedNetwork network, float[] inputs, int numInputs) {
    /** The name of a network made up here. */
    static final String SYNTHETIC = "synthetic";

    private static final long SEED = 1;

    /** LeNet-300-100 and the share of its weights that Deep Compression's Table 2 keeps. */
    private static final int[] WIDTHS = {784, 300, 100, 10};

    private static final double[] DENSITIES = {0.08, 0.09, 0.26};

    /** The share of an MNIST image's pixels that are not 0. */
    private static final double LIVE_INPUTS = 0.19;

    /** Reads a pruned ONNX network and the test images of a folder, or makes both up. */
    static Networks open(String network, String data, int numInputs) throws IOException {
        if (network.equals(SYNTHETIC)) {
            return synthetic(numInputs);
        }
        CompressedNetwork shared = RecipeRunner.run(
                OnnxReader.read(Path.of(network)),
                Recipes.load("share-only"),
                null,
                1,
                "benchmark",
                RecipeListener.SILENT);
        Dataset test = Datasets.open(data).test();
        int count = Math.min(numInputs, test.size());
        int length = Math.toIntExact(test.sampleShape().size());
        float[] inputs = new float[count * length];
        for (int i = 0; i < count; i++) {
            test.copySample(i, inputs, i * length);
        }
        return new Networks(shared, inputs, count);
    }

    private static Networks synthetic(int numInputs) {
        Random random = new Random(SEED);
        List<Node> nodes = new ArrayList<>();
        List<CompressedLayer> layers = new ArrayList<>();
        String value = "x";
        for (int i = 0; i < DENSITIES.length; i++) {
            CompressedLayer layer = layer("fc" + i, WIDTHS[i + 1], WIDTHS[i], DENSITIES[i], random);
            layers.add(layer);
            Tensor bias = new Tensor(Shape.of(WIDTHS[i + 1]), new float[WIDTHS[i + 1]]);
            nodes.add(new Node.Dense("fc" + i, value, layer.decode(), bias));
            nodes.add(new Node.Activation("relu" + i, "fc" + i, ActivationFunction.RELU));
            value = "relu" + i;
        }
        Network graph =
                new Network(SYNTHETIC, List.of(new Network.Input("x", Shape.of(WIDTHS[0]))), nodes, List.of(value));
        float[] inputs = new float[numInputs * WIDTHS[0]];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextDouble() < LIVE_INPUTS ? random.nextFloat() : 0;
        }
        return new Networks(
                new CompressedNetwork(graph, layers, new Provenance("benchmark", "", SEED, "benchmark")),
                inputs,
                numInputs);
    }

    private static CompressedLayer layer(String name, int outputs, int inputs, double density, Random random) {
        float[] codebook = new float[16];
        for (int code = 1; code < codebook.length; code++) {
            codebook[code] = (float) random.nextGaussian() / 8;
        }
        byte[] codes = new byte[outputs * inputs];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (random.nextDouble() < density ? 1 + random.nextInt(15) : 0);
        }
        return new CompressedLayer(
                new ParameterKey(name, ParameterKey.WEIGHT), Shape.of(outputs, inputs), codebook, codes);
    }
}
