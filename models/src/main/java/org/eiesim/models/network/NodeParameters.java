package org.eiesim.models.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks and maps the parameter tensors of nodes. */
final class NodeParameters {
    private NodeParameters() {}

    static void requireRank(String node, Tensor tensor, int rank) {
        if (tensor.shape().rank() != rank) {
            throw new IllegalArgumentException(
                    "node " + node + ": its parameter must have " + rank + " axes, not shape " + tensor.shape());
        }
    }

    static void requireBias(String node, int outputs, @Nullable Tensor bias) {
        if (bias != null && !bias.shape().equals(Shape.of(outputs))) {
            throw new IllegalArgumentException(
                    "node " + node + ": bias must have shape " + outputs + ", not " + bias.shape());
        }
    }

    static Map<String, Tensor> weightAndBias(Tensor weight, @Nullable Tensor bias) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put(ParameterKey.WEIGHT, weight);
        if (bias != null) {
            parameters.put(ParameterKey.BIAS, bias);
        }
        return Collections.unmodifiableMap(parameters);
    }

    static Map<String, Tensor> recurrent(Node.Recurrent node) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put(Node.Recurrent.INPUT_WEIGHT, node.inputWeight());
        parameters.put(Node.Recurrent.RECURRENT_WEIGHT, node.recurrentWeight());
        if (node.bias() != null) {
            parameters.put(ParameterKey.BIAS, node.bias());
        }
        if (node.recurrentBias() != null) {
            parameters.put(Node.Recurrent.RECURRENT_BIAS, node.recurrentBias());
        }
        Tensor peepholes = node.options().peepholes();
        if (peepholes != null) {
            parameters.put(Node.Recurrent.PEEPHOLES, peepholes);
        }
        return Collections.unmodifiableMap(parameters);
    }

    static Map<String, Tensor> merge(Node node, Map<String, Tensor> replacements) {
        Map<String, Tensor> merged = new LinkedHashMap<>(node.parameters());
        replacements.forEach((role, tensor) -> {
            Tensor old = merged.get(role);
            if (old == null || !old.shape().equals(tensor.shape())) {
                throw new IllegalArgumentException("node " + node.name() + ": parameter " + role + " is "
                        + (old == null ? "unknown" : "of shape " + old.shape()) + ", got " + tensor.shape());
            }
            merged.put(role, tensor);
        });
        return merged;
    }

    static Tensor weight(Map<String, Tensor> parameters) {
        return require(parameters, ParameterKey.WEIGHT);
    }

    static Tensor require(Map<String, Tensor> parameters, String role) {
        Tensor tensor = parameters.get(role);
        if (tensor == null) {
            throw new IllegalArgumentException("parameter " + role + " is missing");
        }
        return tensor;
    }
}
