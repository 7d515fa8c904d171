package org.eiesim.models.onnx;

import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;

/**
 * Makes one node of the nodes that exporters spell an operation out as where their operator set lacks it: layer
 * normalisation (before 17) and GELU (before 20), in both its forms.
 *
 * <p>Only nodes that compute the same function for every input are folded, and only where nothing else reads a value
 * between them and none is an output of the network.
 */
final class PrimitiveFolding {
    private PrimitiveFolding() {}

    /**
     * Folds what can be folded.
     *
     * @param network the network
     * @return the network; a folded operation has the name of the last of its nodes
     */
    static Network fold(Network network) {
        ValueGraph graph = new ValueGraph(network);
        for (String value : graph.values()) {
            if (graph.producer(value) instanceof Node.Arithmetic root
                    && !LayerNormalizationPattern.foldScale(graph, root)
                    && !LayerNormalizationPattern.foldBias(graph, root)) {
                GeluPattern.fold(graph, root);
            }
        }
        return graph.network();
    }
}
