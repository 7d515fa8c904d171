package org.eiesim.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NodeSwitch;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.TensorNode;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/** How each kind of node is computed on arrays that record their history. The batch is the first axis of every value. */
final class NodeHandlers {
    /** What a handler can ask for. */
    interface Context {
        /** Returns a value the node reads. */
        NDArray value(String name);

        /** Returns the effective tensor of the node's parameter, null where it has none. */
        @Nullable
        NDArray parameter(Node node, String role);

        /** Returns zeros and {@code 1 / (1 - rate)} of the value's shape while training, null elsewhere. */
        @Nullable
        NDArray dropoutMask(Node.Dropout node, NDArray value);
    }

    private static final NodeSwitch<Context, NDArray> TABLE = NodeSwitch.<Context, NDArray>builder()
            .on(Node.Dense.class, NodeHandlers::dense)
            .on(Node.Convolution.class, NodeHandlers::convolution)
            .on(Node.Pooling.class, NodeHandlers::pooling)
            .on(Node.Recurrent.class, NodeHandlers::recurrent)
            .on(Node.Activation.class, NodeHandlers::activation)
            .on(
                    Node.Softmax.class,
                    (node, context) -> context.value(node.input()).softmax(-1))
            .on(Node.Flatten.class, NodeHandlers::flatten)
            .on(Node.Reshape.class, NodeHandlers::reshape)
            .on(Node.Arithmetic.class, TensorHandlers::arithmetic)
            .on(Node.Dropout.class, NodeHandlers::dropout)
            .on(TensorNode.Constant.class, TensorHandlers::constant)
            .on(TensorNode.Embedding.class, TensorHandlers::embedding)
            .on(TensorNode.Select.class, TensorHandlers::select)
            .on(TensorNode.MatrixProduct.class, TensorHandlers::matrixProduct)
            .on(TensorNode.Reduction.class, TensorHandlers::reduction)
            .on(TensorNode.Concat.class, TensorHandlers::concat)
            .on(TensorNode.Slice.class, TensorHandlers::slice)
            .on(TensorNode.Gather.class, TensorHandlers::gather)
            .on(TensorNode.Transpose.class, TensorHandlers::transpose)
            .on(NormalizationNode.Batch.class, TensorHandlers::batchNormalization)
            .on(NormalizationNode.Layer.class, TensorHandlers::layerNormalization)
            .on(NormalizationNode.LocalResponse.class, TensorHandlers::localResponse)
            .build();

    private NodeHandlers() {}

    /**
     * Computes a node's value.
     *
     * @param node the node
     * @param context what it reads, its parameters and the mode
     * @return its value
     * @throws IllegalArgumentException if this kind of node cannot be trained
     */
    static NDArray forward(Node node, Context context) {
        return TABLE.apply(node, context);
    }

    private static NDArray dense(Node.Dense node, Context context) {
        NDArray input = context.value(node.input());
        return input.getNDArrayInternal()
                .linear(input, context.parameter(node, ParameterKey.WEIGHT), context.parameter(node, ParameterKey.BIAS))
                .singletonOrThrow();
    }

    private static NDArray convolution(Node.Convolution node, Context context) {
        Window window = node.window();
        requireSymmetric(node, window);
        NDArray input = context.value(node.input());
        return input.getNDArrayInternal()
                .convolution(
                        input,
                        context.parameter(node, ParameterKey.WEIGHT),
                        context.parameter(node, ParameterKey.BIAS),
                        new Shape(window.strideHeight(), window.strideWidth()),
                        new Shape(window.padTop(), window.padLeft()),
                        new Shape(window.dilationHeight(), window.dilationWidth()),
                        node.groups())
                .singletonOrThrow();
    }

    private static NDArray pooling(Node.Pooling node, Context context) {
        Window window = node.window();
        requireSymmetric(node, window);
        if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
            throw new IllegalArgumentException("node " + node.name() + ": cannot train a dilated pooling");
        }
        Shape kernel = new Shape(window.kernelHeight(), window.kernelWidth());
        Shape stride = new Shape(window.strideHeight(), window.strideWidth());
        Shape padding = new Shape(window.padTop(), window.padLeft());
        NDArray input = context.value(node.input());
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

    private static NDArray recurrent(Node.Recurrent node, Context context) {
        throw new IllegalArgumentException("node " + node.name() + ": cannot train a recurrent cell");
    }

    private static NDArray activation(Node.Activation node, Context context) {
        NDArray input = context.value(node.input());
        NDArrayEx internal = input.getNDArrayInternal();
        float first = node.coefficients().isEmpty() ? 0 : node.coefficients().get(0);
        float second = node.coefficients().size() < 2 ? 0 : node.coefficients().get(1);
        return switch (node.function()) {
            case RELU -> internal.relu();
            case SIGMOID -> internal.sigmoid();
            case TANH -> internal.tanh();
            case CLIP -> input.clip(first, second);
            case LEAKY_RELU -> internal.leakyRelu(first);
            case ELU -> internal.elu(first);
            case HARD_SIGMOID -> input.mul(first).add(second).clip(0, 1);
            case HARD_SWISH -> input.mul(input.mul(1f / 6).add(0.5f).clip(0, 1));
            case GELU -> internal.gelu();
            case GELU_TANH -> input.mul(0.5f).mul(geluInner(input).tanh().add(1));
            case ERF -> input.erf();
            case EXP -> input.exp();
            case LOG -> input.log();
            case SQRT -> input.sqrt();
            default -> elementFunction(node, input);
        };
    }

    /** The functions that only the host computes. */
    private static NDArray elementFunction(Node.Activation node, NDArray input) {
        return switch (node.function()) {
            case SIGN -> input.sign();
            case FLOOR -> input.floor();
            case CEIL -> input.ceil();
            case ROUND -> input.round();
            case TRUNCATE -> input.trunc();
            case SIN -> input.sin();
            case COS -> input.cos();
            case TAN -> input.tan();
            case ASIN -> input.asin();
            case ACOS -> input.acos();
            case ATAN -> input.atan();
            case SINH -> input.sinh();
            case COSH -> input.cosh();
            case ASINH -> input.mul(input).add(1).sqrt().add(input).log();
            case ACOSH -> input.mul(input).sub(1).sqrt().add(input).log();
            case ATANH -> input.add(1).log().sub(input.neg().add(1).log()).mul(0.5f);
            case SOFTPLUS ->
                input.getNDArrayInternal()
                        .relu()
                        .add(input.abs().neg().exp().add(1).log());
            case SOFTSIGN -> input.div(input.abs().add(1));
            default -> throw new IllegalArgumentException("node " + node.name() + ": cannot train " + node.function());
        };
    }

    private static NDArray geluInner(NDArray input) {
        return input.pow(3).mul(0.044715f).add(input).mul((float) Math.sqrt(2 / Math.PI));
    }

    private static NDArray flatten(Node.Flatten node, Context context) {
        NDArray input = context.value(node.input());
        return input.reshape(input.getShape().get(0), -1);
    }

    private static NDArray reshape(Node.Reshape node, Context context) {
        NDArray input = context.value(node.input());
        return input.reshape(TensorArrays.toShape(node.shape(), input.getShape().get(0)));
    }

    private static NDArray dropout(Node.Dropout node, Context context) {
        NDArray input = context.value(node.input());
        NDArray mask = context.dropoutMask(node, input);
        return mask == null ? input : input.mul(mask);
    }
}
