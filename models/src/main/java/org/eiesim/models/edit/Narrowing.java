package org.eiesim.models.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NodeSwitch;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.jspecify.annotations.Nullable;

/** Rewrites every node for a network that has lost some channel groups. */
final class Narrowing {
    private static final NodeSwitch<Narrowing, Node> TABLE = NodeSwitch.<Narrowing, Node>builder()
            .on(Node.Dense.class, Narrowing::dense)
            .on(Node.Convolution.class, Narrowing::convolution)
            .on(Node.Pooling.class, (n, narrowing) -> n)
            .on(Node.Recurrent.class, Narrowing::recurrent)
            .on(Node.Activation.class, (n, narrowing) -> n)
            .on(Node.Softmax.class, (n, narrowing) -> n)
            .on(Node.Flatten.class, (n, narrowing) -> n)
            .on(Node.Reshape.class, (n, narrowing) -> new Node.Reshape(n.name(), n.input(), narrowing.shape(n.name())))
            .on(Node.Arithmetic.class, (n, narrowing) -> n)
            .on(Node.Dropout.class, (n, narrowing) -> n)
            .on(TensorNode.Constant.class, Narrowing::constant)
            .on(
                    TensorNode.Embedding.class,
                    (n, narrowing) -> new TensorNode.Embedding(
                            n.name(), n.input(), Selection.axis(n.weight(), 1, narrowing.keptLast(n.name()))))
            .on(TensorNode.Select.class, (n, narrowing) -> n)
            .on(TensorNode.MatrixProduct.class, (n, narrowing) -> n)
            .on(TensorNode.Reduction.class, (n, narrowing) -> n)
            .on(TensorNode.Concat.class, (n, narrowing) -> n)
            .on(TensorNode.Slice.class, Narrowing::slice)
            .on(
                    TensorNode.Gather.class,
                    (n, narrowing) -> new TensorNode.Gather(
                            n.name(), n.input(), n.axis(), narrowing.taken(n, n.input(), n.axis(), n.indices())))
            .on(TensorNode.Transpose.class, (n, narrowing) -> n)
            .on(NormalizationNode.Batch.class, Narrowing::batch)
            .on(NormalizationNode.Layer.class, (n, narrowing) -> n)
            .on(NormalizationNode.LocalResponse.class, (n, narrowing) -> n)
            .build();

    private final ChannelGroups groups;
    private final Set<Integer> removed;

    Narrowing(ChannelGroups groups, Set<Integer> removed) {
        this.groups = groups;
        this.removed = removed;
        for (int number : removed) {
            if (number < 0 || number >= groups.groups().size()) {
                throw new IllegalArgumentException("there is no channel group " + number + " of "
                        + groups.groups().size());
            }
            ChannelGroups.Group group = groups.groups().get(number);
            if (!group.free()) {
                ChannelGroups.Elements first = group.elements().get(0);
                throw new IllegalArgumentException("channel group " + number + ", element "
                        + first.indices().get(0) + " of axis " + first.axis() + " of " + first.value()
                        + ", cannot be removed: an input, an output or a whole axis depends on it");
            }
        }
    }

    Node apply(Node node) {
        return TABLE.apply(node, this);
    }

    private int[] kept(String value, int axis) {
        return groups.kept(value, axis, removed);
    }

    private int[] keptLast(String value) {
        return kept(value, groups.shape(value).rank() - 1);
    }

    /** The shape a value has when the groups are gone. */
    private Shape shape(String value) {
        int[] extents = new int[groups.shape(value).rank()];
        for (int axis = 0; axis < extents.length; axis++) {
            extents[axis] = kept(value, axis).length;
        }
        return Shape.of(extents);
    }

    private static Node dense(Node.Dense n, Narrowing narrowing) {
        int[] rows = narrowing.keptLast(n.name());
        int[] columns = narrowing.keptLast(n.input());
        return new Node.Dense(
                n.name(),
                n.input(),
                Selection.axis(Selection.axis(n.weight(), 0, rows), 1, columns),
                vector(n.bias(), rows));
    }

    private static @Nullable Tensor vector(@Nullable Tensor vector, int[] kept) {
        return vector == null ? null : Selection.axis(vector, 0, kept);
    }

    private static Node convolution(Node.Convolution n, Narrowing narrowing) {
        int[] rows = narrowing.kept(n.name(), 0);
        int[] inputs = narrowing.kept(n.input(), 0);
        int inputsPerGroup = n.weight().shape().extent(1);
        Tensor weight = Selection.axis(n.weight(), 0, rows);
        int numGroups = n.groups();
        if (numGroups > 1 && inputsPerGroup == 1) {
            numGroups = inputs.length;
        } else {
            // Those of the first group; the others keep the same places.
            weight = Selection.axis(
                    weight,
                    1,
                    IntStream.of(inputs).filter(i -> i < inputsPerGroup).toArray());
        }
        return new Node.Convolution(n.name(), n.input(), weight, vector(n.bias(), rows), n.window(), numGroups);
    }

    private static Node recurrent(Node.Recurrent n, Narrowing narrowing) {
        int[] hidden = narrowing.keptLast(n.name());
        int[] inputs = narrowing.keptLast(n.input());
        int[] rows = new int[n.cell().numGates() * hidden.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i / hidden.length * n.hidden() + hidden[i % hidden.length];
        }
        return new Node.Recurrent(
                n.name(),
                n.input(),
                n.cell(),
                n.reversed(),
                Selection.axis(Selection.axis(n.inputWeight(), 0, rows), 1, inputs),
                Selection.axis(Selection.axis(n.recurrentWeight(), 0, rows), 1, hidden),
                vector(n.bias(), rows),
                vector(n.recurrentBias(), rows));
    }

    private static Node constant(TensorNode.Constant n, Narrowing narrowing) {
        Tensor value = n.value();
        for (int axis = 0; axis < n.value().shape().rank(); axis++) {
            value = Selection.axis(value, axis, narrowing.kept(n.name(), axis));
        }
        return new TensorNode.Constant(n.name(), value);
    }

    private static Node batch(NormalizationNode.Batch n, Narrowing narrowing) {
        int[] kept = narrowing.kept(n.input(), 0);
        return new NormalizationNode.Batch(
                n.name(),
                n.input(),
                Selection.axis(n.scale(), 0, kept),
                Selection.axis(n.bias(), 0, kept),
                Selection.axis(n.mean(), 0, kept),
                Selection.axis(n.variance(), 0, kept),
                n.epsilon());
    }

    private static Node slice(TensorNode.Slice n, Narrowing narrowing) {
        List<Integer> indices = narrowing.taken(n, n.input(), n.axis(), AxisLinks.indices(n));
        int step = indices.size() > 1 ? indices.get(1) - indices.get(0) : 1;
        for (int i = 1; i < indices.size(); i++) {
            if (indices.get(i) - indices.get(i - 1) != step) {
                return new TensorNode.Gather(n.name(), n.input(), n.axis(), indices);
            }
        }
        return new TensorNode.Slice(n.name(), n.input(), n.axis(), indices.get(0), indices.size(), step);
    }

    /** Where the elements that are left of those a node takes stand in what is left of the axis. */
    private List<Integer> taken(Node node, String input, int axis, List<Integer> indices) {
        int[] left = kept(input, axis);
        int[] position = new int[groups.shape(input).extent(axis)];
        for (int i = 0; i < left.length; i++) {
            position[left[i]] = i;
        }
        List<Integer> taken = new ArrayList<>();
        for (int i : kept(node.name(), axis)) {
            taken.add(position[indices.get(i)]);
        }
        return taken;
    }
}
