package org.eiesim.compiler.pass;

import org.eiesim.compiler.ir.Graph;
import org.eiesim.compiler.ir.Operation;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Node;

/**
 * Guesses from the network alone which share of a value's elements is live: half of what a ReLU yields, more behind a
 * pooling of it, all of anything else.
 */
final class LiveEstimate {
    /** Sums of as many positive as negative terms are as often below 0 as above. */
    private static final double BEHIND_RELU = 0.5;

    private LiveEstimate() {}

    /**
     * Guesses.
     *
     * @param value name of a value
     * @param graph the graph, not yet legalised
     * @return 0..1
     */
    static double share(String value, Graph graph) {
        for (Operation operation : graph.operations()) {
            if (operation.name().equals(value) && operation instanceof Operation.Source source) {
                return share(source.node(), graph);
            }
        }
        return 1;
    }

    private static double share(Node node, Graph graph) {
        if (node instanceof Node.Activation activation) {
            boolean rectifies = activation.function() == ActivationFunction.RELU
                    || (activation.function() == ActivationFunction.CLIP
                            && activation.coefficients().get(0) == 0);
            return rectifies ? BEHIND_RELU : 1;
        }
        if (node instanceof Node.Pooling pooling) {
            int numTaps = pooling.window().kernelHeight() * pooling.window().kernelWidth();
            return any(share(pooling.input(), graph), numTaps);
        }
        return node instanceof Node.Dropout dropout ? share(dropout.input(), graph) : 1;
    }

    /**
     * Guesses how often at least one of some neighbours in a feature map is live. They are mostly live together: four count
     * as 1.5 to 2.0 independent ones in SqueezeNet on photographs and as 1.3 to 1.7 in a synthetic VGG-16, so {@code n} are
     * taken for the cube root of {@code n}.
     *
     * @param share how often one is
     * @param count neighbours
     * @return {@code 1 - (1 - share)^(count^(1/3))}
     */
    static double any(double share, int count) {
        return 1 - StrictMath.pow(1 - share, StrictMath.cbrt(count));
    }
}
