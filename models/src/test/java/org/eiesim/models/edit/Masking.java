package org.eiesim.models.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Tensor;

/** The network whose consumers add nothing for some channel groups: what narrowing is held against. */
final class Masking {
    private Masking() {}

    static Network apply(Network network, ChannelGroups groups, Set<Integer> removed) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            nodes.add(mask(node, groups, removed));
        }
        return new Network(network.name(), network.inputs(), nodes, network.outputs());
    }

    private static Node mask(Node node, ChannelGroups groups, Set<Integer> removed) {
        if (node instanceof Node.Dense dense) {
            int[] of = groups.of(dense.input(), groups.shape(dense.input()).rank() - 1);
            return dense.withParameters(Map.of(ParameterKey.WEIGHT, columns(dense.weight(), of, 0, 1, removed)));
        }
        if (node instanceof Node.Recurrent recurrent) {
            return recurrent.withParameters(Map.of(
                    Node.Recurrent.INPUT_WEIGHT,
                    columns(recurrent.inputWeight(), groups.of(recurrent.input(), 1), 0, 1, removed),
                    Node.Recurrent.RECURRENT_WEIGHT,
                    columns(recurrent.recurrentWeight(), groups.of(recurrent.name(), 1), 0, 1, removed)));
        }
        if (node instanceof Node.Convolution convolution) {
            int inputsPerGroup = convolution.weight().shape().extent(1);
            if (convolution.groups() > 1 && inputsPerGroup == 1) {
                return node;
            }
            int[] of = groups.of(convolution.input(), 0);
            int outputs = convolution.weight().shape().extent(0) / convolution.groups();
            return convolution.withParameters(
                    Map.of(ParameterKey.WEIGHT, columns(convolution.weight(), of, inputsPerGroup, outputs, removed)));
        }
        return node;
    }

    /** Zeroes inputs of removed groups; row r reads inputs from {@code r / outputsPerGroup * inputsPerGroup} on. */
    private static Tensor columns(
            Tensor weight, int[] of, int inputsPerGroup, int outputsPerGroup, Set<Integer> removed) {
        float[] values = weight.values().clone();
        int rows = weight.shape().extent(0);
        int columns = weight.shape().extent(1);
        int inner = values.length / (rows * columns);
        for (int row = 0; row < rows; row++) {
            int first = row / outputsPerGroup * inputsPerGroup;
            for (int column = 0; column < columns; column++) {
                if (removed.contains(of[first + column])) {
                    int at = (row * columns + column) * inner;
                    Arrays.fill(values, at, at + inner, 0);
                }
            }
        }
        return new Tensor(weight.shape(), values);
    }
}
