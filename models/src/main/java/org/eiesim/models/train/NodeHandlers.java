package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/** How each kind of node is computed on arrays that record their history. One handler per kind, in one table. */
final class NodeHandlers {
    /** Computes one kind of node. */
    @FunctionalInterface
    interface Handler<N extends Node> {
        /**
         * Computes the node's value.
         *
         * @param node the node
         * @param inputs what it reads, batch first
         * @param context its parameters and the mode
         * @return its value, batch first
         */
        NDArray forward(N node, List<NDArray> inputs, Context context);
    }

    /** What a handler can ask for. */
    interface Context {
        /** Returns the effective tensor of the node's parameter, null where it has none. */
        @Nullable
        NDArray parameter(Node node, String role);

        /** Returns zeros and {@code 1 / (1 - rate)} of the value's shape while training, null elsewhere. */
        @Nullable
        NDArray dropoutMask(Node.Dropout node, NDArray value);
    }

    private static final Map<Class<? extends Node>, Handler<?>> TABLE = Map.ofEntries(
            entry(Node.Dense.class, NodeHandlers::dense),
            entry(Node.Convolution.class, NodeHandlers::convolution),
            entry(Node.Pooling.class, NodeHandlers::pooling),
            entry(Node.Activation.class, NodeHandlers::activation),
            entry(Node.Softmax.class, (node, inputs, context) -> inputs.get(0).softmax(-1)),
            entry(Node.Flatten.class, (node, inputs, context) -> flatten(inputs.get(0))),
            entry(Node.Reshape.class, NodeHandlers::reshape),
            entry(Node.Add.class, (node, inputs, context) -> inputs.get(0).add(inputs.get(1))),
            entry(Node.Dropout.class, NodeHandlers::dropout));

    private NodeHandlers() {}

    private static <N extends Node> Map.Entry<Class<? extends Node>, Handler<?>> entry(
            Class<N> kind, Handler<N> handler) {
        return Map.entry(kind, handler);
    }

    /**
     * Tells whether a kind of node can be trained.
     *
     * @param node the node
     * @return whether there is a handler
     */
    static boolean handles(Node node) {
        return TABLE.containsKey(node.getClass());
    }

    /**
     * Computes a node's value.
     *
     * @param node a node of a kind that {@link #handles} knows
     * @param inputs what it reads
     * @param context its parameters and the mode
     * @return its value
     */
    @SuppressWarnings("unchecked") // the table maps each class to a handler of that class
    static NDArray forward(Node node, List<NDArray> inputs, Context context) {
        Handler<Node> handler = (Handler<Node>) TABLE.get(node.getClass());
        if (handler == null) {
            throw new IllegalArgumentException("node " + node.name() + ": cannot train a "
                    + node.getClass().getSimpleName());
        }
        return handler.forward(node, inputs, context);
    }

    private static NDArray dense(Node.Dense node, List<NDArray> inputs, Context context) {
        NDArray input = inputs.get(0);
        return input.getNDArrayInternal()
                .linear(input, context.parameter(node, ParameterKey.WEIGHT), context.parameter(node, ParameterKey.BIAS))
                .singletonOrThrow();
    }

    private static NDArray convolution(Node.Convolution node, List<NDArray> inputs, Context context) {
        Window window = node.window();
        requireSymmetric(node, window);
        NDList output = inputs.get(0)
                .getNDArrayInternal()
                .convolution(
                        inputs.get(0),
                        context.parameter(node, ParameterKey.WEIGHT),
                        context.parameter(node, ParameterKey.BIAS),
                        new Shape(window.strideHeight(), window.strideWidth()),
                        new Shape(window.padTop(), window.padLeft()),
                        new Shape(window.dilationHeight(), window.dilationWidth()),
                        node.groups());
        return output.singletonOrThrow();
    }

    private static NDArray pooling(Node.Pooling node, List<NDArray> inputs, Context context) {
        Window window = node.window();
        requireSymmetric(node, window);
        if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
            throw new IllegalArgumentException("node " + node.name() + ": cannot train a dilated pooling");
        }
        Shape kernel = new Shape(window.kernelHeight(), window.kernelWidth());
        Shape stride = new Shape(window.strideHeight(), window.strideWidth());
        Shape padding = new Shape(window.padTop(), window.padLeft());
        NDArray input = inputs.get(0);
        return switch (node.kind()) {
            case MAXIMUM -> input.getNDArrayInternal().maxPool(kernel, stride, padding, node.roundUp());
            case AVERAGE ->
                input.getNDArrayInternal().avgPool(kernel, stride, padding, node.roundUp(), node.countPadding());
        };
    }

    private static void requireSymmetric(Node node, Window window) {
        if (window.padTop() != window.padBottom() || window.padLeft() != window.padRight()) {
            throw new IllegalArgumentException("node " + node.name() + ": cannot train with padding that differs"
                    + " between opposite sides (top " + window.padTop() + ", bottom " + window.padBottom() + ", left "
                    + window.padLeft() + ", right " + window.padRight() + ")");
        }
    }

    private static NDArray activation(Node.Activation node, List<NDArray> inputs, Context context) {
        NDArray input = inputs.get(0);
        return switch (node.function()) {
            case RELU -> input.getNDArrayInternal().relu();
            case SIGMOID -> input.getNDArrayInternal().sigmoid();
            case TANH -> input.getNDArrayInternal().tanh();
        };
    }

    private static NDArray flatten(NDArray input) {
        return input.reshape(input.getShape().get(0), -1);
    }

    private static NDArray reshape(Node.Reshape node, List<NDArray> inputs, Context context) {
        int[] extents = node.shape().toArray();
        long[] batched = new long[extents.length + 1];
        batched[0] = inputs.get(0).getShape().get(0);
        for (int axis = 0; axis < extents.length; axis++) {
            batched[axis + 1] = extents[axis];
        }
        return inputs.get(0).reshape(batched);
    }

    private static NDArray dropout(Node.Dropout node, List<NDArray> inputs, Context context) {
        NDArray mask = context.dropoutMask(node, inputs.get(0));
        return mask == null ? inputs.get(0) : inputs.get(0).mul(mask);
    }
}
