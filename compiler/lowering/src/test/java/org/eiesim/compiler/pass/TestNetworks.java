package org.eiesim.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.compiler.target.Target;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** Small compressed networks and machines from seeds. */
public final class TestNetworks {
    private TestNetworks() {}

    /**
     * Makes a random machine, often too small for its network.
     *
     * @param random the source of randomness
     * @return a target
     */
    public static Target target(Random random) {
        int numPes = List.of(1, 2, 3, 4, 8, 13, 64).get(random.nextInt(7));
        return new Target(
                numPes,
                1 + random.nextInt(8),
                4 + random.nextInt(5),
                random.nextBoolean() ? 1 << 17 : 1 + random.nextInt(60),
                random.nextBoolean() ? 1 << 14 : 1 + random.nextInt(40),
                random.nextBoolean() ? 64 : 1 + random.nextInt(4),
                random.nextBoolean() ? Target.BiasMode.PRELOAD : Target.BiasMode.COLUMN);
    }

    /**
     * Makes a random multi-layer perceptron: flatten, dense layers with or without bias and activation, perhaps a branch
     * that is added, perhaps several vectors, perhaps softmax at the end.
     *
     * @param random the source of randomness
     * @return the network, its weights shared
     */
    public static CompressedNetwork network(Random random) {
        Builder builder = new Builder(random);
        boolean sequence = random.nextInt(4) == 0;
        int width = 1 + random.nextInt(40);
        Shape input = sequence ? Shape.of(1 + random.nextInt(5), width) : Shape.of(1, width);
        String value = "in \"put\"\n";
        if (!sequence) {
            value = builder.add(new Node.Flatten("flat;", value));
        }
        int numLayers = 1 + random.nextInt(4);
        for (int i = 0; i < numLayers; i++) {
            int outputs = 1 + random.nextInt(50);
            value = builder.dense(
                    "fc" + i, value, width, outputs, List.of(0.0, 0.1, 0.5, 1.0).get(random.nextInt(4)));
            width = outputs;
            value = builder.ending(value);
        }
        if (random.nextBoolean()) {
            value = builder.add(new Node.Softmax("prob", value));
        }
        List<String> outputs = new ArrayList<>(List.of(value));
        if (!value.equals("fc0") && random.nextInt(3) == 0 && builder.has("fc0")) {
            outputs.add("fc0");
        }
        Network network = new Network("net", List.of(new Network.Input("in \"put\"\n", input)), builder.nodes, outputs);
        return new CompressedNetwork(network, builder.layers, new Provenance("test", "", 0, "test"));
    }

    /**
     * Makes one dense layer between an input and the output.
     *
     * @param codes row-major codes
     * @param outputs rows
     * @param inputs columns
     * @param codebook shared weights
     * @param bias the bias, or null
     * @return the network
     */
    public static CompressedNetwork single(
            byte[] codes, int outputs, int inputs, float[] codebook, float @Nullable [] bias) {
        CompressedLayer layer = new CompressedLayer(
                new ParameterKey("fc", ParameterKey.WEIGHT), Shape.of(outputs, inputs), codebook, codes);
        Node node =
                new Node.Dense("fc", "x", layer.decode(), bias == null ? null : new Tensor(Shape.of(outputs), bias));
        Network network =
                new Network("single", List.of(new Network.Input("x", Shape.of(inputs))), List.of(node), List.of("fc"));
        return new CompressedNetwork(network, List.of(layer), new Provenance("test", "", 0, "test"));
    }

    /** Gathers nodes and layers. */
    static final class Builder {
        private final Random random;
        final List<Node> nodes = new ArrayList<>();
        final List<CompressedLayer> layers = new ArrayList<>();

        Builder(Random random) {
            this.random = random;
        }

        String add(Node node) {
            nodes.add(node);
            return node.name();
        }

        boolean has(String name) {
            return nodes.stream().anyMatch(node -> node.name().equals(name));
        }

        String dense(String name, String input, int numInputs, int numOutputs, double density) {
            float[] codebook = new float[2 + random.nextInt(15)];
            for (int i = 1; i < codebook.length; i++) {
                codebook[i] = (float) random.nextGaussian();
            }
            byte[] codes = new byte[numInputs * numOutputs];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = (byte) (random.nextDouble() < density ? 1 + random.nextInt(codebook.length - 1) : 0);
            }
            CompressedLayer layer = new CompressedLayer(
                    new ParameterKey(name, ParameterKey.WEIGHT), Shape.of(numOutputs, numInputs), codebook, codes);
            layers.add(layer);
            Tensor bias = null;
            if (random.nextInt(3) > 0) {
                float[] values = new float[numOutputs];
                for (int i = 0; i < numOutputs; i++) {
                    values[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
                }
                bias = new Tensor(Shape.of(numOutputs), values);
            }
            return add(new Node.Dense(name, input, layer.decode(), bias));
        }

        /** Adds an activation, a dropout, a sum with itself, or nothing. */
        String ending(String value) {
            return switch (random.nextInt(6)) {
                case 0 -> value;
                case 1 -> add(new Node.Dropout(value + ".drop", value, 0.5));
                case 2 -> add(new Node.Arithmetic(value + ".twice", ArithmeticOperator.ADD, value, value));
                default ->
                    add(new Node.Activation(
                            value + ".act",
                            value,
                            List.of(ActivationFunction.RELU, ActivationFunction.SIGMOID, ActivationFunction.TANH)
                                    .get(random.nextInt(3))));
            };
        }
    }
}
