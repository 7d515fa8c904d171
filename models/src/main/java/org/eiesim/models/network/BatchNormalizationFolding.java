package org.eiesim.models.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves batch normalisations into the convolution or dense layer before them: with {@code f[c] = scale[c] /
 * sqrt(variance[c] + epsilon)}, weights become {@code f[c] * weight[c, ...]} and the bias {@code f[c] * (bias[c] - mean[c])
 * + shift[c]}, computed in double and rounded once.
 */
public final class BatchNormalizationFolding {
    private final Map<String, Integer> numUses = new HashMap<>();
    private final Map<String, Shape> shapes;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, String> replaced = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private BatchNormalizationFolding(Network network) {
        shapes = ShapeInference.infer(network);
        for (Node node : network.nodes()) {
            node.inputs().forEach(input -> numUses.merge(input, 1, Integer::sum));
        }
        network.outputs().forEach(output -> numUses.merge(output, 1, Integer::sum));
    }

    /**
     * Folds what can be folded: normalisations, one per output, of a layer whose result nothing else reads.
     *
     * @param network the network
     * @return the network without them; a folded layer keeps its name, and normalisations that follow no such layer stay
     * @throws IllegalArgumentException if the network's shapes do not fit together
     */
    public static Network fold(Network network) {
        BatchNormalizationFolding folding = new BatchNormalizationFolding(network);
        network.nodes().forEach(folding::add);
        List<String> outputs = network.outputs().stream().map(folding::current).toList();
        return new Network(network.name(), network.inputs(), folding.nodes, outputs, network.signature());
    }

    private String current(String value) {
        return replaced.getOrDefault(value, value);
    }

    private void add(Node original) {
        Node node = Rewiring.apply(original, this::current);
        if (node instanceof NormalizationNode.Batch batch) {
            Integer position = positions.get(batch.input());
            Node folded = position == null ? null : folded(nodes.get(position), batch);
            if (position != null && folded != null) {
                nodes.set(position, folded);
                replaced.put(batch.name(), folded.name());
                numUses.put(folded.name(), numUses.getOrDefault(batch.name(), 0));
                return;
            }
        }
        positions.put(node.name(), nodes.size());
        nodes.add(node);
    }

    private @Nullable Node folded(Node layer, NormalizationNode.Batch batch) {
        if (numUses.getOrDefault(layer.name(), 0) != 1) {
            return null;
        }
        if (layer instanceof Node.Convolution convolution) {
            return new Node.Convolution(
                    convolution.name(),
                    convolution.input(),
                    weight(convolution.weight(), batch),
                    bias(convolution.bias(), batch),
                    convolution.window(),
                    convolution.groups());
        }
        if (layer instanceof Node.Dense dense
                && ShapeInference.infer(dense, shapes).rank() == 1) {
            return new Node.Dense(
                    dense.name(), dense.input(), weight(dense.weight(), batch), bias(dense.bias(), batch));
        }
        return null;
    }

    private static double factor(NormalizationNode.Batch batch, int channel) {
        return batch.scale().values()[channel] / Math.sqrt(batch.variance().values()[channel] + batch.epsilon());
    }

    private static Tensor weight(Tensor weight, NormalizationNode.Batch batch) {
        float[] values = new float[weight.values().length];
        int perOutput = values.length / weight.shape().extent(0);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (factor(batch, i / perOutput) * weight.values()[i]);
        }
        return new Tensor(weight.shape(), values);
    }

    private static Tensor bias(@Nullable Tensor bias, NormalizationNode.Batch batch) {
        float[] values = new float[batch.scale().values().length];
        for (int channel = 0; channel < values.length; channel++) {
            double own = bias == null ? 0 : bias.values()[channel];
            values[channel] =
                    (float) (factor(batch, channel) * (own - batch.mean().values()[channel])
                            + batch.bias().values()[channel]);
        }
        return new Tensor(Shape.of(values.length), values);
    }
}
