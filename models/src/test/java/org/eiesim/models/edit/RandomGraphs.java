package org.eiesim.models.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.eiesim.models.network.Window;

/** Makes networks of all the shapes that removing channels has to follow. */
final class RandomGraphs {
    private static final int SIDE = 4;

    private final Random random;
    private final List<Node> nodes = new ArrayList<>();
    private int count;

    private RandomGraphs(long seed) {
        random = new Random(seed);
    }

    /** A convolutional trunk of random blocks, then one of several heads. */
    static Network create(long seed) {
        return new RandomGraphs(seed).build();
    }

    private Network build() {
        int channels = 2 + random.nextInt(4);
        String value = convolution("x", 3, channels, 3, 1);
        for (int block = 0; block < 1 + random.nextInt(4); block++) {
            switch (random.nextInt(7)) {
                case 0 -> value = residual(value, channels);
                case 1 -> {
                    value = add(new TensorNode.Concat(name("self"), List.of(value, value), 0));
                    channels *= 2;
                }
                case 2 -> {
                    String other = activation(convolution(value, channels, 3, 1, 1));
                    value = add(new TensorNode.Concat(name("concat"), List.of(value, other), 0));
                    channels += 3;
                }
                case 3 -> value = convolution(value, channels, channels, 3, channels);
                case 4 -> value = grouped(value, channels);
                case 5 -> value = gate(value, channels);
                default -> {
                    String next = activation(norm(convolution(value, channels, 4, 3, 1), 4));
                    channels = 4;
                    value = split(next);
                }
            }
        }
        value = activation(value);
        String head = random.nextBoolean() ? flat(value, channels) : sequence(value, channels);
        return new Network("random", List.of(new Network.Input("x", Shape.of(3, SIDE, SIDE))), nodes, List.of(head));
    }

    private String flat(String value, int channels) {
        String flat = random.nextBoolean()
                ? add(new Node.Flatten(name("flat"), value))
                : add(new Node.Reshape(name("flat"), value, Shape.of(channels * SIDE * SIDE)));
        String deep = activation(dense(flat, channels * SIDE * SIDE, 6));
        String deeper = dense(deep, 6, 5);
        if (random.nextBoolean()) {
            // Wide and deep: the features join the hidden units.
            String pooled =
                    add(new TensorNode.Reduction(name("mean"), value, ReductionOperator.MEAN, List.of(1, 2), false));
            String both = add(new TensorNode.Concat(name("wide"), List.of(deeper, pooled), 0));
            return dense(both, 5 + channels, 3);
        }
        return dense(activation(deeper), 5, 3);
    }

    private String sequence(String value, int channels) {
        String reshaped = add(new Node.Reshape(name("steps"), value, Shape.of(channels, SIDE * SIDE)));
        String steps = add(new TensorNode.Transpose(name("transposed"), reshaped, List.of(1, 0)));
        RecurrentCell cell = List.of(RecurrentCell.values()).get(random.nextInt(RecurrentCell.values().length));
        int gates = cell.numGates();
        String hidden = add(new Node.Recurrent(
                name("lstm"), steps, cell, tensor(gates * 4, channels), tensor(gates * 4, 4), tensor(gates * 4)));
        String last = add(new TensorNode.Gather(name("some"), hidden, 1, List.of(3, 1, 0)));
        return dense(last, 3, 2);
    }

    private String residual(String value, int channels) {
        String inner = activation(norm(convolution(value, channels, 5, 1, 1), 5));
        String outer = norm(convolution(inner, 5, channels, 3, 1), channels);
        String shortcut = random.nextBoolean() ? value : norm(convolution(value, channels, channels, 1, 1), channels);
        return activation(add(new Node.Arithmetic(name("sum"), ArithmeticOperator.ADD, shortcut, outer)));
    }

    private String grouped(String value, int channels) {
        int groups = channels % 3 == 0 ? 3 : channels % 2 == 0 ? 2 : 1;
        return convolution(value, channels, channels, 3, groups);
    }

    /** Squeeze and excitation. */
    private String gate(String value, int channels) {
        String mean =
                add(new TensorNode.Reduction(name("squeeze"), value, ReductionOperator.MEAN, List.of(1, 2), false));
        String excited = activation(dense(activation(dense(mean, channels, 3)), 3, channels));
        String shaped = add(new Node.Reshape(name("shaped"), excited, Shape.of(channels, 1, 1)));
        return add(new Node.Arithmetic(name("gated"), ArithmeticOperator.MULTIPLY, value, shaped));
    }

    private String split(String value) {
        String first = add(new TensorNode.Slice(name("slice"), value, 0, 0, 2, 1));
        String second = add(new TensorNode.Slice(name("slice"), value, 0, 3, 2, -1));
        return add(new TensorNode.Concat(name("swap"), List.of(second, first), 0));
    }

    private String convolution(String input, int channels, int outputs, int kernel, int groups) {
        int pad = kernel / 2;
        return add(new Node.Convolution(
                name("conv"),
                input,
                tensor(outputs, channels / groups, kernel, kernel),
                tensor(outputs),
                new Window(kernel, kernel, 1, 1, pad, pad, pad, pad, 1, 1),
                groups));
    }

    private String norm(String input, int channels) {
        float[] variance = tensor(channels).values();
        for (int i = 0; i < channels; i++) {
            variance[i] = 0.5f + Math.abs(variance[i]);
        }
        return add(new NormalizationNode.Batch(
                name("bn"),
                input,
                tensor(channels),
                tensor(channels),
                tensor(channels),
                new Tensor(Shape.of(channels), variance),
                1e-5));
    }

    private String dense(String input, int inputs, int outputs) {
        return add(new Node.Dense(name("fc"), input, tensor(outputs, inputs), tensor(outputs)));
    }

    private String activation(String input) {
        ActivationFunction[] functions = {ActivationFunction.RELU, ActivationFunction.SIGMOID, ActivationFunction.TANH};
        // One that does not map 0 to 0 is among them: a removed channel is not a channel of zeros.
        return add(new Node.Activation(name("act"), input, functions[random.nextInt(functions.length)]));
    }

    private Tensor tensor(int... extents) {
        Shape shape = Shape.of(extents);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() / 2);
        }
        return new Tensor(shape, values);
    }

    private String name(String kind) {
        return kind + count++;
    }

    private String add(Node node) {
        nodes.add(node);
        return node.name();
    }
}
