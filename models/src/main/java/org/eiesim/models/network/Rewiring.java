package org.eiesim.models.network;

import java.util.function.UnaryOperator;

/** Lets nodes read other values. */
public final class Rewiring {
    private static final NodeSwitch<UnaryOperator<String>, Node> TABLE =
            NodeSwitch.<UnaryOperator<String>, Node>builder()
                    .on(
                            Node.Dense.class,
                            (n, to) -> new Node.Dense(n.name(), to.apply(n.input()), n.weight(), n.bias()))
                    .on(
                            Node.Convolution.class,
                            (n, to) -> new Node.Convolution(
                                    n.name(), to.apply(n.input()), n.weight(), n.bias(), n.window(), n.groups()))
                    .on(
                            Node.Pooling.class,
                            (n, to) -> new Node.Pooling(
                                    n.name(), to.apply(n.input()), n.kind(), n.window(), n.roundUp(), n.countPadding()))
                    .on(
                            Node.Recurrent.class,
                            (n, to) -> new Node.Recurrent(
                                    n.name(),
                                    to.apply(n.input()),
                                    n.cell(),
                                    n.reversed(),
                                    n.inputWeight(),
                                    n.recurrentWeight(),
                                    n.bias(),
                                    n.recurrentBias(),
                                    options(n.options(), to)))
                    .on(
                            Node.Activation.class,
                            (n, to) ->
                                    new Node.Activation(n.name(), to.apply(n.input()), n.function(), n.coefficients()))
                    .on(Node.Softmax.class, (n, to) -> new Node.Softmax(n.name(), to.apply(n.input())))
                    .on(Node.Flatten.class, (n, to) -> new Node.Flatten(n.name(), to.apply(n.input())))
                    .on(Node.Reshape.class, (n, to) -> new Node.Reshape(n.name(), to.apply(n.input()), n.shape()))
                    .on(
                            Node.Arithmetic.class,
                            (n, to) -> new Node.Arithmetic(
                                    n.name(), n.operator(), to.apply(n.left()), to.apply(n.right())))
                    .on(Node.Dropout.class, (n, to) -> new Node.Dropout(n.name(), to.apply(n.input()), n.rate()))
                    .on(TensorNode.Constant.class, (n, to) -> n)
                    .on(
                            TensorNode.Embedding.class,
                            (n, to) -> new TensorNode.Embedding(n.name(), to.apply(n.input()), n.weight()))
                    .on(
                            TensorNode.Select.class,
                            (n, to) -> new TensorNode.Select(
                                    n.name(), to.apply(n.condition()), to.apply(n.yes()), to.apply(n.no())))
                    .on(
                            TensorNode.MatrixProduct.class,
                            (n, to) -> new TensorNode.MatrixProduct(n.name(), to.apply(n.left()), to.apply(n.right())))
                    .on(
                            TensorNode.Reduction.class,
                            (n, to) -> new TensorNode.Reduction(
                                    n.name(), to.apply(n.input()), n.operator(), n.axes(), n.keepAxes()))
                    .on(
                            TensorNode.Concat.class,
                            (n, to) -> new TensorNode.Concat(
                                    n.name(), n.inputs().stream().map(to).toList(), n.axis()))
                    .on(
                            TensorNode.Slice.class,
                            (n, to) -> new TensorNode.Slice(
                                    n.name(), to.apply(n.input()), n.axis(), n.start(), n.count(), n.step()))
                    .on(
                            TensorNode.Gather.class,
                            (n, to) -> new TensorNode.Gather(n.name(), to.apply(n.input()), n.axis(), n.indices()))
                    .on(
                            TensorNode.Transpose.class,
                            (n, to) -> new TensorNode.Transpose(n.name(), to.apply(n.input()), n.permutation()))
                    .on(
                            NormalizationNode.Batch.class,
                            (n, to) -> new NormalizationNode.Batch(
                                    n.name(),
                                    to.apply(n.input()),
                                    n.scale(),
                                    n.bias(),
                                    n.mean(),
                                    n.variance(),
                                    n.epsilon()))
                    .on(
                            NormalizationNode.Layer.class,
                            (n, to) -> new NormalizationNode.Layer(
                                    n.name(), to.apply(n.input()), n.scale(), n.bias(), n.epsilon()))
                    .on(
                            NormalizationNode.LocalResponse.class,
                            (n, to) -> new NormalizationNode.LocalResponse(
                                    n.name(), to.apply(n.input()), n.size(), n.alpha(), n.beta(), n.bias()))
                    .build();

    private Rewiring() {}

    private static RecurrentOptions options(RecurrentOptions options, UnaryOperator<String> to) {
        String hidden = options.initialHidden();
        String cell = options.initialCell();
        return options.reading(hidden == null ? null : to.apply(hidden), cell == null ? null : to.apply(cell));
    }

    /**
     * Returns a node that reads other values.
     *
     * @param node the node
     * @param to which value takes the place of each it reads
     * @return the node, otherwise the same
     */
    public static Node apply(Node node, UnaryOperator<String> to) {
        return TABLE.apply(node, to);
    }
}
