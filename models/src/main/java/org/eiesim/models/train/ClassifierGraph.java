package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.jspecify.annotations.Nullable;

/**
 * The network graph computed on arrays that record their history. A final softmax is left out of what is trained on:
 * its input is the logits.
 */
final class ClassifierGraph {
    private final Network network;
    private final String logits;

    /**
     * Makes a graph.
     *
     * @param network a network with one input and one output
     * @throws IllegalArgumentException if it has more
     */
    ClassifierGraph(Network network) {
        if (network.inputs().size() != 1 || network.outputs().size() != 1) {
            throw new IllegalArgumentException(
                    "network " + network.name() + ": training needs one input and one output,"
                            + " not " + network.inputs().size() + " and "
                            + network.outputs().size());
        }
        this.network = network;
        this.logits = logitsOf(network);
    }

    private static String logitsOf(Network network) {
        String output = network.outputs().get(0);
        for (Node node : network.nodes()) {
            if (node instanceof Node.Softmax softmax && node.name().equals(output)) {
                return softmax.input();
            }
        }
        return output;
    }

    /**
     * Computes all values up to the logits.
     *
     * @param input {@code [batch, ...]}
     * @param parameters the effective tensor of every parameter
     * @param dropoutSeed a seed of this batch alone while training, null elsewhere
     * @return the input and every node's value, by name
     */
    Map<String, NDArray> forward(NDArray input, Map<ParameterKey, NDArray> parameters, @Nullable Long dropoutSeed) {
        Map<String, NDArray> values = new LinkedHashMap<>();
        values.put(network.inputs().get(0).name(), input);
        Evaluation evaluation = new Evaluation(values, parameters, dropoutSeed, input.getManager());
        for (Node node : network.nodes()) {
            if (values.containsKey(logits)) {
                break;
            }
            values.put(node.name(), NodeHandlers.forward(node, evaluation));
        }
        return values;
    }

    /**
     * Returns the logits among the values.
     *
     * @param values what {@link #forward} yields
     * @return {@code [batch, classes]}
     */
    NDArray logits(Map<String, NDArray> values) {
        return require(values, logits);
    }

    private static NDArray require(Map<String, NDArray> values, String name) {
        NDArray value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("value " + name + " has not been computed");
        }
        return value;
    }

    private record Evaluation(
            Map<String, NDArray> values,
            Map<ParameterKey, NDArray> parameters,
            @Nullable Long dropoutSeed,
            NDManager manager)
            implements NodeHandlers.Context {
        @Override
        public NDArray value(String name) {
            return require(values, name);
        }

        @Override
        public @Nullable NDArray parameter(Node node, String role) {
            return parameters.get(new ParameterKey(node.name(), role));
        }

        @Override
        public @Nullable NDArray dropoutMask(Node.Dropout node, NDArray value) {
            if (dropoutSeed == null || node.rate() == 0) {
                return null;
            }
            SplittableRandom random =
                    new SplittableRandom(Seeds.derive(dropoutSeed, node.name().hashCode()));
            float[] mask = new float[Math.toIntExact(value.getShape().size())];
            float scale = (float) (1 / (1 - node.rate()));
            for (int i = 0; i < mask.length; i++) {
                mask[i] = random.nextDouble() < node.rate() ? 0 : scale;
            }
            return TensorArrays.copy(manager, mask, value.getShape());
        }
    }
}
