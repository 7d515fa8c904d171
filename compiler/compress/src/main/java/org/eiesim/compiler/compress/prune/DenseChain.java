package org.eiesim.compiler.compress.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ReferenceExecutor;
import org.eiesim.models.network.Shape;

/**
 * Two fully connected layers with nothing but element-wise nodes between them, so that a neuron of the first can be
 * removed by removing its row there and its column in the second.
 *
 * @param first the layer whose outputs are the neurons
 * @param between the element-wise nodes, in order
 * @param second the only layer that reads them
 */
record DenseChain(Node.Dense first, List<Node> between, Node.Dense second) {
    /**
     * Follows a layer's outputs.
     *
     * @param network the network
     * @param first one of its layers
     * @return the chain, empty where the outputs go elsewhere, too, or through other nodes
     */
    static Optional<DenseChain> from(Network network, Node.Dense first) {
        List<Node> between = new ArrayList<>();
        String value = first.name();
        while (!network.outputs().contains(value)) {
            List<Node> readers = readers(network, value);
            if (readers.size() != 1) {
                return Optional.empty();
            }
            Node reader = readers.get(0);
            if (reader instanceof Node.Dense second) {
                boolean fits = second.weight().shape().extent(1)
                        == first.weight().shape().extent(0);
                return fits ? Optional.of(new DenseChain(first, between, second)) : Optional.empty();
            }
            if (!(reader instanceof Node.Activation || reader instanceof Node.Dropout)) {
                return Optional.empty();
            }
            between.add(reader);
            value = reader.name();
        }
        return Optional.empty();
    }

    private static List<Node> readers(Network network, String value) {
        return network.nodes().stream()
                .filter(node -> node.inputs().contains(value))
                .toList();
    }

    /**
     * Computes what the second layer reads where the first layer's weighted sums are zero.
     *
     * @return one value per neuron, a function of its bias
     */
    float[] constants() {
        float[] bias = first.bias() == null
                ? new float[first.weight().shape().extent(0)]
                : first.bias().values().clone();
        if (between.isEmpty()) {
            return bias;
        }
        Network functions = new Network(
                "constants",
                List.of(new Network.Input(first.name(), Shape.of(bias.length))),
                between,
                List.of(between.get(between.size() - 1).name()));
        return new ReferenceExecutor(functions).run(bias);
    }
}
