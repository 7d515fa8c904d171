package org.eiesim.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eiesim.kernels.bits.FormatException;
import org.eiesim.kernels.nn.ArithmeticOperator;
import org.eiesim.models.network.Node;
import org.eiesim.models.network.Shape;
import org.eiesim.models.network.Tensor;
import org.eiesim.models.network.TensorNode;

/**
 * Convolution as a product with the patches under its windows: of three spatial axes and more, of several samples inside
 * one, or with weights that are computed. Gathers and transposes lay out the patches, a dense layer per group multiplies.
 */
final class PatchConvolution {
    private PatchConvolution() {}

    /** Convolves with constant weights. */
    static Operand.Computed ofLayer(
            OnnxNode node, GraphImport graph, Planes planes, List<PatchAxis> axes, WindowOperators.Layer layer)
            throws FormatException {
        Shape weight = layer.weight().shape();
        int groups = layer.groups();
        int numOutputs = weight.extent(0);
        int numTerms = weight.size() / numOutputs;
        requireChannels(node, planes, weight.extent(1), groups, numOutputs);
        Composition steps = new Composition(node, graph);
        String patches = patches(steps, planes, axes);
        int perGroup = numOutputs / groups;
        List<String> parts = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            float[] values = Arrays.copyOfRange(
                    layer.weight().values(), group * perGroup * numTerms, (group + 1) * perGroup * numTerms);
            Tensor bias = layer.bias() == null ? null : part(layer.bias(), group * perGroup, perGroup);
            parts.add(steps.add(new Node.Dense(
                    groups == 1 ? layer.name() : steps.name("group" + group),
                    steps.slice(patches, 1, group * numTerms, numTerms, 1),
                    new Tensor(Shape.of(perGroup, numTerms), values),
                    bias)));
        }
        return planesOf(node, graph, planes, axes, steps.concat(parts, 1));
    }

    private static Tensor part(Tensor vector, int start, int count) {
        return new Tensor(Shape.of(count), Arrays.copyOfRange(vector.values(), start, start + count));
    }

    /** Convolves with computed weights, on the host. */
    static Operand.Computed ofValues(
            OnnxNode node, GraphImport graph, Operand.Computed input, Operand.Computed computed)
            throws FormatException {
        Planes planes = Planes.of(node, graph, input);
        Operand.Computed weight = BatchAxis.unbatched(node, graph, computed);
        int[] extents = weight.onnxExtents();
        if (extents.length != planes.rank() + 2) {
            throw node.error("its weight must have as many axes as its input, " + (planes.rank() + 2) + ", not "
                    + extents.length);
        }
        WindowAttributes window = WindowAttributes.of(node, planes.spatial(), WindowAttributes.kernel(node, extents));
        int groups = WindowOperators.groups(node, extents[0]);
        requireChannels(node, planes, extents[1], groups, extents[0]);
        List<PatchAxis> axes = PatchAxis.of(node, planes, window);
        Composition steps = new Composition(node, graph);
        String patches = patches(steps, planes, axes);
        int numTerms = weight.shape().size() / extents[0];
        String rows = steps.reshape(weight.value(), extents[0], numTerms);
        List<String> parts = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            String columns =
                    steps.transpose(steps.slice(rows, 0, group * (extents[0] / groups), extents[0] / groups, 1), 1, 0);
            String own = steps.slice(patches, 1, group * numTerms, numTerms, 1);
            parts.add(steps.add(new TensorNode.MatrixProduct(steps.name("product"), own, columns)));
        }
        String product = bias(node, graph, steps, steps.concat(parts, 1));
        return planesOf(node, graph, planes, axes, product);
    }

    private static String bias(OnnxNode node, GraphImport graph, Composition steps, String product)
            throws FormatException {
        if (!node.hasInput(2)) {
            return product;
        }
        String bias;
        if (node.operand(2) instanceof Operand.Computed computed) {
            bias = BatchAxis.unbatched(node, graph, computed).value();
        } else {
            Tensor constant = WindowOperators.vector(node.constant(2));
            bias = steps.constant(constant.values(), constant.shape().toArray());
        }
        return steps.combine(ArithmeticOperator.ADD, product, bias);
    }

    private static void requireChannels(OnnxNode node, Planes planes, int perGroup, int groups, int numOutputs)
            throws FormatException {
        if ((long) perGroup * groups != planes.numChannels() || numOutputs % groups != 0) {
            throw node.error("its weight of " + numOutputs + " outputs and " + perGroup + " channels in " + groups
                    + " group(s) does not fit an input of " + planes.numChannels() + " channels");
        }
    }

    /**
     * Lays out patches, axis by axis: from {@code [positions, terms, axis, rest]} to {@code [positions * windows, terms *
     * taps, rest]}.
     *
     * @return {@code [samples * windows, channels * taps]}
     */
    private static String patches(Composition steps, Planes planes, List<PatchAxis> axes) {
        int positions = planes.numSamples();
        int terms = planes.numChannels();
        int rest = Arrays.stream(planes.spatial()).reduce(1, Math::multiplyExact);
        String value = planes.value();
        for (int i = 0; i < axes.size(); i++) {
            PatchAxis axis = axes.get(i);
            int extent = planes.spatial()[i];
            rest /= extent;
            int[] indices = axis.indices(extent, extent);
            value = steps.reshape(value, positions, terms, extent, rest);
            if (Arrays.stream(indices).anyMatch(index -> index == extent)) {
                value = steps.withElement(value, 2, 0);
            }
            value = steps.gather(value, 2, indices);
            value = steps.reshape(value, positions, terms, axis.numOutputs(), axis.numTaps() * rest);
            value = steps.transpose(value, 0, 2, 1, 3);
            positions *= axis.numOutputs();
            terms *= axis.numTaps();
        }
        return steps.reshape(value, positions, terms);
    }

    /** Makes planes of rows, one row per sample and position. */
    private static Operand.Computed planesOf(
            OnnxNode node, GraphImport graph, Planes planes, List<PatchAxis> axes, String rows) {
        Composition steps = new Composition(node, graph);
        int numOutputs = steps.extent(rows, 1);
        int numSamples = planes.numSamples();
        String stacked = steps.reshape(rows, numSamples, steps.extent(rows, 0) / numSamples, numOutputs);
        int[] spatial = axes.stream().mapToInt(PatchAxis::numOutputs).toArray();
        return planes.yielding(node, graph, steps.transpose(stacked, 0, 2, 1), numOutputs, spatial);
    }
}
