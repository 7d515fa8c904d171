package org.eiesim.studies.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eiesim.models.network.MultiplyAccumulates;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;

/**
 * What a network holds and computes for one sample, before anything is compressed.
 *
 * @param network its name
 * @param inputs its inputs
 * @param outputs its outputs
 * @param layers the nodes that hold weights or multiply, in node order
 * @param numNodes how many nodes it has in all
 * @param parameters its parameters, biases and statistics included
 */
public record NetworkInspection(
        String network, List<Value> inputs, List<Value> outputs, List<Layer> layers, int numNodes, long parameters) {
    /** Bytes of one float32. */
    private static final int BYTES = 4;

    /**
     * An input or output.
     *
     * @param name its name
     * @param shape its shape, without the batch axis
     */
    public record Value(String name, Shape shape) {}

    /**
     * A weight tensor and the work of its node, or a product of two values, which has no weights.
     *
     * @param name the layer's name
     * @param kind the kind of node, such as {@code convolution}
     * @param shape the tensor's shape; of rank 0 where there is none
     * @param output the shape of what the node yields
     * @param weights elements of the tensor
     * @param zeros those of them that are 0
     * @param distinct different values among them, 0 counted
     * @param multiplyAccumulates operations of one sample, zeros included; 0 where an earlier tensor of the same node
     *     counts them
     */
    public record Layer(
            String name,
            String kind,
            Shape shape,
            Shape output,
            long weights,
            long zeros,
            long distinct,
            long multiplyAccumulates) {}

    /** Copies the lists. */
    public NetworkInspection {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        layers = List.copyOf(layers);
    }

    /**
     * Looks at a network.
     *
     * @param network the network
     * @return what it holds
     * @throws IllegalArgumentException if its shapes do not fit together
     */
    public static NetworkInspection of(Network network) {
        Map<String, Shape> shapes = ShapeInference.infer(network);
        Map<String, Long> operations = MultiplyAccumulates.perNode(network);
        List<Layer> layers = new ArrayList<>();
        for (Node node : network.nodes()) {
            Shape output = shapes.getOrDefault(node.name(), Shape.of());
            long left = operations.getOrDefault(node.name(), 0L);
            boolean hasWeights = false;
            for (Map.Entry<String, Tensor> parameter : node.parameters().entrySet()) {
                ParameterKey key = new ParameterKey(node.name(), parameter.getKey());
                if (parameter.getValue().shape().rank() >= 2 && key.isLearnt()) {
                    layers.add(layer(key, kind(node), parameter.getValue(), output, hasWeights ? 0 : left));
                    hasWeights = true;
                }
            }
            if (!hasWeights && left > 0) {
                layers.add(new Layer(node.name(), kind(node), Shape.of(), output, 0, 0, 0, left));
            }
        }
        long parameters = network.parameters().values().stream()
                .mapToLong(tensor -> tensor.shape().size())
                .sum();
        return new NetworkInspection(
                network.name(),
                network.inputs().stream()
                        .map(input -> new Value(input.name(), input.shape()))
                        .toList(),
                network.outputs().stream()
                        .map(name -> new Value(name, shapes.getOrDefault(name, Shape.of())))
                        .toList(),
                layers,
                network.nodes().size(),
                parameters);
    }

    private static Layer layer(ParameterKey key, String kind, Tensor tensor, Shape output, long operations) {
        float[] values = tensor.values().clone();
        long zeros = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] += 0f; // -0 is 0
            zeros += values[i] == 0 ? 1 : 0;
        }
        Arrays.sort(values);
        long distinct = values.length == 0 ? 0 : 1;
        for (int i = 1; i < values.length; i++) {
            distinct += values[i] != values[i - 1] ? 1 : 0;
        }
        return new Layer(key.layerName(), kind, tensor.shape(), output, values.length, zeros, distinct, operations);
    }

    private static String kind(Node node) {
        return node.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the size of the parameters as float32.
     *
     * @return bytes
     */
    public long denseBytes() {
        return BYTES * parameters;
    }

    /**
     * Returns the weights of all layers together.
     *
     * @return the count
     */
    public long weights() {
        return layers.stream().mapToLong(Layer::weights).sum();
    }

    /**
     * Returns the weights that are 0.
     *
     * @return the count
     */
    public long zeros() {
        return layers.stream().mapToLong(Layer::zeros).sum();
    }

    /**
     * Returns the multiply-accumulate operations of one sample.
     *
     * @return the count, zeros included
     */
    public long multiplyAccumulates() {
        return layers.stream().mapToLong(Layer::multiplyAccumulates).sum();
    }
}
