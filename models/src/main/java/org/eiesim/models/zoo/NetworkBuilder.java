package org.eiesim.models.zoo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.eiesim.models.network.Window;
import org.jspecify.annotations.Nullable;

/** Builds a network layer by layer. Each method adds to the current value, which {@link #at} sets. */
final class NetworkBuilder {
    private static final float BATCH_EPSILON = 1e-5f;

    private final String name;
    private final SyntheticWeights weights;
    private final List<Network.Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private String value = "";

    NetworkBuilder(String name, SyntheticWeights weights) {
        this.name = name;
        this.weights = weights;
    }

    NetworkBuilder input(String input, int... extents) {
        Shape shape = Shape.of(extents);
        inputs.add(new Network.Input(input, shape));
        shapes.put(input, shape);
        value = input;
        return this;
    }

    String value() {
        return value;
    }

    NetworkBuilder at(String other) {
        value = other;
        return this;
    }

    int channels() {
        return shape().extent(0);
    }

    Shape shape() {
        return shapes.getOrDefault(value, Shape.of());
    }

    NetworkBuilder add(Node node) {
        shapes.put(node.name(), ShapeInference.infer(node, shapes));
        nodes.add(node);
        value = node.name();
        return this;
    }

    Network build() {
        return new Network(name, inputs, nodes, List.of(value));
    }

    /** Adds a convolution with a bias. */
    NetworkBuilder conv(String layer, int outputs, int kernel, int stride, int pad, int groups) {
        return convolution(layer, outputs, kernel, stride, pad, groups, SyntheticWeights.constant(outputs, 0));
    }

    /** Adds a convolution without bias and a batch normalisation. */
    NetworkBuilder convBatch(String layer, int outputs, int kernel, int stride, int pad, int groups) {
        convolution(layer, outputs, kernel, stride, pad, groups, null);
        Tensor ones = SyntheticWeights.constant(outputs, 1);
        Tensor zeros = SyntheticWeights.constant(outputs, 0);
        return add(new NormalizationNode.Batch(layer + ".bn", value, ones, zeros, zeros, ones, BATCH_EPSILON));
    }

    private NetworkBuilder convolution(
            String layer, int outputs, int kernel, int stride, int pad, int groups, @Nullable Tensor bias) {
        int perGroup = channels() / groups;
        Tensor weight = weights.weight(layer, perGroup * kernel * kernel, outputs, perGroup, kernel, kernel);
        return add(new Node.Convolution(layer, value, weight, bias, window(kernel, stride, pad), groups));
    }

    NetworkBuilder relu() {
        return add(new Node.Activation(value + ".relu", value, ActivationFunction.RELU));
    }

    NetworkBuilder relu6() {
        return add(new Node.Activation(value + ".relu6", value, ActivationFunction.CLIP, List.of(0f, 6f)));
    }

    NetworkBuilder maxPool(String layer, int kernel, int stride, int pad, boolean roundUp) {
        Window window = window(kernel, stride, pad);
        return add(new Node.Pooling(layer, value, Node.Pooling.Kind.MAXIMUM, window, roundUp, false));
    }

    NetworkBuilder averagePool(String layer, int kernel, int stride, int pad) {
        Window window = window(kernel, stride, pad);
        return add(new Node.Pooling(layer, value, Node.Pooling.Kind.AVERAGE, window, false, true));
    }

    /** Averages each plane and makes one axis of the channels. */
    NetworkBuilder globalAverage() {
        Window window = new Window(shape().extent(1), shape().extent(2), 1, 1, 0, 0, 0, 0, 1, 1);
        add(new Node.Pooling("gap", value, Node.Pooling.Kind.AVERAGE, window, false, false));
        return flatten();
    }

    private static Window window(int kernel, int stride, int pad) {
        return new Window(kernel, kernel, stride, stride, pad, pad, pad, pad, 1, 1);
    }

    NetworkBuilder flatten() {
        return add(new Node.Flatten("flatten", value));
    }

    NetworkBuilder dense(String layer, int outputs) {
        return dense(layer, outputs, true);
    }

    NetworkBuilder dense(String layer, int outputs, boolean hasBias) {
        int numInputs = shape().extent(shape().rank() - 1);
        Tensor weight = weights.weight(layer, numInputs, outputs, numInputs);
        return add(new Node.Dense(layer, value, weight, hasBias ? SyntheticWeights.constant(outputs, 0) : null));
    }

    NetworkBuilder dropout(String layer) {
        return add(new Node.Dropout(layer, value, 0.5));
    }

    NetworkBuilder softmax() {
        return add(new Node.Softmax("prob", value));
    }

    /** AlexNet's: over 5 channels, alpha 1e-4, beta 0.75. */
    NetworkBuilder localResponse(String layer) {
        return add(new NormalizationNode.LocalResponse(layer, value, 5, 1e-4, 0.75, 1));
    }

    /** Adds the current value and another. */
    NetworkBuilder plus(String layer, String other) {
        return add(new Node.Arithmetic(layer, ArithmeticOperator.ADD, value, other));
    }

    NetworkBuilder concat(String layer, String... parts) {
        return add(new TensorNode.Concat(layer, List.of(parts), 0));
    }

    /** Takes some channels of the current value. */
    NetworkBuilder slice(String layer, int start, int count) {
        return add(new TensorNode.Slice(layer, value, 0, start, count, 1));
    }

    /** Makes output {@code j * rows + i} of input {@code i * (channels / rows) + j}: reshape, transpose, reshape. */
    NetworkBuilder shuffle(String layer, int rows) {
        Shape shape = shape();
        int columns = shape.extent(0) / rows;
        add(new Node.Reshape(layer + ".split", value, Shape.of(rows, columns, shape.extent(1), shape.extent(2))));
        add(new TensorNode.Transpose(layer + ".swap", value, List.of(1, 0, 2, 3)));
        return add(new Node.Reshape(layer, value, shape));
    }

    /** Adds a long short-term memory whose output is linear in its cell, over steps. */
    NetworkBuilder neuralTalkCell(String layer, int hidden) {
        int numInputs = shape().extent(1);
        int rows = 4 * hidden;
        int fanIn = numInputs + hidden;
        Tensor input = weights.weight(layer, fanIn, rows, numInputs);
        Tensor recurrent = weights.weight(layer, fanIn, rows, hidden);
        return add(new Node.Recurrent(
                layer, value, RecurrentCell.LSTM_LINEAR_OUTPUT, input, recurrent, SyntheticWeights.constant(rows, 0)));
    }
}
