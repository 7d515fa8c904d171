package org.eiesim.models.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.eiesim.kernels.nn.SlidingWindow;
import org.jspecify.annotations.Nullable;

/** Derives the shape of every value of a network from the shapes of its inputs; shapes are those of one sample. */
public final class ShapeInference {
    private static final NodeSwitch<Function<String, Shape>, Shape> RULES =
            NodeSwitch.<Function<String, Shape>, Shape>builder()
                    .on(Node.Dense.class, ShapeInference::dense)
                    .on(Node.Convolution.class, ShapeInference::convolution)
                    .on(Node.Pooling.class, ShapeInference::pooling)
                    .on(Node.Recurrent.class, ShapeInference::recurrent)
                    .on(Node.Activation.class, (node, shapes) -> shapes.apply(node.input()))
                    .on(Node.Softmax.class, ShapeInference::softmax)
                    .on(
                            Node.Flatten.class,
                            (node, shapes) ->
                                    Shape.of(shapes.apply(node.input()).size()))
                    .on(Node.Reshape.class, ShapeInference::reshape)
                    .on(Node.Arithmetic.class, TensorShapes::arithmetic)
                    .on(Node.Dropout.class, (node, shapes) -> shapes.apply(node.input()))
                    .on(
                            TensorNode.Constant.class,
                            (node, shapes) -> node.value().shape())
                    .on(TensorNode.Embedding.class, TensorShapes::embedding)
                    .on(TensorNode.Select.class, TensorShapes::select)
                    .on(TensorNode.MatrixProduct.class, TensorShapes::matrixProduct)
                    .on(TensorNode.Reduction.class, TensorShapes::reduction)
                    .on(TensorNode.Concat.class, TensorShapes::concat)
                    .on(TensorNode.Slice.class, TensorShapes::slice)
                    .on(TensorNode.Gather.class, TensorShapes::gather)
                    .on(TensorNode.Transpose.class, TensorShapes::transpose)
                    .on(NormalizationNode.Batch.class, TensorShapes::batchNormalization)
                    .on(NormalizationNode.Layer.class, TensorShapes::layerNormalization)
                    .on(NormalizationNode.LocalResponse.class, TensorShapes::localResponse)
                    .build();

    private ShapeInference() {}

    /**
     * Returns the shapes of all values.
     *
     * @param network the network
     * @return an unmodifiable map from value to shape: inputs first, then nodes, in their order
     * @throws IllegalArgumentException if a node cannot take the shapes it reads; the message names the node
     */
    public static Map<String, Shape> infer(Network network) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Network.Input input : network.inputs()) {
            shapes.put(input.name(), input.shape());
        }
        for (Node node : network.nodes()) {
            shapes.put(node.name(), infer(node, shapes));
        }
        return Collections.unmodifiableMap(shapes);
    }

    /**
     * Returns the shape of the value that one node yields.
     *
     * @param node the node
     * @param shapes shapes by value; holds at least the values the node reads
     * @return the shape of the node's value
     * @throws IllegalArgumentException if the node cannot take the shapes it reads; the message names the node
     */
    public static Shape infer(Node node, Map<String, Shape> shapes) {
        return RULES.apply(node, value -> {
            Shape shape = shapes.get(value);
            if (shape == null) {
                throw new IllegalArgumentException("node " + node.name() + " reads unknown value " + value);
            }
            return shape;
        });
    }

    private static Shape dense(Node.Dense node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        int numInputs = node.weight().shape().extent(1);
        if (input.rank() == 0 || input.extent(input.rank() - 1) != numInputs) {
            throw misfit(node, input, "its weight " + node.weight().shape() + " needs a last axis of " + numInputs);
        }
        int[] extents = input.toArray();
        extents[extents.length - 1] = node.weight().shape().extent(0);
        return shapeOf(node, extents);
    }

    private static Shape convolution(Node.Convolution node, Function<String, Shape> shapes) {
        Shape input = requireImage(node, shapes.apply(node.input()));
        long numChannels = (long) node.weight().shape().extent(1) * node.groups();
        if (input.extent(0) != numChannels) {
            throw misfit(
                    node,
                    input,
                    "its weight " + node.weight().shape() + " in " + node.groups() + " group(s) needs " + numChannels
                            + " channels");
        }
        return windowed(node, node.window(), false, input, node.weight().shape().extent(0));
    }

    private static Shape pooling(Node.Pooling node, Function<String, Shape> shapes) {
        Shape input = requireImage(node, shapes.apply(node.input()));
        return windowed(node, node.window(), node.roundUp(), input, input.extent(0));
    }

    private static Shape windowed(Node node, Window window, boolean roundUp, Shape input, int numChannels) {
        SlidingWindow windows;
        try {
            windows = window.over(input.extent(1), input.extent(2), roundUp);
        } catch (IllegalArgumentException e) {
            throw misfit(node, input, e.getMessage());
        }
        return shapeOf(node, numChannels, windows.outputHeight(), windows.outputWidth());
    }

    private static Shape recurrent(Node.Recurrent node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        int numInputs = node.inputWeight().shape().extent(1);
        if (input.rank() != 2 || input.extent(1) != numInputs) {
            throw misfit(node, input, "it needs steps x " + numInputs);
        }
        for (String state : node.options().inputs()) {
            if (shapes.apply(state).size() != node.hidden()) {
                throw new IllegalArgumentException("node " + node.name() + ": its initial state " + state + " has "
                        + shapes.apply(state).size() + " elements, not " + node.hidden());
            }
        }
        return shapeOf(node, input.extent(0) + (node.options().yieldsCell() ? 1 : 0), node.hidden());
    }

    private static Shape softmax(Node.Softmax node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        if (input.rank() == 0) {
            throw misfit(node, input, "it needs at least one axis");
        }
        return input;
    }

    private static Shape reshape(Node.Reshape node, Function<String, Shape> shapes) {
        Shape input = shapes.apply(node.input());
        if (input.size() != node.shape().size()) {
            throw misfit(
                    node,
                    input,
                    "its shape " + node.shape() + " has " + node.shape().size() + " elements, not " + input.size());
        }
        return node.shape();
    }

    private static Shape requireImage(Node node, Shape input) {
        if (input.rank() != 3) {
            throw misfit(node, input, "it needs channels x height x width");
        }
        return input;
    }

    static Shape shapeOf(Node node, int... extents) {
        try {
            return Shape.of(extents);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("node " + node.name() + ": " + e.getMessage(), e);
        }
    }

    static IllegalArgumentException misfit(Node node, Shape input, @Nullable String reason) {
        return new IllegalArgumentException("node " + node.name() + " cannot take "
                + node.inputs().get(0) + " of shape " + (input.rank() == 0 ? "scalar" : input) + ": " + reason);
    }
}
