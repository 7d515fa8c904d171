package org.eiesim.compiler.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.eiesim.compiler.compress.CompressedLayer;
import org.eiesim.compiler.compress.CompressedNetwork;
import org.eiesim.compiler.compress.Provenance;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.kernels.nn.GateFunction;
import org.eiesim.kernels.nn.ReductionOperator;
import org.eiesim.models.network.ActivationFunction;
import org.eiesim.models.network.Network;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.NormalizationNode;
import org.eiesim.models.network.ParameterKey;
import org.eiesim.models.network.RecurrentCell;
import org.eiesim.models.network.RecurrentOptions;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.ShapeInference;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;
import org.eiesim.models.network.Window;

/** Networks of every kind of node with random attributes, sizes, densities and codebooks. */
final class RandomNetworks {
    private final Random random;
    private final List<CompressedLayer> layers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    private RandomNetworks(long seed) {
        random = new Random(seed);
    }

    static CompressedNetwork create(long seed) {
        return new RandomNetworks(seed).network(seed);
    }

    /** A layer of a shape, with a share of non-zeros, of a codebook of a size. */
    static CompressedLayer layer(ParameterKey key, Shape shape, double density, int codebookSize, Random random) {
        float[] codebook = new float[codebookSize];
        for (int code = 1; code < codebookSize; code++) {
            codebook[code] = (float) random.nextGaussian();
        }
        byte[] codes = new byte[shape.size()];
        for (int i = 0; i < codes.length; i++) {
            if (random.nextDouble() < density) {
                codes[i] = (byte) (1 + random.nextInt(codebookSize - 1));
            }
        }
        return new CompressedLayer(key, shape, codebook, codes);
    }

    private CompressedNetwork network(long seed) {
        Shape image = Shape.of(3, 3 + random.nextInt(6), 3 + random.nextInt(6));
        List<Network.Input> inputs = List.of(new Network.Input("in", image));
        shapes.put("in", image);
        for (int kind = 0; kind < NodeCodecs.ALL.size(); kind++) {
            add(kind, "node " + kind);
        }
        int extra = random.nextInt(6);
        for (int i = 0; i < extra; i++) {
            add(random.nextInt(NodeCodecs.ALL.size()), "größer/" + i);
        }
        List<String> outputs = List.of(nodes.get(nodes.size() - 1).name(), value(0));
        Network network = new Network("random " + seed, inputs, nodes, outputs);
        Provenance provenance =
                new Provenance("seed " + seed, "steps: ".repeat(random.nextInt(20)), random.nextLong(), "0.1.0");
        return new CompressedNetwork(network, compressSome(network), provenance);
    }

    private List<CompressedLayer> compressSome(Network network) {
        double[] densities = {0, 0.001, 0.05, 0.5, 1};
        for (Map.Entry<ParameterKey, Tensor> weight : network.weights().entrySet()) {
            if (random.nextInt(4) > 0) {
                double density = densities[random.nextInt(densities.length)];
                int codebookSize = random.nextBoolean() ? 2 + random.nextInt(15) : 2 + random.nextInt(255);
                layers.add(layer(weight.getKey(), weight.getValue().shape(), density, codebookSize, random));
            }
        }
        return layers;
    }

    private void add(int kind, String name) {
        switch (kind) {
            case 0 -> add(dense(name));
            case 1 -> add(convolution(name));
            case 2 -> add(pooling(name));
            case 3 -> add(recurrent(name));
            case 4 -> add(activation(name));
            case 5 -> add(new Node.Softmax(name, value(1)));
            case 6 -> add(new Node.Flatten(name, value(0)));
            case 7 -> add(reshape(name, value(0), 1 + random.nextInt(4)));
            case 8 -> add(sum(name, value(0)));
            case 9 -> add(new Node.Dropout(name, value(0), random.nextDouble()));
            case 10 -> add(new TensorNode.Constant(name, tensor(1 + random.nextInt(3), 1 + random.nextInt(3))));
            case 11 -> add(new TensorNode.Embedding(name, value(0), tensor(1 + random.nextInt(9), 1)));
            case 12 -> add(matrixProduct(name));
            case 13 -> add(reduction(name, value(2)));
            case 14 -> add(concat(name, value(1)));
            case 15 -> add(slice(name, value(1)));
            case 16 -> add(transpose(name, value(0)));
            case 17 -> add(batchNormalization(name, value(1)));
            case 18 -> add(layerNormalization(name, value(1)));
            case 19 -> add(localResponse(name, value(3)));
            case 20 -> add(select(name, value(0)));
            case 21 -> add(gather(name, value(1)));
            default -> throw new AssertionError("no generator for node kind " + kind);
        }
    }

    private void add(Node node) {
        nodes.add(node);
        shapes.put(node.name(), ShapeInference.infer(node, shapes));
    }

    private Node sum(String name, String left) {
        return new Node.Arithmetic(name, any(ArithmeticOperator.values()), left, alike(left));
    }

    private Node select(String name, String condition) {
        return new TensorNode.Select(name, condition, alike(condition), alike(condition));
    }

    private String alike(String value) {
        List<String> alike = shapes.keySet().stream()
                .filter(other -> shapeOf(other).equals(shapeOf(value)))
                .toList();
        return alike.get(random.nextInt(alike.size()));
    }

    private Node activation(String name) {
        ActivationFunction function = any(ActivationFunction.values());
        List<Float> coefficients = new ArrayList<>();
        for (int i = 0; i < function.coefficientNames().size(); i++) {
            coefficients.add((float) random.nextGaussian());
        }
        return new Node.Activation(name, value(0), function, coefficients);
    }

    private Node matrixProduct(String name) {
        String left = value(2);
        Node right =
                new TensorNode.Constant(name + " right", tensor(shapeOf(left).extent(1), 2));
        add(right);
        return new TensorNode.MatrixProduct(name, left, right.name());
    }

    private Node reduction(String name, String input) {
        List<Integer> axes = random.nextBoolean() ? List.of(random.nextInt(2)) : List.of(0, 1);
        return new TensorNode.Reduction(name, input, any(ReductionOperator.values()), axes, random.nextBoolean());
    }

    private Node concat(String name, String input) {
        List<String> inputs = new ArrayList<>(List.of(input));
        for (int i = random.nextInt(3); i > 0; i--) {
            inputs.add(alike(input));
        }
        return new TensorNode.Concat(name, inputs, 0);
    }

    private Node slice(String name, String input) {
        int extent = shapeOf(input).extent(0);
        int start = random.nextInt(extent);
        return random.nextBoolean()
                ? new TensorNode.Slice(name, input, 0, start, start + 1, -1)
                : new TensorNode.Slice(name, input, 0, start, 1, 1 + random.nextInt(5));
    }

    private Node gather(String name, String input) {
        int axis = random.nextInt(shapeOf(input).rank());
        int extent = shapeOf(input).extent(axis);
        List<Integer> indices =
                random.ints(1 + random.nextInt(2 * extent), 0, extent).boxed().toList();
        return new TensorNode.Gather(name, input, axis, indices);
    }

    private Node transpose(String name, String input) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < shapeOf(input).rank(); axis++) {
            axes.add(axis);
        }
        Collections.shuffle(axes, random);
        return axes.isEmpty() ? transpose(name, value(2)) : new TensorNode.Transpose(name, input, axes);
    }

    private Node batchNormalization(String name, String input) {
        int channels = shapeOf(input).extent(0);
        return new NormalizationNode.Batch(
                name,
                input,
                tensor(channels),
                tensor(channels),
                tensor(channels),
                new Tensor(Shape.of(channels), new float[channels]),
                random.nextDouble() + 1e-5);
    }

    private Node layerNormalization(String name, String input) {
        int length = shapeOf(input).extent(0);
        Tensor bias = random.nextBoolean() ? tensor(length) : null;
        return new NormalizationNode.Layer(name, input, tensor(length), bias, random.nextDouble() + 1e-5);
    }

    private Node localResponse(String name, String input) {
        return new NormalizationNode.LocalResponse(
                name, input, 1 + random.nextInt(5), random.nextDouble(), random.nextDouble(), 1 + random.nextDouble());
    }

    private Node dense(String name) {
        String input = value(1);
        Shape shape = shapeOf(input);
        int outputs = 1 + random.nextInt(30);
        Tensor weight = tensor(outputs, shape.extent(shape.rank() - 1));
        return new Node.Dense(name, input, weight, random.nextBoolean() ? tensor(outputs) : null);
    }

    private Node convolution(String name) {
        String input = value(3);
        int channels = shapeOf(input).extent(0);
        int groups = random.nextBoolean() ? channels : 1;
        int outputs = groups * (1 + random.nextInt(4));
        Window window = window(shapeOf(input));
        Tensor weight = tensor(outputs, channels / groups, window.kernelHeight(), window.kernelWidth());
        Tensor bias = random.nextBoolean() ? tensor(outputs) : null;
        return new Node.Convolution(name, input, weight, bias, window, groups);
    }

    private Node pooling(String name) {
        String input = value(3);
        Node.Pooling.Kind kind = any(Node.Pooling.Kind.values());
        return new Node.Pooling(name, input, kind, window(shapeOf(input)), random.nextBoolean(), random.nextBoolean());
    }

    private Node recurrent(String name) {
        String input = value(2);
        RecurrentCell cell = any(RecurrentCell.values());
        int hidden = 1 + random.nextInt(5);
        int rows = hidden * cell.numGates();
        Tensor bias = random.nextBoolean() ? tensor(rows) : null;
        return new Node.Recurrent(
                name,
                input,
                cell,
                random.nextBoolean(),
                tensor(rows, shapeOf(input).extent(1)),
                tensor(rows, hidden),
                bias,
                cell == RecurrentCell.GRU_RESET_AFTER && random.nextBoolean() ? tensor(rows) : null,
                random.nextBoolean() ? RecurrentOptions.NONE : options(name, cell, hidden));
    }

    private RecurrentOptions options(String name, RecurrentCell cell, int hidden) {
        boolean isLstm = cell.numGates() == 4;
        String initial = name + ".initial";
        add(new TensorNode.Constant(initial, tensor(hidden)));
        return new RecurrentOptions(
                random.nextBoolean()
                        ? List.of()
                        : Collections.nCopies(
                                RecurrentOptions.NONE.gatesOf(cell).size(),
                                new RecurrentOptions.Gate(any(GateFunction.values()), random.nextFloat(), 0.5f)),
                random.nextInt(2),
                isLstm && random.nextBoolean(),
                isLstm && random.nextBoolean() ? tensor(3 * hidden) : null,
                initial,
                isLstm && random.nextBoolean() ? initial : null,
                isLstm && random.nextBoolean());
    }

    /** A window of at most the image's extents, so that it fits whatever its padding. */
    private Window window(Shape image) {
        return new Window(
                1 + random.nextInt(Math.min(5, image.extent(1))),
                1 + random.nextInt(Math.min(5, image.extent(2))),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                random.nextInt(2),
                random.nextInt(2),
                random.nextInt(2),
                random.nextInt(2),
                1,
                1);
    }

    /** Any value of a rank, or of any rank where that is 0; if there is none, one is reshaped. */
    private String value(int rank) {
        List<String> fitting = shapes.keySet().stream()
                .filter(value -> rank == 0 || shapeOf(value).rank() == rank)
                .toList();
        if (!fitting.isEmpty()) {
            return fitting.get(random.nextInt(fitting.size()));
        }
        Node reshape = reshape("reshape " + nodes.size(), value(0), rank);
        add(reshape);
        return reshape.name();
    }

    /** The outermost axis takes what the others, all 1, leave. */
    private Node reshape(String name, String input, int rank) {
        int[] extents = new int[rank];
        Arrays.fill(extents, 1);
        extents[random.nextInt(rank)] = shapeOf(input).size();
        return new Node.Reshape(name, input, Shape.of(extents));
    }

    private Shape shapeOf(String value) {
        return Objects.requireNonNull(shapes.get(value));
    }

    private Tensor tensor(int... extents) {
        Shape shape = Shape.of(extents);
        float[] tensor = new float[shape.size()];
        int density = random.nextInt(11);
        for (int i = 0; i < tensor.length; i++) {
            if (random.nextInt(10) < density) {
                tensor[i] = random.nextInt(20) == 0 ? -0f : (float) random.nextGaussian();
            }
        }
        return new Tensor(shape, tensor);
    }

    private <E> E any(E[] constants) {
        return constants[random.nextInt(constants.length)];
    }
}
