package org.eiesim.models.edit;

import java.util.ArrayList;
import java.util.List;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NodeSwitch;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.TensorNode;

/** Tells {@link ChannelGroups} for every kind of node which elements it ties together and which axes must stay. */
final class AxisLinks {
    private static final NodeSwitch<ChannelGroups, ChannelGroups> TABLE =
            NodeSwitch.<ChannelGroups, ChannelGroups>builder()
                    .on(Node.Dense.class, (n, groups) -> sameAxes(groups, n.input(), n.name(), -1))
                    .on(Node.Convolution.class, AxisLinks::convolution)
                    .on(Node.Pooling.class, (n, groups) -> channelsOnly(groups, n.input(), n.name()))
                    .on(Node.Recurrent.class, AxisLinks::recurrent)
                    .on(Node.Activation.class, (n, groups) -> same(groups, n.input(), n.name()))
                    .on(Node.Softmax.class, (n, groups) -> sameButLast(groups, n.input(), n.name(), 1))
                    .on(Node.Flatten.class, (n, groups) -> reshape(groups, n.input(), n.name()))
                    .on(Node.Reshape.class, (n, groups) -> reshape(groups, n.input(), n.name()))
                    .on(Node.Arithmetic.class, (n, groups) -> elementwise(groups, n))
                    .on(Node.Dropout.class, (n, groups) -> same(groups, n.input(), n.name()))
                    .on(TensorNode.Constant.class, (n, groups) -> groups)
                    .on(TensorNode.Embedding.class, AxisLinks::embedding)
                    .on(TensorNode.Select.class, (n, groups) -> elementwise(groups, n))
                    .on(TensorNode.MatrixProduct.class, AxisLinks::matrixProduct)
                    .on(TensorNode.Reduction.class, AxisLinks::reduction)
                    .on(TensorNode.Concat.class, AxisLinks::concat)
                    .on(TensorNode.Slice.class, (n, groups) -> taken(groups, n.input(), n.name(), n.axis(), indices(n)))
                    .on(
                            TensorNode.Gather.class,
                            (n, groups) -> taken(groups, n.input(), n.name(), n.axis(), n.indices()))
                    .on(TensorNode.Transpose.class, AxisLinks::transpose)
                    .on(NormalizationNode.Batch.class, (n, groups) -> same(groups, n.input(), n.name()))
                    .on(
                            NormalizationNode.Layer.class,
                            (n, groups) -> sameButLast(groups, n.input(), n.name(), normalizedAxes(n, groups)))
                    .on(NormalizationNode.LocalResponse.class, AxisLinks::localResponse)
                    .build();

    private final ChannelGroups groups;

    AxisLinks(ChannelGroups groups) {
        this.groups = groups;
    }

    void apply(Node node) {
        TABLE.apply(node, groups);
    }

    /** The elements a slice takes, in order. */
    static List<Integer> indices(TensorNode.Slice slice) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < slice.count(); i++) {
            indices.add(slice.start() + i * slice.step());
        }
        return indices;
    }

    private static ChannelGroups same(ChannelGroups groups, String input, String output) {
        return sameAxes(groups, input, output, groups.shape(input).rank());
    }

    /** Links the axes before {@code end}, counted from the last where it is negative. */
    private static ChannelGroups sameAxes(ChannelGroups groups, String input, String output, int end) {
        int rank = groups.shape(input).rank();
        for (int axis = 0; axis < (end < 0 ? rank + end : end); axis++) {
            groups.link(input, axis, output, axis);
        }
        return groups;
    }

    private static ChannelGroups sameButLast(ChannelGroups groups, String input, String output, int numLast) {
        same(groups, input, output);
        int rank = groups.shape(input).rank();
        for (int axis = rank - numLast; axis < rank; axis++) {
            groups.lock(output, axis);
        }
        return groups;
    }

    /** How many of the last axes a layer normalisation looks across: as many as hold its scale. */
    private static int normalizedAxes(NormalizationNode.Layer node, ChannelGroups groups) {
        Shape shape = groups.shape(node.input());
        int axes = 0;
        for (int size = 1; size < node.scale().values().length && axes < shape.rank(); axes++) {
            size *= shape.extent(shape.rank() - 1 - axes);
        }
        return Math.max(1, axes);
    }

    private static ChannelGroups localResponse(NormalizationNode.LocalResponse node, ChannelGroups groups) {
        same(groups, node.input(), node.name());
        groups.lock(node.name(), 0);
        return groups;
    }

    private static ChannelGroups channelsOnly(ChannelGroups groups, String input, String output) {
        groups.link(input, 0, output, 0);
        for (int axis = 1; axis < groups.shape(input).rank(); axis++) {
            groups.lock(input, axis);
            groups.lock(output, axis);
        }
        return groups;
    }

    private static ChannelGroups convolution(Node.Convolution node, ChannelGroups groups) {
        for (int axis = 1; axis < groups.shape(node.input()).rank(); axis++) {
            groups.lock(node.input(), axis);
            groups.lock(node.name(), axis);
        }
        int numGroups = node.groups();
        if (numGroups == 1) {
            return groups;
        }
        int inputs = groups.shape(node.input()).extent(0) / numGroups;
        int outputs = groups.shape(node.name()).extent(0) / numGroups;
        for (int group = 0; group < numGroups; group++) {
            if (inputs == 1) {
                // Depthwise: a channel goes with all that is made of it.
                for (int i = 0; i < outputs; i++) {
                    groups.link(node.input(), 0, group, node.name(), 0, group * outputs + i);
                }
            } else {
                // Every group keeps as many channels, so the channels at one place of each go together.
                for (int i = 0; i < inputs; i++) {
                    groups.link(node.input(), 0, i, node.input(), 0, group * inputs + i);
                }
                for (int i = 0; i < outputs; i++) {
                    groups.link(node.name(), 0, i, node.name(), 0, group * outputs + i);
                }
            }
        }
        return groups;
    }

    private static ChannelGroups recurrent(Node.Recurrent node, ChannelGroups groups) {
        groups.lock(node.input(), 0);
        groups.lock(node.name(), 0);
        return groups;
    }

    /** Aligns axes from the last one; an extent of 1 beside a longer one is repeated and must stay. */
    private static ChannelGroups elementwise(ChannelGroups groups, Node node) {
        int rank = groups.shape(node.name()).rank();
        for (String operand : node.inputs()) {
            Shape shape = groups.shape(operand);
            for (int axis = 0; axis < shape.rank(); axis++) {
                int target = rank - shape.rank() + axis;
                if (shape.extent(axis) == groups.shape(node.name()).extent(target)) {
                    groups.link(operand, axis, node.name(), target);
                } else {
                    groups.lock(operand, axis);
                }
            }
        }
        return groups;
    }

    private static ChannelGroups embedding(TensorNode.Embedding node, ChannelGroups groups) {
        return same(groups, node.input(), node.name());
    }

    private static ChannelGroups matrixProduct(TensorNode.MatrixProduct node, ChannelGroups groups) {
        int rank = groups.shape(node.name()).rank();
        int left = groups.shape(node.left()).rank();
        int right = groups.shape(node.right()).rank();
        groups.link(node.left(), left - 2, node.name(), rank - 2);
        groups.link(node.right(), right - 1, node.name(), rank - 1);
        groups.lock(node.left(), left - 1);
        groups.lock(node.right(), right - 2);
        for (int axis = 0; axis < left - 2; axis++) {
            groups.lock(node.left(), axis);
        }
        for (int axis = 0; axis < right - 2; axis++) {
            groups.lock(node.right(), axis);
        }
        for (int axis = 0; axis < rank - 2; axis++) {
            groups.lock(node.name(), axis);
        }
        return groups;
    }

    private static ChannelGroups reduction(TensorNode.Reduction node, ChannelGroups groups) {
        int target = 0;
        for (int axis = 0; axis < groups.shape(node.input()).rank(); axis++) {
            if (node.axes().contains(axis)) {
                groups.lock(node.input(), axis);
                if (node.keepAxes()) {
                    groups.lock(node.name(), target++);
                }
            } else {
                groups.link(node.input(), axis, node.name(), target++);
            }
        }
        return groups;
    }

    private static ChannelGroups concat(TensorNode.Concat node, ChannelGroups groups) {
        int offset = 0;
        for (String input : node.inputs()) {
            for (int axis = 0; axis < groups.shape(input).rank(); axis++) {
                if (axis != node.axis()) {
                    groups.link(input, axis, node.name(), axis);
                }
            }
            int extent = groups.shape(input).extent(node.axis());
            for (int i = 0; i < extent; i++) {
                groups.link(input, node.axis(), i, node.name(), node.axis(), offset + i);
            }
            offset += extent;
        }
        return groups;
    }

    private static ChannelGroups taken(
            ChannelGroups groups, String input, String output, int axis, List<Integer> indices) {
        for (int other = 0; other < groups.shape(input).rank(); other++) {
            if (other != axis) {
                groups.link(input, other, output, other);
            }
        }
        for (int i = 0; i < indices.size(); i++) {
            groups.link(input, axis, indices.get(i), output, axis, i);
        }
        return groups;
    }

    private static ChannelGroups transpose(TensorNode.Transpose node, ChannelGroups groups) {
        for (int axis = 0; axis < node.permutation().size(); axis++) {
            groups.link(node.input(), node.permutation().get(axis), node.name(), axis);
        }
        return groups;
    }

    /**
     * Splits both shapes into the shortest runs of axes of the same size. Of a run of several axes only the first (longer
     * than 1) can lose elements, each with the whole block of the other side that it stands for.
     */
    private static ChannelGroups reshape(ChannelGroups groups, String input, String output) {
        int[] from = groups.shape(input).toArray();
        int[] to = groups.shape(output).toArray();
        int i = 0;
        int j = 0;
        while (i < from.length || j < to.length) {
            int firstInput = i;
            int firstOutput = j;
            long inputSize = i < from.length ? from[i++] : 1;
            long outputSize = j < to.length ? to[j++] : 1;
            while (inputSize != outputSize) {
                if (inputSize < outputSize) {
                    inputSize *= from[i++];
                } else {
                    outputSize *= to[j++];
                }
            }
            run(groups, new Run(input, firstInput, i), new Run(output, firstOutput, j));
        }
        return groups;
    }

    /** Axes {@code from..end-1} of a value. */
    private record Run(String value, int from, int end) {
        /** The first axis longer than 1, or -1. */
        int leading(ChannelGroups groups) {
            for (int axis = from; axis < end; axis++) {
                if (groups.shape(value).extent(axis) > 1) {
                    return axis;
                }
            }
            return -1;
        }
    }

    private static void run(ChannelGroups groups, Run input, Run output) {
        int a = input.leading(groups);
        int b = output.leading(groups);
        lockAllBut(groups, input, a);
        lockAllBut(groups, output, b);
        if (a < 0 || b < 0) {
            return;
        }
        int inputs = groups.shape(input.value()).extent(a);
        int outputs = groups.shape(output.value()).extent(b);
        int shorter = Math.min(inputs, outputs);
        if (Math.max(inputs, outputs) % shorter != 0) {
            groups.lock(input.value(), a);
            groups.lock(output.value(), b);
            return;
        }
        for (int k = 0; k < Math.max(inputs, outputs); k++) {
            int at = k / (Math.max(inputs, outputs) / shorter);
            groups.link(input.value(), a, inputs == shorter ? at : k, output.value(), b, outputs == shorter ? at : k);
        }
    }

    private static void lockAllBut(ChannelGroups groups, Run run, int free) {
        for (int axis = run.from(); axis < run.end(); axis++) {
            if (axis != free) {
                groups.lock(run.value(), axis);
            }
        }
    }
}
