package org.eiesim.simulator.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/** Builds networks of shared weights from a seed, node by node. */
final class SharedNetwork {
    private final Random random;
    private int codebookSize;
    private double density;
    private final List<Network.Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<CompressedLayer> layers = new ArrayList<>();

    SharedNetwork(long seed, int codebookSize, double density) {
        random = new Random(seed);
        this.codebookSize = codebookSize;
        this.density = density;
    }

    /** Changes how the weights of the nodes that follow are drawn. */
    void draw(int newCodebookSize, double newDensity) {
        codebookSize = newCodebookSize;
        density = newDensity;
    }

    String input(String name, int... extents) {
        inputs.add(new Network.Input(name, Shape.of(extents)));
        return name;
    }

    String add(Node node) {
        nodes.add(node);
        return node.name();
    }

    /** Makes shared weights, and notes them as a layer of the node. */
    Tensor weights(String node, String role, int... extents) {
        Shape shape = Shape.of(extents);
        float[] codebook = new float[codebookSize];
        double scale = 1 / Math.sqrt(Math.max(1, density * shape.size() / shape.extent(0)));
        for (int i = 1; i < codebookSize; i++) {
            codebook[i] = (float) (scale * random.nextGaussian());
        }
        byte[] codes = new byte[shape.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (random.nextDouble() < density ? 1 + random.nextInt(codebookSize - 1) : 0);
        }
        CompressedLayer layer = new CompressedLayer(new ParameterKey(node, role), shape, codebook, codes);
        layers.add(layer);
        return layer.decode();
    }

    @Nullable
    Tensor bias(int length) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        return vector(length, 0, 0.3);
    }

    Tensor vector(int length, double mean, double deviation) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return new Tensor(Shape.of(length), values);
    }

    String dense(String name, String input, int numInputs, int numOutputs) {
        Tensor weight = weights(name, ParameterKey.WEIGHT, numOutputs, numInputs);
        return add(new Node.Dense(name, input, weight, bias(numOutputs)));
    }

    String convolution(String name, String input, int outputs, int channels, Window window, int groups) {
        Tensor weight = weights(
                name, ParameterKey.WEIGHT, outputs, channels / groups, window.kernelHeight(), window.kernelWidth());
        return add(new Node.Convolution(name, input, weight, bias(outputs), window, groups));
    }

    static Window window(int kernel, int stride, int pad) {
        return new Window(kernel, kernel, stride, stride, pad, pad, pad, pad, 1, 1);
    }

    CompressedNetwork build(String... outputs) {
        Network network = new Network("network", inputs, nodes, List.of(outputs));
        return new CompressedNetwork(network, layers, new Provenance("test", "", 0, "test"));
    }

    float[] samples(int count) {
        float[] samples = new float
                [count * inputs.stream().mapToInt(input -> input.shape().size()).sum()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
        }
        return samples;
    }
}
