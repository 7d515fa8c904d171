package org.eiesim.simulator.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.isa.ActivationCode;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** A small random multi-layer perceptron over one or several vectors, and sample inputs for it. */
final class NetworkCase {
    final List<Layer> layers = new ArrayList<>();
    final int numVectors;
    final int width;
    final CompressedNetwork network;
    final int numInputs;
    final float[] inputs;

    /** One dense layer as plain arrays. */
    record Layer(
            int numInputs,
            int numOutputs,
            float[] codebook,
            byte[] codes,
            float @Nullable [] bias,
            ActivationCode activation) {}

    NetworkCase(long seed) {
        this(seed, 5);
    }

    /** Draws a network of which every third takes several vectors, up to {@code maxVectors}. */
    NetworkCase(long seed, int maxVectors) {
        Random random = new Random(seed);
        numVectors = random.nextInt(3) == 0 ? 2 + random.nextInt(maxVectors - 1) : 1;
        width = 1 + random.nextInt(40);
        int numLayers = 1 + random.nextInt(3);
        int numColumns = width;
        for (int i = 0; i < numLayers; i++) {
            Layer layer = layer(numColumns, 1 + random.nextInt(50), random);
            layers.add(layer);
            numColumns = layer.numOutputs();
        }
        network = network();
        numInputs = 1 + random.nextInt(4);
        inputs = new float[numInputs * numVectors * width];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
        }
    }

    private static Layer layer(int numInputs, int numOutputs, Random random) {
        float[] codebook = new float[2 + random.nextInt(15)];
        for (int i = 1; i < codebook.length; i++) {
            codebook[i] = (float) random.nextGaussian();
        }
        double density = List.of(0.0, 0.1, 0.4, 1.0).get(random.nextInt(4));
        byte[] codes = new byte[numInputs * numOutputs];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (random.nextDouble() < density ? 1 + random.nextInt(codebook.length - 1) : 0);
        }
        float[] bias = random.nextInt(3) == 0 ? null : new float[numOutputs];
        for (int i = 0; bias != null && i < numOutputs; i++) {
            bias[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
        }
        ActivationCode activation = List.of(ActivationCode.values()).get(random.nextInt(4));
        return new Layer(numInputs, numOutputs, codebook, codes, bias, activation);
    }

    private CompressedNetwork network() {
        List<Node> nodes = new ArrayList<>();
        List<CompressedLayer> compressed = new ArrayList<>();
        String value = "x";
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            CompressedLayer shared = new CompressedLayer(
                    new ParameterKey("fc" + i, ParameterKey.WEIGHT),
                    Shape.of(layer.numOutputs(), layer.numInputs()),
                    layer.codebook(),
                    layer.codes());
            compressed.add(shared);
            float[] bias = layer.bias();
            nodes.add(new Node.Dense(
                    "fc" + i,
                    value,
                    shared.decode(),
                    bias == null ? null : new Tensor(Shape.of(layer.numOutputs()), bias)));
            value = "fc" + i;
            if (layer.activation() != ActivationCode.NONE) {
                ActivationFunction function =
                        ActivationFunction.valueOf(layer.activation().name());
                nodes.add(new Node.Activation("act" + i, value, function));
                value = "act" + i;
            }
        }
        Shape shape = numVectors == 1 ? Shape.of(width) : Shape.of(numVectors, width);
        Network graph = new Network("case", List.of(new Network.Input("x", shape)), nodes, List.of(value));
        return new CompressedNetwork(graph, compressed, new Provenance("test", "", 0, "test"));
    }

    /** Returns one vector of one input. */
    float[] vector(int input, int vector) {
        float[] values = new float[width];
        System.arraycopy(inputs, (input * numVectors + vector) * width, values, 0, width);
        return values;
    }
}
