package org.eiesim.models.network;

import java.util.Arrays;
import org.eiesim.kernels.linalg.BatchedProduct;
import org.eiesim.kernels.nn.Broadcast;
import org.eiesim.kernels.nn.Normalization;
import org.eiesim.kernels.nn.Rearrangement;
import org.eiesim.kernels.nn.Reduction;

/** Computes the nodes that work on whole tensors: arithmetic, rearrangement, reduction, normalisation. */
final class TensorEvaluation {
    private TensorEvaluation() {}

    static float[] arithmetic(Node.Arithmetic node, NodeEvaluation.Values values) {
        float[] output = output(node, values);
        Broadcast.apply(
                node.operator(),
                values.of(node.left()),
                extents(node.left(), values),
                values.of(node.right()),
                extents(node.right(), values),
                output);
        return output;
    }

    static float[] embedding(TensorNode.Embedding node, NodeEvaluation.Values values) {
        float[] output = output(node, values);
        int width = node.weight().shape().extent(1);
        try {
            Rearrangement.rows(node.weight().values(), width, values.of(node.input()), output);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("node " + node.name() + ": " + e.getMessage(), e);
        }
        return output;
    }

    static float[] select(TensorNode.Select node, NodeEvaluation.Values values) {
        float[] output = output(node, values);
        int[] result = extents(node.name(), values);
        float[] yes = values.of(node.yes());
        float[] no = values.of(node.no());
        float[] condition = values.of(node.condition());
        int[] conditions = Broadcast.positions(extents(node.condition(), values), result);
        int[] fromYes = Broadcast.positions(extents(node.yes(), values), result);
        int[] fromNo = Broadcast.positions(extents(node.no(), values), result);
        for (int i = 0; i < output.length; i++) {
            output[i] = condition[conditions[i]] != 0 ? yes[fromYes[i]] : no[fromNo[i]];
        }
        return output;
    }

    static float[] matrixProduct(TensorNode.MatrixProduct node, NodeEvaluation.Values values) {
        float[] output = output(node, values);
        int[] left = extents(node.left(), values);
        int[] right = extents(node.right(), values);
        int[] result = extents(node.name(), values);
        int[] stack = stack(result);
        BatchedProduct.multiply(
                values.of(node.left()),
                Broadcast.positions(stack(left), stack),
                values.of(node.right()),
                Broadcast.positions(stack(right), stack),
                result[result.length - 2],
                left[left.length - 1],
                result[result.length - 1],
                output);
        return output;
    }

    /** The axes before the last two. */
    private static int[] stack(int[] extents) {
        return Arrays.copyOf(extents, extents.length - 2);
    }

    static float[] reduction(TensorNode.Reduction node, NodeEvaluation.Values values) {
        float[] output = output(node, values);
        int[] extents = extents(node.input(), values);
        boolean[] reduced = new boolean[extents.length];
        node.axes().forEach(axis -> reduced[axis] = true);
        Reduction.apply(node.operator(), values.of(node.input()), extents, reduced, output);
        return output;
    }

    static float[] concat(TensorNode.Concat node, NodeEvaluation.Values values) {
        float[] output = output(node, values);
        int extent = values.shapeOf(node.name()).extent(node.axis());
        int start = 0;
        for (String input : node.inputs()) {
            int[] extents = extents(input, values);
            Rearrangement.place(values.of(input), extents, node.axis(), output, extent, start);
            start += extents[node.axis()];
        }
        return output;
    }

    static float[] slice(TensorNode.Slice node, NodeEvaluation.Values values) {
        float[] output = output(node, values);
        Rearrangement.slice(
                values.of(node.input()),
                extents(node.input(), values),
                node.axis(),
                node.start(),
                node.count(),
                node.step(),
                output);
        return output;
    }

    static float[] gather(TensorNode.Gather node, NodeEvaluation.Values values) {
        float[] output = output(node, values);
        int[] indices = node.indices().stream().mapToInt(Integer::intValue).toArray();
        Rearrangement.gather(values.of(node.input()), extents(node.input(), values), node.axis(), indices, output);
        return output;
    }

    static float[] transpose(TensorNode.Transpose node, NodeEvaluation.Values values) {
        float[] output = output(node, values);
        int[] permutation =
                node.permutation().stream().mapToInt(Integer::intValue).toArray();
        Rearrangement.transpose(values.of(node.input()), extents(node.input(), values), permutation, output);
        return output;
    }

    static float[] batchNormalization(NormalizationNode.Batch node, NodeEvaluation.Values values) {
        float[] output = values.of(node.input()).clone();
        Normalization.batch(
                output,
                output.length / values.shapeOf(node.input()).extent(0),
                node.scale().values(),
                node.bias().values(),
                node.mean().values(),
                node.variance().values(),
                node.epsilon());
        return output;
    }

    static float[] layerNormalization(NormalizationNode.Layer node, NodeEvaluation.Values values) {
        float[] output = values.of(node.input()).clone();
        Tensor bias = node.bias();
        float[] shift = bias == null ? new float[node.scale().values().length] : bias.values();
        Normalization.layer(output, node.scale().values(), shift, node.epsilon());
        return output;
    }

    static float[] localResponse(NormalizationNode.LocalResponse node, NodeEvaluation.Values values) {
        float[] input = values.of(node.input());
        float[] output = new float[input.length];
        int planeSize = input.length / values.shapeOf(node.input()).extent(0);
        Normalization.localResponse(input, planeSize, node.size(), node.alpha(), node.beta(), node.bias(), output);
        return output;
    }

    private static float[] output(Node node, NodeEvaluation.Values values) {
        return new float[values.shapeOf(node.name()).size()];
    }

    private static int[] extents(String value, NodeEvaluation.Values values) {
        return values.shapeOf(value).toArray();
    }
}
