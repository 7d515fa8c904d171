package org.eiesim.models.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;

/** Dense layers with ReLU between them. */
final class MultilayerPerceptron {
    private static final String INPUT = "input";

    private MultilayerPerceptron() {}

    /**
     * Makes a network.
     *
     * @param spec input, classes, dropout and seed
     * @param hiddenSizes outputs of the hidden layers, joined by {@code -}
     * @return the network
     * @throws IllegalArgumentException if a size is 0 or a weight would be too large
     */
    static Network create(NetworkSpec spec, String hiddenSizes) {
        Random random = new Random(spec.seed());
        List<Node> nodes = new ArrayList<>();
        String value = INPUT;
        if (spec.input().rank() != 1) {
            nodes.add(new Node.Flatten("flatten", value));
            value = "flatten";
        }
        int numInputs = spec.input().size();
        int layer = 1;
        for (String hidden : hiddenSizes.split("-")) {
            int numOutputs = parseSize(spec, hidden);
            nodes.add(new Node.Dense(
                    "fc" + layer,
                    value,
                    InitialWeights.heNormal(Shape.of(numOutputs, numInputs), numInputs, random),
                    InitialWeights.zeros(numOutputs)));
            value = "relu" + layer;
            nodes.add(new Node.Activation(value, "fc" + layer, ActivationFunction.RELU));
            if (spec.dropoutRate() > 0) {
                nodes.add(new Node.Dropout("dropout" + layer, value, spec.dropoutRate()));
                value = "dropout" + layer;
            }
            numInputs = numOutputs;
            layer++;
        }
        Shape last = Shape.of(spec.numClasses(), numInputs);
        nodes.add(new Node.Dense(
                "fc" + layer,
                value,
                InitialWeights.glorotUniform(last, numInputs, spec.numClasses(), random),
                InitialWeights.zeros(spec.numClasses())));
        return new Network(spec.name(), List.of(new Network.Input(INPUT, spec.input())), nodes, List.of("fc" + layer));
    }

    private static int parseSize(NetworkSpec spec, String digits) {
        int size;
        try {
            size = Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "network " + spec.name() + ": a layer of " + digits + " is too large", e);
        }
        if (size < 1) {
            throw new IllegalArgumentException("network " + spec.name() + ": a layer of " + size + " is too small");
        }
        return size;
    }
}
