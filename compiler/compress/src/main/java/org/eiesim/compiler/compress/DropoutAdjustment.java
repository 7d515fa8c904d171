package org.eiesim.compiler.compress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Dropout for a pruned network: {@code D_r = D_o * sqrt(C_r / C_o)}, where C_o is the number of connections of the layer
 * whose outputs are dropped and C_r the number that is not pruned. A pruned network has less capacity and needs less
 * dropout. Dropout of the network's input is left alone.
 *
 * <p>Source: Learning both Weights and Connections 3.2. Differs from the paper: it leaves open whether the layer before
 * or after the dropout is meant; this takes the layer before.
 */
final class DropoutAdjustment {
    private DropoutAdjustment() {}

    /**
     * Returns the network with its dropout rates adjusted.
     *
     * @param network the network with pruned weights zero
     * @return the network to train; its parameters are the same
     */
    static Network adjust(Network network) {
        Map<String, Node> producers = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            producers.put(node.name(), node);
            if (node instanceof Node.Dropout dropout) {
                double density = densityBefore(dropout.input(), producers);
                nodes.add(new Node.Dropout(dropout.name(), dropout.input(), dropout.rate() * Math.sqrt(density)));
            } else {
                nodes.add(node);
            }
        }
        return new Network(network.name(), network.inputs(), nodes, network.outputs(), network.signature());
    }

    private static double densityBefore(String value, Map<String, Node> producers) {
        @Nullable Node node = producers.get(value);
        while (node != null) {
            Tensor weight = node.parameters().get(ParameterKey.WEIGHT);
            if (weight != null) {
                return density(weight.values());
            }
            node = node.inputs().size() == 1 ? producers.get(node.inputs().get(0)) : null;
        }
        return 1;
    }

    private static double density(float[] weights) {
        int nonzeros = 0;
        for (float weight : weights) {
            if (weight != 0) {
                nonzeros++;
            }
        }
        return (double) nonzeros / weights.length;
    }
}
