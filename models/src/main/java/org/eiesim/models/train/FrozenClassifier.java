package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.ParameterKey;

/** A network that is computed beside the one that is trained and does not change itself: a teacher. */
public final class FrozenClassifier {
    private final ClassifierGraph graph;
    private final Map<ParameterKey, NDArray> parameters = new LinkedHashMap<>();

    /**
     * Puts a network's parameters into arrays.
     *
     * @param manager owns the arrays
     * @param network a network with one input and one output
     * @throws IllegalArgumentException if it has more
     */
    public FrozenClassifier(NDManager manager, Network network) {
        this.graph = new ClassifierGraph(network);
        network.parameters().forEach((key, tensor) -> parameters.put(key, TensorArrays.toArray(manager, tensor)));
    }

    /**
     * Computes the values before the final softmax, without dropout and without being recorded for differentiation.
     *
     * @param input {@code [batch, ...]}
     * @return {@code [batch, classes]}
     */
    public NDArray logits(NDArray input) {
        return graph.logits(graph.forward(input, parameters, null)).stopGradient();
    }
}
