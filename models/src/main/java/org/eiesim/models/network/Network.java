package org.eiesim.models.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network: nodes in an order in which each can be executed, reading only network inputs and earlier nodes.
 *
 * @param name the network's name
 * @param inputs its inputs, in order
 * @param nodes its nodes, in execution order
 * @param outputs names of the values it yields
 * @param signature what the file it comes from says of inputs and outputs, or null for {@link Signature#plain}
 */
public record Network(
        String name,
        List<Input> inputs,
        List<Node> nodes,
        List<String> outputs,
        @Nullable Signature signature) {
    /**
     * One network input.
     *
     * @param name its name
     * @param shape the shape of one sample, without the batch axis
     */
    public record Input(String name, Shape shape) {}

    /**
     * Makes a network without a signature.
     *
     * @param name the network's name
     * @param inputs its inputs, in order
     * @param nodes its nodes, in execution order
     * @param outputs names of the values it yields
     */
    public Network(String name, List<Input> inputs, List<Node> nodes, List<String> outputs) {
        this(name, inputs, nodes, outputs, null);
    }

    /** Checks that names are unique and every value read exists by then. */
    public Network {
        inputs = List.copyOf(inputs);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
        Set<String> values = new HashSet<>();
        for (Input input : inputs) {
            if (!values.add(input.name())) {
                throw new IllegalArgumentException("two inputs are named " + input.name());
            }
        }
        for (Node node : nodes) {
            for (String read : node.inputs()) {
                if (!values.contains(read)) {
                    throw new IllegalArgumentException("node " + node.name() + " reads unknown value " + read);
                }
            }
            if (!values.add(node.name())) {
                throw new IllegalArgumentException("two values are named " + node.name());
            }
        }
        for (String output : outputs) {
            if (!values.contains(output)) {
                throw new IllegalArgumentException("output " + output + " is not a value of the network");
            }
        }
        if (signature != null
                && (signature.inputs().size() != inputs.size()
                        || signature.outputs().size() != outputs.size())) {
            throw new IllegalArgumentException(
                    "a signature of " + signature.inputs().size() + " inputs and "
                            + signature.outputs().size() + " outputs for " + inputs.size() + " and " + outputs.size());
        }
    }

    /**
     * Returns all parameter tensors in node order.
     *
     * @return an unmodifiable map from key to tensor
     */
    public Map<ParameterKey, Tensor> parameters() {
        Map<ParameterKey, Tensor> all = new LinkedHashMap<>();
        for (Node node : nodes) {
            node.parameters().forEach((role, tensor) -> all.put(new ParameterKey(node.name(), role), tensor));
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * Returns the weight tensors in node order: the parameters that compression works on, biases and constants left out.
     *
     * @return an unmodifiable map from key to tensor of rank 2 or more
     */
    public Map<ParameterKey, Tensor> weights() {
        Map<ParameterKey, Tensor> weights = new LinkedHashMap<>();
        parameters().forEach((key, tensor) -> {
            if (tensor.shape().rank() >= 2 && key.isLearnt()) {
                weights.put(key, tensor);
            }
        });
        return Collections.unmodifiableMap(weights);
    }

    /**
     * Returns the network with some parameters replaced.
     *
     * @param replacements new tensors; those that are absent stay
     * @return the new network
     * @throws IllegalArgumentException if a key is unknown or a shape differs
     */
    public Network withParameters(Map<ParameterKey, Tensor> replacements) {
        Map<String, Map<String, Tensor>> byNode = new LinkedHashMap<>();
        replacements.forEach((key, tensor) ->
                byNode.computeIfAbsent(key.node(), n -> new LinkedHashMap<>()).put(key.role(), tensor));
        List<Node> replaced = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            Map<String, Tensor> own = byNode.remove(node.name());
            replaced.add(own == null ? node : node.withParameters(own));
        }
        if (!byNode.isEmpty()) {
            throw new IllegalArgumentException("no node named " + byNode.keySet());
        }
        return new Network(name, inputs, replaced, outputs, signature);
    }

    /**
     * Returns the network with a signature.
     *
     * @param replacement the signature; null for {@link Signature#plain}
     * @return the new network
     */
    public Network withSignature(@Nullable Signature replacement) {
        return new Network(name, inputs, nodes, outputs, replacement);
    }
}
