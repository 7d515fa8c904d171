package org.eiesim.models.onnx;

import org.eiesim.kernels.bits.FormatException;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.jspecify.annotations.Nullable;

/** Convolution of any number of spatial axes. */
final class WindowOperators {
    private WindowOperators() {}

    /** Imports Conv; its weight may be computed. */
    static void conv(OnnxNode node, GraphImport graph) throws FormatException {
        node.requireInputs(2, 3);
        Operand.Computed input = node.computed(0);
        if (node.operand(1) instanceof Operand.Computed weight) {
            graph.define(node, PatchConvolution.ofValues(node, graph, input, weight));
            return;
        }
        ConstantTensor constant = node.constant(1);
        Tensor weight = new Tensor(constant.shape(), constant.floats());
        Tensor bias = node.hasInput(2) ? vector(node.constant(2)) : null;
        graph.define(node, convolution(node, graph, input, constant.name(), weight, bias));
    }

    static Tensor vector(ConstantTensor constant) throws FormatException {
        return new Tensor(constant.shape(), constant.floats());
    }

    /** Adds the convolution that a node's attributes describe. */
    static Operand.Computed convolution(
            OnnxNode node,
            GraphImport graph,
            Operand.Computed input,
            String weightName,
            Tensor weight,
            @Nullable Tensor bias)
            throws FormatException {
        Planes planes = Planes.of(node, graph, input);
        if (weight.shape().rank() != planes.rank() + 2) {
            throw node.error("its weight must have as many axes as its input, " + (planes.rank() + 2) + ", not "
                    + weight.shape().rank());
        }
        int[] kernel = WindowAttributes.kernel(node, weight.shape().toArray());
        WindowAttributes window = WindowAttributes.of(node, planes.spatial(), kernel);
        int groups = groups(node, weight.shape().extent(0));
        Layer layer = new Layer(graph.name(node, weightName), weight, bias, groups);
        return convolved(node, graph, planes, window, layer);
    }

    /**
     * What a convolution multiplies with.
     *
     * @param name the name of its layer
     * @param weight {@code [outputs, channels / groups, kernel...]}
     * @param bias {@code [outputs]}, or null
     * @param groups channel groups
     */
    record Layer(String name, Tensor weight, @Nullable Tensor bias, int groups) {}

    /** Convolves images as such, rows of values as images of one row, and everything else patch by patch. */
    static Operand.Computed convolved(
            OnnxNode node, GraphImport graph, Planes planes, WindowAttributes window, Layer layer)
            throws FormatException {
        if (planes.numSamples() > 1 || planes.rank() > 2) {
            return PatchConvolution.ofLayer(node, graph, planes, PatchAxis.of(node, planes, window), layer);
        }
        Composition steps = new Composition(node, graph);
        int[] weight = layer.weight().shape().toArray();
        boolean isRow = planes.rank() == 1;
        String image = planes.value();
        Shape kernel = layer.weight().shape();
        if (isRow) {
            image = steps.reshape(image, planes.numChannels(), 1, planes.spatial()[0]);
            kernel = Shape.of(weight[0], weight[1], 1, weight[2]);
        }
        String value = steps.add(new Node.Convolution(
                layer.name(),
                image,
                new Tensor(kernel, layer.weight().values()),
                layer.bias(),
                isRow ? window.over(null, 0) : window.over(0, 1),
                layer.groups()));
        int[] result = steps.extents(value);
        return isRow
                ? planes.yielding(node, graph, value, result[0], result[2])
                : planes.yielding(node, graph, value, result[0], result[1], result[2]);
    }

    /** Reads the number of channel groups. */
    static int groups(OnnxNode node, int most) throws FormatException {
        long groups = node.integer("group", 1);
        if (groups < 1 || groups > most) {
            throw node.unsupported("group", groups);
        }
        return (int) groups;
    }
}
